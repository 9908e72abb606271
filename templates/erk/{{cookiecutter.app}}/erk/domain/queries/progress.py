"""How far months have come: minutes, forecast, warning near the threshold."""

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass

from core import dates
from core.calendar import calendar
from erk.domain import policy
from erk.domain.facts import MonthReader
from erk.domain.records import Records
from erk.rules import windows
from erk.rules.outlook import Outlook, at_cliff, outlook


@dataclass(frozen=True, slots=True)
class Progress:
    """One employee's month so far: counted, credited and waiting minutes, the forecast, and whether to warn."""

    month: dt.date
    counted: int
    credited: int
    waiting: int
    outlook: Outlook
    warn: bool
    threshold: int

    @property
    def minutes(self) -> int:
        """Return what counts today: approved and credited."""
        return self.counted + self.credited

    @property
    def missing_to_threshold(self) -> int:
        """Return the minutes that are missing to the threshold."""
        return max(0, self.threshold - self.minutes)


def progress(keys: Collection[int], month: dt.date | None = None, known: Records | None = None) -> dict[int, Progress]:
    """Return the progress of employees in a month (the running one by default), in one query.

    The forecast takes waiting minutes as if approved, and today as a day that is still to come. `known`: what a page
    has read of the month already.
    """
    today = dates.today()
    first, last = windows.month_bounds(month or today)
    rules = policy.for_month(first)
    reader = MonthReader(first, rules)
    days = calendar().working_days(first, last)
    passed = [day for day in days if day < today]
    found = {}
    for key, gauge in reader.gauges(keys, known).items():
        minutes = gauge.counted + gauge.credited + gauge.waiting
        ahead = outlook(minutes, reader.target, len(passed), len(days) - len(passed))
        running = first <= today <= last
        found[key] = Progress(
            month=first,
            counted=gauge.counted,
            credited=gauge.credited,
            waiting=gauge.waiting,
            outlook=ahead,
            warn=running and at_cliff(today, ahead.share, rules.cliff_from_day, rules.cliff_low, rules.cliff_high),
            threshold=int(rules.allowance.threshold * reader.target),
        )
    return found
