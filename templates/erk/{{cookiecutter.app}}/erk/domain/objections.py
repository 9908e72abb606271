"""An employee objects to the own month; the agency examines, the personnel agency decides (erk.md section 7)."""

from collections.abc import Callable, Iterable

from django.http import HttpRequest

from core import dates, notify
from core.calendar import calendar
from core.errors import Fault, NotAllowed, Refused
from core.models import User
from core.transitions import NEW, Machine, Step, Transition
from erk.domain import months, policy
from erk.domain.guards import REASON
from erk.enums import OPEN_OBJECTIONS, Role
from erk.enums import MonthState as M
from erk.enums import ObjectionState as O
from erk.models import BulanOpd, Rekap, Sanggah


def holds(user: User, role: str, objection: Sanggah) -> bool:
    """Return whether a person has a role on an objection: its owner, the agency's administrator, a verifier."""
    if role == Role.PEGAWAI:
        return own(user, objection)
    return user.has_role(role, scope=objection.rekap.opd.kode) if role == Role.ADMIN_OPD else user.has_role(role)


def own(user: User, objection: Sanggah) -> bool:
    """Return whether it is the person's own month: nobody examines or decides that."""
    return objection.rekap.pegawai.user_id == user.pk


def window_of(recap: Rekap) -> BulanOpd | None:
    """Return the agency's month while objections to a recap can be filed, None when they cannot."""
    month = BulanOpd.objects.filter(opd_id=recap.opd_id, bulan=recap.bulan, state=M.PRATINJAU).first()
    return month if month and dates.today() <= month.sanggah_sampai else None


def may_object(step: Step) -> None:
    """Let an employee object within the window, one objection at a time, in words."""
    if window_of(step.obj.rekap) is None:
        raise Refused("Masa sanggah bulan ini belum dibuka atau sudah lewat.")
    if Sanggah.objects.filter(rekap=step.obj.rekap, state__in=OPEN_OBJECTIONS).exists():
        raise Refused("Sanggahan Anda untuk bulan ini masih diproses; tunggu keputusannya.")
    if len(step.note) < REASON:
        sentence = f"Tuliskan yang keliru paling sedikit {REASON} huruf, misalnya tanggal dan angkanya."
        raise Refused("Sanggahan belum dikirim.", [Fault("alasan", sentence)])


def reasoned(step: Step) -> None:
    """Ask for a reason that the employee can understand."""
    if len(step.note) < REASON:
        sentence = f"Tuliskan alasan paling sedikit {REASON} huruf agar pegawai mengerti."
        raise Refused("Alasan terlalu singkat.", [Fault("alasan", sentence)])


def file(step: Step) -> None:
    """Write what is objected to, and until when it is decided."""
    step.obj.alasan = step.note
    step.obj.batas = calendar().add(dates.today(), policy.for_month(step.obj.rekap.bulan).decision_days)


def examine(step: Step) -> None:
    """Write what the agency found."""
    step.obj.telaah = step.note


def decide(step: Step) -> None:
    """Write the decision."""
    step.obj.putusan = step.note


def accept(step: Step) -> None:
    """Write the decision and compute the agency's month anew, with what was mended meanwhile."""
    decide(step)
    recap = step.obj.rekap
    before = recap.tpp
    months.compute(recap.bulan, opd=recap.opd, actor=step.actor)
    recap.refresh_from_db()
    step.audit_data |= {"semula": before, "menjadi": recap.tpp}


def to_owner(subject: str) -> Callable[[Step], Iterable[notify.Message]]:
    """Return a function that tells the employee how it went."""

    def messages(step: Step) -> Iterable[notify.Message]:
        user = step.obj.rekap.pegawai.user
        if user:
            event, link = f"erk.sanggah_{step.transition.code}", f"/sanggahan/{step.obj.pk}/"
            yield notify.Message(event=event, user=user, subject=subject, body=step.note, link=link)

    return messages


_OWNER, _AGENCY, _VERIFIER = (Role.PEGAWAI,), (Role.ADMIN_OPD,), (Role.VERIFIKATOR_BKPSDM,)

TRANSITIONS = (
    Transition("ajukan", (NEW,), "ajukan", _OWNER, O.DIAJUKAN, guard=may_object, effect=file),
    Transition(
        "telaah", (O.DIAJUKAN,), "telaah", _AGENCY, O.DITELAAH, "Teruskan dengan telaah",
        guard=reasoned, effect=examine, notify=to_owner("Sanggahan Anda sudah ditelaah"), duty="telaah",
    ),
    Transition(
        "terima", (O.DITELAAH,), "terima", _VERIFIER, O.DITERIMA, "Terima dan hitung lagi",
        guard=reasoned, effect=accept, notify=to_owner("Sanggahan Anda diterima"), duty="putusan",
    ),
    Transition(
        "tolak", (O.DITELAAH,), "tolak", _VERIFIER, O.DITOLAK, "Tolak",
        guard=reasoned, effect=decide, notify=to_owner("Sanggahan Anda ditolak"), duty="putusan",
    ),
)  # fmt: skip

OBJECTIONS = Machine(Sanggah, TRANSITIONS, holds=holds, involved=own, owner_roles=(Role.PEGAWAI,))


def object_to(user: User, recap: Rekap, words: str, *, request: HttpRequest | None = None) -> Sanggah:
    """File an objection to the own recap and return it; Refused says why not."""
    if recap.pegawai.user_id != user.pk:
        raise NotAllowed("Hanya pegawai yang bersangkutan yang dapat menyanggah.")
    draft = Sanggah(rekap=recap, batas=dates.today())
    filed: Sanggah = OBJECTIONS.begin(draft, "ajukan", user, note=words, request=request)
    return filed
