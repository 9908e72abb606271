"""When a case is due where it lies, and who is late (section 8). Working days by the region's calendar."""

import datetime as dt
from typing import Protocol

from sabilulungan.enums import State
from sabilulungan.rules.flow import days_allowed
from sabilulungan.rules.profile import Profile


class Days(Protocol):
    """The part of a work calendar these rules need."""

    def add(self, day: dt.date, working_days: int) -> dt.date:
        """Return the n-th working day after a day."""
        ...

    def count(self, after: dt.date, upto: dt.date) -> int:
        """Return the working days in (after, upto]."""
        ...


def due_on(profile: Profile, days: Days, state: State, entered: dt.date, budget_year: int) -> dt.date | None:
    """Return the last day on which a state entered on `entered` is in time, or None when no clock runs.

    Repairs run in calendar days, because applicants work on every day of the week; a paid case is due with its
    final report, a case of the budget year before at once.
    """
    after = profile.after
    if state == State.PERBAIKAN:
        return entered + dt.timedelta(days=profile.repair_days)
    if state == State.PELAKSANAAN:
        return max(after.report_day(budget_year), entered)
    if state == State.LPJ_PERBAIKAN:
        return max(after.report_day(budget_year), entered + dt.timedelta(days=after.report_repair_days))
    if state == State.LPJ_DIPERIKSA:
        return days.add(entered, after.report_check_days)
    allowed = days_allowed(profile, state)
    return days.add(entered, allowed) if allowed is not None else None


def days_late(days: Days, due: dt.date | None, day: dt.date) -> int:
    """Return the working days past the due day, 0 while in time or without a deadline."""
    return max(days.count(due, day), 0) if due is not None and day > due else 0
