"""Working days of the region: its weekdays minus national holidays, collective leave and its own days."""

import bisect
import csv
import datetime as dt
import functools
from collections.abc import Iterable

from core.region import find_file, region

_WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


class WorkCalendar:
    """Answers questions about working days. Dates are the region's own."""

    def __init__(self, holidays: dict[dt.date, str], weekdays: Iterable[int] = range(5)) -> None:
        self._holidays = dict(holidays)
        self._weekdays = frozenset(weekdays)
        if not self._weekdays:
            raise ValueError("A calendar needs at least one working weekday.")
        self._free = sorted(day for day in self._holidays if day.weekday() in self._weekdays)

    def is_working_day(self, day: dt.date) -> bool:
        """Return whether offices work on this day."""
        return day.weekday() in self._weekdays and day not in self._holidays

    def holiday_name(self, day: dt.date) -> str:
        """Return the name of the holiday on this day, or ""."""
        return self._holidays.get(day, "")

    def add(self, day: dt.date, working_days: int) -> dt.date:
        """Return the n-th working day after `day` (before it, for a negative n); `day` itself never counts.

        With 0, return `day` if it is a working day, else the next one.
        """
        step = dt.timedelta(days=1 if working_days >= 0 else -1)
        if working_days == 0:
            while not self.is_working_day(day):
                day += step
            return day
        for _ in range(abs(working_days)):
            day += step
            while not self.is_working_day(day):
                day += step
        return day

    def count(self, after: dt.date, upto: dt.date) -> int:
        """Return the number of working days in (after, upto]; negative when `upto` lies before `after`."""
        if upto < after:
            return -self.count(upto, after)
        weeks, rest = divmod((upto - after).days, 7)
        left = sum((after.weekday() + offset) % 7 in self._weekdays for offset in range(1, rest + 1))
        free = bisect.bisect_right(self._free, upto) - bisect.bisect_right(self._free, after)
        return weeks * len(self._weekdays) + left - free

    def working_days(self, first: dt.date, last: dt.date) -> list[dt.date]:
        """Return every working day from `first` to `last`, both included."""
        days = (first + dt.timedelta(days=offset) for offset in range((last - first).days + 1))
        return [day for day in days if self.is_working_day(day)]


def _read_holidays() -> dict[dt.date, str]:
    path = find_file("holidays.csv")
    if path is None:
        return {}
    with path.open(encoding="utf-8", newline="") as rows:
        return {dt.date.fromisoformat(row["date"]): row["name"] for row in csv.DictReader(rows)}


@functools.cache
def calendar() -> WorkCalendar:
    """Return the region's calendar: holidays.csv and `calendar.workdays` of the profile."""
    weekdays = [_WEEKDAYS.index(name[:3].lower()) for name in region().calendar.workdays]
    return WorkCalendar(_read_holidays(), weekdays)
