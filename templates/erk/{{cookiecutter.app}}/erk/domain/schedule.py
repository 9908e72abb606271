"""The working day of the region: Ramadan, daily caps, working hours (erk.md section 5; Perpres 21/2023)."""

import csv
import datetime as dt
import functools
from pathlib import Path
from typing import Any

from core.calendar import calendar
from core.region import find_file, region
from erk.enums import TargetMode
from erk.rules.minutes import between
from erk.rules.outlook import month_target
from erk.rules.policy import Policy
from erk.rules.windows import month_bounds, next_month

_SATURDAY = 5
_WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_HOURS, _HOURS_RAMADAN = "07.30-16.00", "08.00-15.00"


def _ramadan(day: dt.date) -> Any:
    rows = region().calendar.get("ramadan", ())
    inside = (row for row in rows if dt.date.fromisoformat(row.first) <= day <= dt.date.fromisoformat(row.last))
    return next(inside, None)


def is_ramadan(day: dt.date) -> bool:
    """Return whether the profile's Ramadan hours hold on a day."""
    return _ramadan(day) is not None


@functools.lru_cache(maxsize=8)
def _collective(path: Path) -> frozenset[dt.date]:
    with path.open(encoding="utf-8", newline="") as rows:
        return frozenset(dt.date.fromisoformat(r["date"]) for r in csv.DictReader(rows) if r["kind"] == "government")


def collective_leave(month: dt.date) -> list[dt.date]:
    """Return the days of collective leave (cuti bersama) of a month that would else be working days."""
    path = find_file("holidays.csv")
    first, last = month_bounds(month)
    days = _collective(path) if path else frozenset()
    return sorted(day for day in days if first <= day <= last and day.weekday() < _SATURDAY)


def working_days(month: dt.date) -> list[dt.date]:
    """Return the working days of a month."""
    return calendar().working_days(*month_bounds(month))


def cap(day: dt.date, policy: Policy, *, overtime: bool = False) -> int:
    """Return the most minutes counted on a day; an overtime order raises it."""
    if overtime:
        return policy.daily_cap_overtime
    return policy.daily_cap_ramadan if is_ramadan(day) else policy.daily_cap


def day_norm(day: dt.date, policy: Policy) -> int:
    """Return the effective minutes expected of a working day."""
    return policy.minutes_per_day_ramadan if is_ramadan(day) else policy.minutes_per_day


def target(month: dt.date, policy: Policy) -> int:
    """Return the month's target T in minutes for a full month."""
    days = working_days(month) if policy.target_mode == TargetMode.KALENDER else []
    ramadan = sum(map(is_ramadan, days))
    return month_target(
        policy.target_mode,
        policy.minutes_per_month,
        len(days) - ramadan,
        ramadan,
        policy.minutes_per_day,
        policy.minutes_per_day_ramadan,
    )


HARD_DAY = 400  # minutes a working day that a fixed target may ask for (erk.md section 5)


def short_months(since: dt.date, policy: Policy) -> list[tuple[dt.date, int]]:
    """Return the months of a year from `since` on in which a fixed target asks for more than 400 minutes a day.

    With each the minutes it asks for; empty where the target follows the calendar.
    """
    found, month = [], since.replace(day=1)
    for _ in range(12 if policy.target_mode == TargetMode.TETAP else 0):
        days = len(working_days(month))
        if days and policy.minutes_per_month > HARD_DAY * days:
            found.append((month, -(-policy.minutes_per_month // days)))
        month = next_month(month)
    return found


def office_hours(day: dt.date) -> tuple[dt.time, dt.time]:
    """Return when offices open and close on a day, in the region's zone.

    Where the profile is silent, the hours of Perpres 21/2023 hold.
    """
    period = _ramadan(day)
    hours = period.hours if period else region().calendar.get("hours", {})
    default = _HOURS_RAMADAN if period else _HOURS
    row = hours.get(_WEEKDAYS[day.weekday()])
    opens, closes = (row.work if row else default).split("-")
    return _clock(opens), _clock(closes)


def _clock(text: str) -> dt.time:
    hour, minute = text.split(".")
    return dt.time(int(hour), int(minute))


def minutes_late(day: dt.date, arrived: dt.time) -> int:
    """Return the minutes after opening, 0 when in time. Both are clock times of the region."""
    return max(0, between(office_hours(day)[0], arrived))


def minutes_early(day: dt.date, left: dt.time) -> int:
    """Return the minutes before closing, 0 when stayed to the end."""
    return max(0, between(left, office_hours(day)[1]))
