"""An employee reports a wrong superior; the agency's administrator mends the tree or explains it (section 17)."""

from collections.abc import Iterable

from django.http import HttpRequest

from core import dates, notify
from core.calendar import calendar
from core.errors import Fault, Refused
from core.models import User
from core.transitions import NEW, Machine, Step, Transition
from erk.domain.objections import reasoned
from erk.domain.people import employee_of, placement_on, superior_of
from erk.enums import ReportState, Role
from erk.models import LaporanAtasan

DAYS = 1  # working day to answer: a wrong superior keeps the work from being approved


def holds(user: User, role: str, report: LaporanAtasan) -> bool:
    """Return whether a person has a role on a report: its owner, or the agency's administrator."""
    return own(user, report) if role == Role.PEGAWAI else user.has_role(role, scope=report.opd.kode)


def own(user: User, report: LaporanAtasan) -> bool:
    """Return whether it is the person's own report."""
    return report.pegawai.user_id == user.pk


def may_report(step: Step) -> None:
    """Ask who it should be, and take one report at a time."""
    if len(step.note) < 5:
        sentence = "Tuliskan nama atau jabatan atasan yang seharusnya."
        raise Refused(sentence, [Fault("seharusnya", sentence)])
    if LaporanAtasan.objects.filter(pegawai=step.obj.pegawai, state=ReportState.DILAPORKAN).exists():
        raise Refused("Laporan Anda sebelumnya masih diperiksa.")


def write(step: Step) -> None:
    """Write who it should be, and until when it is answered."""
    step.obj.seharusnya = step.note[:200]
    step.obj.batas = calendar().add(dates.today(), DAYS)


def answer(step: Step) -> None:
    """Write the answer."""
    step.obj.jawaban = step.note


def to_owner(step: Step) -> Iterable[notify.Message]:
    """Tell the employee what came of it."""
    user = step.obj.pegawai.user
    if user:
        yield notify.Message(
            event="erk.laporan_atasan", user=user, subject="Laporan atasan Anda dijawab", body=step.note,
            link="/atasan-saya/",
        )  # fmt: skip


TRANSITIONS = (
    Transition(
        "laporkan", (NEW,), "laporkan", (Role.PEGAWAI,), ReportState.DILAPORKAN, guard=may_report, effect=write
    ),
    Transition(
        "selesaikan", (ReportState.DILAPORKAN,), "selesaikan", (Role.ADMIN_OPD,), ReportState.SELESAI,
        "Sudah diperbaiki", guard=reasoned, effect=answer, notify=to_owner,
    ),
    Transition(
        "tolak", (ReportState.DILAPORKAN,), "tolak", (Role.ADMIN_OPD,), ReportState.DITOLAK,
        "Atasannya sudah benar", guard=reasoned, effect=answer, notify=to_owner,
    ),
)  # fmt: skip

REPORTS = Machine(LaporanAtasan, TRANSITIONS, holds=holds, involved=own, owner_roles=(Role.PEGAWAI,))


def report(user: User, words: str, *, request: HttpRequest | None = None) -> LaporanAtasan:
    """Report that the superior shown is the wrong one; Refused says why not."""
    employee = employee_of(user)
    placement = placement_on(employee, dates.today()) if employee else None
    if employee is None or placement is None:
        raise Refused("Anda belum mempunyai penempatan hari ini. Hubungi admin perangkat daerah Anda.")
    draft = LaporanAtasan(
        pegawai=employee,
        opd=placement.jabatan.opd,
        jabatan_tercatat_id=superior_of(placement.jabatan, employee, dates.today()),
        batas=dates.today(),
    )
    made: LaporanAtasan = REPORTS.begin(draft, "laporkan", user, note=words, request=request)
    return made
