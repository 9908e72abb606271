"""Deadlines in the region's working days (erk.md section 7). A day is a date of the region, never of the server."""

import calendar as months
import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Protocol

from erk.enums import MonthState


class WorkingDays(Protocol):
    """What the rules need of a calendar; core's WorkCalendar is one."""

    def is_working_day(self, day: dt.date) -> bool:
        """Return whether offices work on this day."""

    def add(self, day: dt.date, working_days: int) -> dt.date:
        """Return the n-th working day after `day`."""

    def count(self, after: dt.date, upto: dt.date) -> int:
        """Return the working days in (after, upto]."""


def deadline(start: dt.date, working_days: int, calendar: WorkingDays) -> dt.date:
    """Return the last day to act: the n-th working day after `start`."""
    return calendar.add(start, working_days)


def is_over(start: dt.date, working_days: int, today: dt.date, calendar: WorkingDays) -> bool:
    """Return whether the window that opened on `start` has closed before `today` began."""
    return today > deadline(start, working_days, calendar)


def month_bounds(month: dt.date) -> tuple[dt.date, dt.date]:
    """Return the first and last day of a month."""
    return month.replace(day=1), month.replace(day=months.monthrange(month.year, month.month)[1])


def next_month(month: dt.date) -> dt.date:
    """Return the first day of the next month."""
    return month_bounds(month)[1] + dt.timedelta(days=1)


def previous_month(month: dt.date) -> dt.date:
    """Return the first day of the month before."""
    return (month.replace(day=1) - dt.timedelta(days=1)).replace(day=1)


LONGEST_OUTAGE = 60  # minutes on a closing day; a longer one moves the closing (erk.md section 17)


def extended(day: dt.date, outages: Mapping[dt.date, int], calendar: WorkingDays) -> dt.date:
    """Return the day something closes that would close on `day`: one working day later for each day of outage.

    `outages` are minutes by day in which the application did not work.
    """
    while outages.get(day, 0) > LONGEST_OUTAGE:
        day = calendar.add(day, 1)
    return day


def input_closes(
    day: dt.date, working_days: int, shift: int, outages: Mapping[dt.date, int], calendar: WorkingDays
) -> dt.date:
    """Return the last day to hand in work of a day.

    Where that reaches into the next month, the agency's `shift` in working days is added: the closing days of the
    agencies are staggered, so that not all of them file in the same hour.
    """
    last = calendar.add(day, working_days)
    if last > month_bounds(day)[1] and shift:
        last = calendar.add(last, shift)
    return extended(last, outages, calendar)


@dataclass(frozen=True, slots=True)
class Closing:
    """The last day of input and the last day of approval of an agency's month."""

    input: dt.date
    approval: dt.date

    def stage(self, today: dt.date) -> MonthState:
        """Return how far the month has come by the calendar."""
        if today <= self.input:
            return MonthState.TERBUKA
        return MonthState.TUTUP_INPUT if today <= self.approval else MonthState.TUTUP_VALIDASI


def closing(
    month: dt.date,
    input_days: int,
    approval_days: int,
    calendar: WorkingDays,
    *,
    shift: int = 0,
    outages: Mapping[dt.date, int] = MappingProxyType({}),
) -> Closing:
    """Return the closing days of a month: so many working days after its last day, later by shift and outages."""
    last = month_bounds(month)[1]
    ends = calendar.add(last, input_days + shift), calendar.add(last, max(input_days, approval_days) + shift)
    first = extended(ends[0], outages, calendar)
    return Closing(first, max(first, extended(ends[1], outages, calendar)))
