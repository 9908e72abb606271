"""A final month is opened again for one employee only: proposed, approved by the leadership, paid as a difference."""

import datetime as dt
from collections.abc import Iterable

from django.http import HttpRequest

from core import dates, notify
from core.errors import Fault, Refused
from core.models import User
from core.transitions import NEW, Machine, Step, Transition
from erk.domain import policy
from erk.domain.closing import lock
from erk.domain.facts import MonthReader
from erk.domain.months import values_of
from erk.domain.objections import reasoned
from erk.enums import COMPUTED_CORRECTIONS, FINISHED, OPEN_CORRECTIONS, Role
from erk.enums import CorrectionState as C
from erk.models import Koreksi, Rekap
from erk.rules.monthly import Unrated


def own(user: User, correction: Koreksi) -> bool:
    """Return whether it is the person's own month: nobody corrects that."""
    return correction.rekap.pegawai.user_id == user.pk


def paid_so_far(recap: Rekap) -> int:
    """Return the allowance a recap stands at: the one of its last correction, else its own."""
    last = Koreksi.objects.filter(rekap=recap, state__in=COMPUTED_CORRECTIONS).order_by("pk").last()
    return last.tpp_baru if last and last.tpp_baru is not None else recap.tpp


def paid_instead(month: dt.date) -> dict[int, int]:
    """Return the allowance of the recaps of a month that corrections changed, by recap: the last one holds."""
    rows = Koreksi.objects.filter(rekap__bulan=month, state__in=COMPUTED_CORRECTIONS, tpp_baru__isnull=False)
    return dict(rows.order_by("pk").values_list("rekap_id", "tpp_baru"))


def is_open(employee: int, day: dt.date) -> bool:
    """Return whether a day's data of an employee may be mended although the month is final."""
    month = day.replace(day=1)
    return Koreksi.objects.filter(rekap__pegawai_id=employee, rekap__bulan=month, state=C.DIBUKA).exists()


def may_propose(step: Step) -> None:
    """Let a final month be corrected, one correction at a time, for a stated reason."""
    reasoned(step)
    if step.obj.rekap.state not in FINISHED:
        raise Refused("Bulan ini belum final; perbaiki datanya lalu hitung lagi, tanpa koreksi.")
    if Koreksi.objects.filter(rekap=step.obj.rekap, state__in=OPEN_CORRECTIONS).exists():
        raise Refused("Koreksi lain untuk pegawai dan bulan ini masih terbuka.")


def propose(step: Step) -> None:
    """Write the reason and what was paid until now."""
    step.obj.alasan, step.obj.tpp_lama = step.note, paid_so_far(step.obj.rekap)


def open_month(step: Step) -> None:
    """Unlock this employee's activities of the month."""
    lock([step.obj.rekap.pegawai_id], step.obj.rekap.bulan, locked=False)


def close_month(step: Step) -> None:
    """Lock them again."""
    lock([step.obj.rekap.pegawai_id], step.obj.rekap.bulan, locked=True)


def compute(step: Step) -> None:
    """Compute the month from today's facts by the rules of that month and write the difference."""
    row: Koreksi = step.obj
    rules = policy.stored(row.rekap.kebijakan)
    person = next(MonthReader(row.rekap.bulan, rules).people([row.rekap.pegawai_id]), None)
    if person is None:
        raise Refused("Pegawai ini tidak lagi mempunyai penempatan pada bulan itu.")
    try:
        values = values_of(person, rules)
    except (Unrated, KeyError) as problem:
        raise Refused(f"Bulan ini tidak dapat dihitung: {problem}.") from None
    row.tpp_baru, row.selisih = values["tpp"], values["tpp"] - row.tpp_lama
    row.menit_setuju, row.menit_pengganti = values["menit_setuju"], values["menit_pengganti"]
    row.masukan, row.rincian, row.kebijakan = values["masukan"], values["rincian"], row.rekap.kebijakan
    step.audit_data |= {"semula": row.tpp_lama, "menjadi": row.tpp_baru}
    close_month(step)


def may_pay(step: Step) -> None:
    """Ask for a payment date that has come."""
    paid = step.data.get("tanggal")
    if not isinstance(paid, dt.date) or paid > dates.today() or paid < dates.local(step.obj.state_since).date():
        sentence = "Isi tanggal pembayaran: sesudah koreksi dihitung, paling akhir hari ini."
        raise Refused(sentence, [Fault("tanggal", sentence)])


def pay(step: Step) -> None:
    """Write when the difference was paid or taken back."""
    step.obj.dibayar_pada = step.data["tanggal"]


def to_owner(step: Step) -> Iterable[notify.Message]:
    """Tell the employee that the slip got a correction; the sum stands on the slip only."""
    user = step.obj.rekap.pegawai.user
    if user:
        month = step.obj.rekap.bulan
        yield notify.Message(
            event="erk.koreksi", user=user, subject="Tunjangan Anda dikoreksi", body=step.obj.alasan,
            link=f"/tunjangan/?bulan={month:%Y-%m}",
        )  # fmt: skip


_VERIFIER, _LEADER, _TREASURER = (Role.VERIFIKATOR_BKPSDM,), (Role.PIMPINAN,), (Role.KEUANGAN,)

TRANSITIONS = (
    Transition(
        "usulkan", (NEW,), "usulkan", _VERIFIER, C.DIUSULKAN, guard=may_propose, effect=propose, duty="usul"
    ),
    Transition(
        "setujui", (C.DIUSULKAN,), "setujui", _LEADER, C.DIBUKA, "Setujui pembukaan", effect=open_month, duty="setuju"
    ),
    Transition(
        "tolak", (C.DIUSULKAN,), "tolak", _LEADER, C.DITOLAK, "Tolak", guard=reasoned, duty="setuju"
    ),
    Transition(
        "hitung", (C.DIBUKA,), "hitung", _VERIFIER, C.SELESAI, "Hitung selisihnya",
        effect=compute, notify=to_owner, duty="usul",
    ),
    Transition(
        "batalkan", (C.DIUSULKAN, C.DIBUKA), "batalkan", _VERIFIER, C.DIBATALKAN, "Batalkan koreksi",
        guard=reasoned, effect=close_month, duty="usul",
    ),
    Transition(
        "bayar", (C.SELESAI,), "bayar", _TREASURER, C.DIBAYAR, "Catat pembayaran", guard=may_pay, effect=pay,
        duty="bayar",
    ),
)  # fmt: skip


def holds(user: User, role: str, correction: Koreksi) -> bool:
    """Return whether a person holds a role; all of these hold for the whole region."""
    return user.has_role(role)


CORRECTIONS = Machine(Koreksi, TRANSITIONS, holds=holds, involved=own)


def propose_for(user: User, recap: Rekap, reason: str, *, request: HttpRequest | None = None) -> Koreksi:
    """Propose to correct a final recap and return the proposal; Refused says why not."""
    draft = Koreksi(rekap=recap, tpp_lama=0)
    made: Koreksi = CORRECTIONS.begin(draft, "usulkan", user, note=reason, request=request)
    return made
