"""The monthly report per permit type (hayu.md section 17): what came in, what was decided, how fast, and why not."""

import datetime as dt
from collections import Counter
from dataclasses import dataclass

from django.db.models import Count, F, Q

from core import dates
from core.calendar import calendar
from core.models import AuditEntry
from hayu.domain import catalogue, survey
from hayu.domain.permits import charges, clock
from hayu.enums import AppAction, AppState
from hayu.models import Application, Bill
from hayu.rules import sla
from hayu.rules.permits import PermitType

S = AppState


@dataclass(frozen=True, slots=True)
class Line:
    """One type in one month. Days are working days; shares are whole percent."""

    code: str
    name: str
    received: int
    issued: int
    refused: int
    withdrawn: int
    lapsed: int
    open: int
    overdue: int
    median: int
    p90: int
    on_time: int
    returned_twice: int
    ikm: str

    @property
    def decided(self) -> int:
        """Return how many were granted or refused."""
        return self.issued + self.refused

    @property
    def returned_share(self) -> int:
        """Return the share of all that ended in the month after two returns."""
        ended = self.decided + self.withdrawn + self.lapsed
        return round(100 * self.returned_twice / ended) if ended else 0


def month_of(text: str, today: dt.date) -> dt.date:
    """Return the first day of a month written "2026-11"; this month for anything else."""
    try:
        return dt.date.fromisoformat(f"{text}-01")
    except ValueError:
        return today.replace(day=1)


def last_day(first: dt.date) -> dt.date:
    """Return the last day of a month."""
    return (first + dt.timedelta(days=32)).replace(day=1) - dt.timedelta(days=1)


def lines(first: dt.date) -> list[Line]:
    """Return one line for each type in force or with applications in the month.

    Open and overdue are those at the end of the month, of the current month those of today.
    """
    last = last_day(first)
    begin, end = dates.at(first), dates.at(last + dt.timedelta(days=1))
    decided = Q(decided_at__gte=begin, decided_at__lt=end)
    open_then = Q(sent_at__lt=end) & (Q(decided_at=None) | Q(decided_at__gte=end))
    counted = Application.objects.sent().order_by().values("type_code").annotate(
        received=Count("pk", filter=Q(sent_at__gte=begin, sent_at__lt=end)),
        issued=Count("pk", filter=decided & Q(state=S.TERBIT)),
        refused=Count("pk", filter=decided & Q(state=S.DITOLAK)),
        withdrawn=Count("pk", filter=decided & Q(state=S.DIBATALKAN)),
        lapsed=Count("pk", filter=decided & Q(state=S.KEDALUWARSA)),
        open=Count("pk", filter=open_then),
        returned_twice=Count("pk", filter=decided & Q(rounds__gte=2)),
    )  # fmt: skip
    by_code = {row.pop("type_code"): row for row in counted}
    spent: dict[str, list[tuple[int, int]]] = {}
    done = Application.objects.filter(decided, state__in=[S.TERBIT, S.DITOLAK]).order_by()
    for code, used, promised in done.values_list("type_code", "used_days", "sla_days"):
        spent.setdefault(code, []).append((used, promised))
    for code, number in _overdue(open_then, last).items():
        by_code[code]["overdue"] = number
    names = {kind.code: kind.name for kind in catalogue.types()}
    return [
        _line(code, names.get(code, code), by_code.get(code, {}), spent.get(code, []), first, last)
        for code in dict.fromkeys([*names, *by_code])
    ]


def _overdue(open_then: Q, last: dt.date) -> Counter[str]:
    """Return how many of each type were past their time on a day; their clocks are read as of then."""
    late = Application.objects.filter(open_then, used_days__gt=F("sla_days")).order_by()
    if last >= dates.today():
        return Counter(late.values_list("type_code", flat=True))
    rows = late.filter(due_on__lt=last).only("type_code", "marks", "sla_days", "decided_at")
    days = calendar()
    return Counter(row.type_code for row in rows if sla.read(clock.clock_of(row), days, last).late_days)


def _line(
    code: str, name: str, row: dict[str, int], spent: list[tuple[int, int]], first: dt.date, last: dt.date
) -> Line:
    index = survey.index(first, last, code)
    used = [days for days, _ in spent]
    in_time = sum(days <= promised for days, promised in spent)
    return Line(
        code=code,
        name=name,
        received=row.get("received", 0),
        issued=row.get("issued", 0),
        refused=row.get("refused", 0),
        withdrawn=row.get("withdrawn", 0),
        lapsed=row.get("lapsed", 0),
        open=row.get("open", 0),
        overdue=row.get("overdue", 0),
        median=sla.percentile(used, 50),
        p90=sla.percentile(used, 90),
        on_time=round(100 * in_time / len(spent)) if spent else 0,
        returned_twice=row.get("returned_twice", 0),
        ikm=f"{index.index} ({index.grade})".replace(".", ",") if index else "",
    )


def reasons(first: dt.date, limit: int = 10) -> list[tuple[str, int]]:
    """Return the items files were returned for most often in a month: "Pasfoto terbaru", 12."""
    entries = AuditEntry.objects.filter(
        object_type="hayu.application", action=AppAction.KEMBALIKAN, at__gte=dates.at(first),
        at__lt=dates.at(last_day(first) + dt.timedelta(days=1)),
    ).values_list("data", flat=True)  # fmt: skip
    found = Counter(item for data in entries for item in data.get("butir", []))
    names = {item: words for kind in catalogue.types() for item, words in _items(kind).items()}
    return [(names.get(item, item), number) for item, number in found.most_common(limit)]


def _items(kind: PermitType) -> dict[str, str]:
    return {question.item: question.label for question in kind.questions} | {
        requirement.item: requirement.name for requirement in kind.requirements
    }


@dataclass(frozen=True, slots=True)
class Money:
    """Rupiah of a month: billed and paid."""

    billed: int
    paid: int


def money(first: dt.date) -> Money:
    """Return what was billed and what was paid in a month."""
    last = last_day(first)
    begin, end = dates.at(first), dates.at(last + dt.timedelta(days=1))
    billed = sum(Bill.objects.filter(created_at__gte=begin, created_at__lt=end).values_list("amount", flat=True))
    return Money(billed, charges.paid_in(first, last))
