"""What the end of its period took, and what is due: counts only (hayu.md section 19, UU 27/2022)."""

import datetime as dt
from dataclasses import dataclass

from django.db.models import Sum
from django.db.models.functions import ExtractMonth

from hayu.domain import retention
from hayu.enums import Erased
from hayu.models import Erasure


@dataclass(frozen=True, slots=True)
class Standing:
    """A kind of data on a day: its period in years (None: kept without end), how many are due, and taken in a year."""

    name: str
    years: int | None
    due: int
    taken: int
    files: int


@dataclass(frozen=True, slots=True)
class Line:
    """One kind in one month: how many were taken, with how many files."""

    month: dt.date
    name: str
    number: int
    files: int


def standing(year: int, today: dt.date) -> list[Standing]:
    """Return every kind with what a year took of it and what is due today."""
    rows = Erasure.objects.filter(day__year=year).order_by()
    sums = {
        kind: (number, files)
        for kind, number, files in rows.values_list("kind").annotate(Sum("number"), Sum("files"))
    }  # fmt: skip
    return [
        Standing(
            str(kind.label), retention.period(kind), sum(rows.count() for rows in retention.due(kind, today)),
            *sums.get(kind, (0, 0)),
        )
        for kind in Erased
    ]  # fmt: skip


def lines(year: int) -> list[Line]:
    """Return what was taken in a year, by month and kind."""
    rows = Erasure.objects.filter(day__year=year).order_by().annotate(month=ExtractMonth("day"))
    found = rows.values_list("month", "kind").annotate(taken=Sum("number"), gone=Sum("files")).order_by("month", "kind")
    return [
        Line(dt.date(year, month, 1), str(Erased(kind).label), number, files) for month, kind, number, files in found
    ]
