"""The pay list of erk.md section 16: final recaps by budget line, and the differences of corrections due."""

import datetime as dt
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet

from erk.domain import policy
from erk.enums import COMPUTED_CORRECTIONS, FINISHED, MonthState
from erk.models import BayarManual, KebijakanVersi, Koreksi, Opd, Rekap
from erk.rules import budget, windows
from erk.rules.allowance import AllowanceInputs, allowance
from erk.rules.numbers import half_up
from erk.rules.policy import Pay, Policy


@dataclass(frozen=True, slots=True)
class PayLine:
    """One amount to pay: whom, by which budget line, how much; a correction names its month."""

    recap: Rekap
    line: str
    words: str
    amount: int


def pay_lines(month: dt.date, agency: Opd | None = None) -> Iterator[PayLine]:
    """Yield the pay list of a month: every final recap by budget line, then the differences of corrections due.

    Of one agency, or of all. The lines of an employee add up to the allowance of the slip, to the rupiah, less what
    was paid by hand for that month. What was paid beyond the slip is not asked back here: `paid_by_hand` shows it.
    """
    by_hand = dict(BayarManual.objects.filter(bulan=month).values_list("pegawai_id", "jumlah"))
    rules = cache(policy.stored)
    rows = Rekap.objects.filter(bulan=month, state__in=FINISHED).select_related(
        "pegawai", "opd", "jabatan", "kebijakan"
    )
    rows = rows.filter(opd=agency) if agency else rows
    for recap in rows.order_by("opd__nama", "pegawai__nama", "pk").iterator(chunk_size=500):
        known = rules(recap.kebijakan)
        lines = _lines(recap.tpp, recap, known)
        for line, amount in (lines or {budget.WORKLOAD: 0}).items():
            yield PayLine(recap, line, _words(line, recap, known), amount)
        taken = budget.parted(min(by_hand.get(recap.pegawai_id, 0), recap.tpp), list(lines.values()) or [0])
        for line, amount in zip(lines, taken, strict=False):
            if amount:
                yield PayLine(recap, line, "Sudah dibayar manual", -amount)
    first, last = windows.month_bounds(windows.next_month(month))
    due = Koreksi.objects.filter(state__in=COMPUTED_CORRECTIONS, state_since__date__range=(first, last))
    due = due.filter(rekap__opd=agency) if agency else due
    related = ("rekap__pegawai", "rekap__opd", "rekap__jabatan", "rekap__kebijakan", "kebijakan")
    for row in due.select_related(*related).order_by("pk"):
        for line, amount in _difference(row, rules):
            yield PayLine(row.rekap, line, f"Koreksi {row.rekap.bulan:%Y-%m}", amount)


def _difference(row: Koreksi, rules: Callable[[KebijakanVersi], Policy]) -> Iterator[tuple[str, int]]:
    """Yield by budget line what a correction pays more or takes back: its lines less those that held before."""
    earlier = Koreksi.objects.filter(rekap=row.rekap_id, state__in=COMPUTED_CORRECTIONS, pk__lt=row.pk)
    before = earlier.select_related("kebijakan").order_by("pk").last() or row.rekap
    old = _lines(row.tpp_lama, before, rules(before.kebijakan))
    new = _lines(row.tpp_baru or 0, row, rules(row.kebijakan))
    for line in sorted(old.keys() | new.keys()):
        if amount := new.get(line, 0) - old.get(line, 0):
            yield line, amount


def _lines(paid: int, computed: Rekap | Koreksi, rules: Policy) -> dict[str, int]:
    """Return an allowance by budget line, from the inputs it was computed with and the classes held that month."""
    inputs = AllowanceInputs.from_json(computed.masukan)
    other = min(paid, half_up(inputs.pl * allowance(inputs, rules.allowance).factor)) if paid else 0
    return budget.by_line(paid - other, other, _held(computed.rincian, rules))


def _held(detail: Mapping[str, Any], rules: Policy) -> list[tuple[Pay, int]]:
    return [(rules.pay[one["kelas"]], one["hari"]) for one in detail["penempatan"]]


def _words(line: str, recap: Rekap, rules: Policy) -> str:
    """Return what a line is for; where the ceilings name no single criteria, those it stands for together."""
    held = [pay for pay, _ in _held(recap.rincian, rules)]
    told = {budget.WORKLOAD: any(pay.achievement for pay in held), budget.CONDITIONS: any(pay.named for pay in held)}
    return budget.WORDS[line] if told.get(line, True) else budget.TOGETHER[line]


def unpaid(month: dt.date) -> "QuerySet[Rekap]":
    """Return the computed recaps of a month that neither the list nor a payment by hand has paid yet."""
    paid = BayarManual.objects.filter(bulan=month, pegawai=OuterRef("pegawai"))
    rows = Rekap.objects.filter(bulan=month, tpp__gt=0).exclude(state=MonthState.DIBAYAR).exclude(Exists(paid))
    return rows.select_related("pegawai", "opd").order_by("opd__nama", "pegawai__nama", "pk")


@dataclass(frozen=True, slots=True)
class PaidByHand:
    """A payment by hand beside what the application computed for that month, None where it has not yet."""

    payment: BayarManual
    recap: Rekap | None

    @property
    def difference(self) -> int | None:
        """Return what is still due (or, negative, was paid too much), in rupiah."""
        return None if self.recap is None else self.recap.tpp - self.payment.jumlah


def paid_by_hand(month: dt.date) -> list[PaidByHand]:
    """Return the payments by hand of a month, each beside the recap."""
    recaps = {row.pegawai_id: row for row in Rekap.objects.filter(bulan=month).select_related("opd")}
    rows = BayarManual.objects.filter(bulan=month).select_related("pegawai")
    return [PaidByHand(row, recaps.get(row.pegawai_id)) for row in rows]
