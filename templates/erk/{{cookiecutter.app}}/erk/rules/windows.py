"""Deadlines in the region's working days (erk.md section 7). A day is a date of the region, never of the server."""

import calendar as months
import datetime as dt
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


def month_stage(
    month: dt.date, today: dt.date, input_days: int, approval_days: int, calendar: WorkingDays
) -> MonthState:
    """Return how far a month is: open to its last day + `input_days`, approvals until the n-th working day after."""
    last = month_bounds(month)[1]
    if today <= deadline(last, input_days, calendar):
        return MonthState.TERBUKA
    if today <= deadline(last, max(input_days, approval_days), calendar):
        return MonthState.TUTUP_INPUT
    return MonthState.TUTUP_VALIDASI
