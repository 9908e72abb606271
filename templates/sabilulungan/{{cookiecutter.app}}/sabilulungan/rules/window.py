"""R01: when proposals for a budget year are taken (BDG 777/2013, 309/2014, 691/2014)."""

import calendar
import datetime as dt
from dataclasses import dataclass

from sabilulungan.rules.profile import Profile


@dataclass(frozen=True, slots=True)
class Window:
    """First and last day, both included, on which proposals for `budget_year` are taken. Days of the region."""

    budget_year: int
    opens: dt.date
    closes: dt.date
    basis: str = ""

    def holds(self, day: dt.date) -> bool:
        """Return whether proposals are taken on this day."""
        return self.opens <= day <= self.closes


def _day(year: int, month_day: tuple[int, int]) -> dt.date:
    month, day = month_day
    return dt.date(year, month, min(day, calendar.monthrange(year, month)[1]))


def window_for(profile: Profile, budget_year: int) -> Window:
    """Return the window of a budget year: the special one if the profile has it, else the yearly one of year N-1."""
    for special in profile.special_windows:
        if special.budget_year == budget_year:
            return Window(budget_year, special.opens, special.closes, special.basis)
    filing_year = budget_year - 1
    return Window(budget_year, _day(filing_year, profile.window_opens), _day(filing_year, profile.window_closes), "")


def open_windows(profile: Profile, day: dt.date) -> list[Window]:
    """Return the windows open on a day, earliest budget year first."""
    years = {day.year + 1, *(special.budget_year for special in profile.special_windows)}
    windows = (window_for(profile, year) for year in sorted(years))
    return [window for window in windows if window.holds(day)]


def next_window(profile: Profile, day: dt.date) -> Window:
    """Return the window that opens next after a day."""
    years = {day.year + 1, day.year + 2, *(special.budget_year for special in profile.special_windows)}
    coming = [window for window in (window_for(profile, year) for year in years) if window.opens > day]
    return min(coming, key=lambda window: (window.opens, window.budget_year))
