"""The month of an agency from preview to payment: one table, separate duties (erk.md section 7)."""

import datetime as dt
from collections.abc import Iterable

from django.db.models import Count, QuerySet, Sum
from django.http import HttpRequest

from core import dates, notify
from core.calendar import calendar
from core.errors import Fault, Refused
from core.models import User
from core.transitions import NEW, SYSTEM, Machine, Step, Transition
from erk.domain import anomalies, months, policy
from erk.enums import OPEN_OBJECTIONS, MonthState, Role
from erk.enums import MonthState as M
from erk.models import Aktivitas, BulanOpd, Opd, Rekap, Sanggah
from erk.rules import windows


def holds(user: User, role: str, month: BulanOpd) -> bool:
    """Return whether a person has a role on an agency's month: its head, or by assignment for all."""
    return user.has_role(role, scope=month.opd.kode) if role == Role.KEPALA_OPD else user.has_role(role)


def recaps_of(month: BulanOpd) -> "QuerySet[Rekap]":
    """Return the recaps of an agency's month: its list."""
    return Rekap.objects.filter(opd_id=month.opd_id, bulan=month.bulan)


def totals(month: BulanOpd) -> tuple[int, int]:
    """Return people and rupiah of the list as it is now."""
    sums = recaps_of(month).aggregate(people=Count("pk"), amount=Sum("tpp"))
    return sums["people"], sums["amount"] or 0


def _unsealed(step: Step) -> None:
    """Refuse when the stored recaps no longer follow from the facts, or are not those that were signed."""
    changed = months.differences(step.obj.bulan, step.obj.opd)
    if changed:
        names = ", ".join(changed[:5]) + (" …" if len(changed) > 5 else "")
        raise Refused(
            f"Rekap {len(changed)} pegawai tidak lagi sesuai dengan catatannya: {names}. "
            "Hitung lagi bulan ini sebelum dilanjutkan."
        )
    if step.source != M.PRATINJAU and totals(step.obj) != (step.obj.orang, step.obj.jumlah):
        raise Refused("Daftar ini bukan lagi daftar yang ditandatangani. Kembalikan kepada perangkat daerahnya.")


def may_sign(step: Step) -> None:
    """Let the head sign once nobody can object any more, nothing is undecided, and the list is up to date."""
    if dates.today() <= step.obj.sanggah_sampai:
        raise Refused(
            f"Pegawai dapat mengajukan sanggahan sampai {dates.short_date(step.obj.sanggah_sampai)}. "
            "Daftar dapat ditandatangani sesudahnya."
        )
    waiting = Sanggah.objects.filter(
        rekap__opd_id=step.obj.opd_id, rekap__bulan=step.obj.bulan, state__in=OPEN_OBJECTIONS
    )
    if waiting.exists():
        raise Refused(f"Masih ada {waiting.count()} sanggahan yang belum diputuskan.")
    if not recaps_of(step.obj).exists():
        raise Refused("Belum ada rekap pegawai pada bulan ini.")
    _unsealed(step)


def may_verify(step: Step) -> None:
    """Let a month be verified once its signs and samples are looked at and its list is the signed one."""
    waiting = anomalies.undone(step.obj)
    if waiting:
        raise Refused(" ".join(waiting))
    _unsealed(step)


def may_pay(step: Step) -> None:
    """Ask for a payment date that has come and the number of the payment order."""
    paid, number = step.data.get("tanggal"), (step.data.get("sp2d") or "").strip()
    faults = []
    if not isinstance(paid, dt.date) or paid > dates.today():
        faults.append(Fault("tanggal", "Isi tanggal pembayaran yang sudah lewat atau hari ini."))
    elif paid < dates.local(step.obj.state_since).date():
        faults.append(Fault("tanggal", "Tanggal bayar tidak dapat mendahului hari bulan ini menjadi final."))
    if not number:
        faults.append(Fault("sp2d", "Isi nomor SP2D pembayaran ini."))
    if faults:
        raise Refused("Pembayaran belum dicatat. Perbaiki yang bertanda.", faults)


def _follow(step: Step) -> None:
    recaps_of(step.obj).update(state=step.target, state_since=step.now)


def sign(step: Step) -> None:
    """Seal the list: its people and its sum."""
    step.obj.orang, step.obj.jumlah = totals(step.obj)
    step.audit_data |= {"orang": step.obj.orang, "jumlah": step.obj.jumlah}
    _follow(step)


def give_back(step: Step) -> None:
    """Take the seal away; the list is computed again each night."""
    step.obj.orang = step.obj.jumlah = 0
    _follow(step)


def finish(step: Step) -> None:
    """Lock the month's activities: only a correction changes anything now."""
    _follow(step)
    lock(list(recaps_of(step.obj).values_list("pegawai_id", flat=True)), step.obj.bulan, locked=True)


def lock(people: Iterable[int], month: dt.date, *, locked: bool) -> None:
    """Lock or unlock the activities of people in a month (a flag; their states stay)."""
    rows = Aktivitas.objects.filter(pegawai_id__in=list(people), tanggal__range=windows.month_bounds(month))
    rows.update(terkunci=locked)


def pay(step: Step) -> None:
    """Write when it was paid, by which order."""
    step.obj.dibayar_pada, step.obj.sp2d = step.data["tanggal"], step.data["sp2d"].strip()
    step.audit_data |= {"tanggal": step.obj.dibayar_pada, "sp2d": step.obj.sp2d, "jumlah": step.obj.jumlah}
    _follow(step)


def tell_employees(step: Step) -> Iterable[notify.Message]:
    """Tell everybody on the list that the slip can be looked at, and until when to object."""
    until = dates.short_date(step.obj.sanggah_sampai)
    for recap in recaps_of(step.obj).filter(pegawai__user__isnull=False).select_related("pegawai__user"):
        yield notify.Message(
            event="erk.pratinjau",
            user=recap.pegawai.user,
            subject="Rincian tunjangan Anda dapat diperiksa",
            body=f"Periksa rinciannya. Sanggahan dapat diajukan sampai {until}.",
            link=f"/tunjangan/?bulan={step.obj.bulan:%Y-%m}",
        )


_HEAD, _VERIFIER, _TREASURER = (Role.KEPALA_OPD,), (Role.VERIFIKATOR_BKPSDM,), (Role.KEUANGAN,)

TRANSITIONS = (
    Transition("tayang", (NEW,), "tayang", (SYSTEM, Role.VERIFIKATOR_BKPSDM), M.PRATINJAU, notify=tell_employees),
    Transition(
        "tanda_tangani", (M.PRATINJAU,), "tanda_tangani", _HEAD, M.REKAP_OPD, "Tandatangani daftar",
        guard=may_sign, effect=sign, duty="rekap",
    ),
    Transition(
        "verifikasi", (M.REKAP_OPD,), "verifikasi", _VERIFIER, M.VERIFIKASI, "Nyatakan terverifikasi",
        guard=may_verify, effect=_follow, duty="verifikasi",
    ),
    Transition(
        "finalkan", (M.VERIFIKASI,), "finalkan", _VERIFIER, M.FINAL, "Tetapkan final",
        guard=_unsealed, effect=finish, duty="verifikasi",
    ),
    Transition(
        "kembalikan", (M.REKAP_OPD, M.VERIFIKASI), "kembalikan", _VERIFIER, M.PRATINJAU,
        "Kembalikan kepada perangkat daerah", effect=give_back, duty="verifikasi", note_required=True,
    ),
    Transition(
        "bayar", (M.FINAL,), "bayar", _TREASURER, M.DIBAYAR, "Catat pembayaran",
        guard=may_pay, effect=pay, duty="bayar",
    ),
)  # fmt: skip

OFFICE_MONTHS = Machine(BulanOpd, TRANSITIONS, holds=holds)


def show(month: dt.date, agency: Opd, since: dt.date | None = None) -> BulanOpd | None:
    """Open the preview of an agency's month once its recaps are computed; None when it is not due or already open.

    `since`: the day it is shown, today unless data of the past are loaded.
    """
    due = Rekap.objects.filter(opd=agency, bulan=month, state=MonthState.PRATINJAU).exists()
    if not due or BulanOpd.objects.filter(opd=agency, bulan=month).exists():
        return None
    until = calendar().add(since or dates.today(), policy.for_month(month).objection_days)
    opened: BulanOpd = OFFICE_MONTHS.begin(BulanOpd(opd=agency, bulan=month, sanggah_sampai=until), "tayang", None)
    return opened


def compute(
    month: dt.date, *, opd: Opd | None = None, actor: User | None = None, request: HttpRequest | None = None
) -> months.Result:
    """Compute the recaps of a month and open the previews that are due; safe to run again."""
    result = months.compute(month, opd=opd, actor=actor, request=request)
    for agency in [opd] if opd else Opd.objects.order_by("pk"):
        show(month.replace(day=1), agency)
    return result
