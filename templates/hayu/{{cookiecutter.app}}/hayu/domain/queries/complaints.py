"""Complaints by what they are about, and how long their answers took (hayu.md section 17)."""

import datetime as dt
import statistics
from dataclasses import dataclass

from core import dates
from core.calendar import calendar
from hayu.enums import ComplaintKind, ComplaintState
from hayu.models import Complaint


@dataclass(frozen=True, slots=True)
class Line:
    """Complaints of one kind that came in a period. Days are working days until the answer, the median of them."""

    name: str
    received: int
    answered: int
    in_time: int
    open_late: int
    days: int


def lines(first: dt.date, last: dt.date) -> list[Line]:
    """Return one line for each kind of complaint, of what came in from the first to the last day."""
    end = dates.at(last + dt.timedelta(days=1))
    rows = list(Complaint.objects.filter(created_at__gte=dates.at(first), created_at__lt=end).order_by("pk"))
    return [_line(kind, [row for row in rows if row.kind == kind]) for kind in ComplaintKind]


def _line(kind: ComplaintKind, rows: list[Complaint]) -> Line:
    days, today = calendar(), dates.today()
    answered = [(row, dates.local(row.answered_at).date()) for row in rows if row.answered_at]
    spent = [days.count(dates.local(row.created_at).date(), day) for row, day in answered]
    waiting = [row for row in rows if row.state not in (ComplaintState.DIJAWAB, ComplaintState.DITUTUP)]
    return Line(
        str(kind.label), len(rows), len(answered), sum(day <= row.answer_by for row, day in answered),
        sum(row.answer_by < today for row in waiting), round(statistics.median(spent)) if spent else 0,
    )  # fmt: skip
