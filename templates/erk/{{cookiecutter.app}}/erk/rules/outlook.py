"""Where a month is heading: target, forecast, and the cliff at half the target (erk.md sections 5, 11, 15)."""

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal

from erk.enums import TargetMode
from erk.rules.numbers import ZERO, half_up


def month_target(
    mode: TargetMode, fixed: int, normal_days: int, ramadan_days: int, a_day: int, a_ramadan_day: int
) -> int:
    """Return T in minutes: the fixed amount, or the working days of the month times their minutes."""
    if mode == TargetMode.TETAP:
        return fixed
    return normal_days * a_day + ramadan_days * a_ramadan_day


@dataclass(frozen=True, slots=True)
class Outlook:
    """Minutes so far, target, forecast at the end of the month, and what each remaining day must bring."""

    minutes: int
    target: int
    forecast: int
    days_left: int
    needed_a_day: int

    @property
    def share(self) -> Decimal:
        """Return the share of the target reached."""
        return Decimal(self.minutes) / self.target if self.target else ZERO


def outlook(minutes: int, target: int, days_passed: int, days_left: int) -> Outlook:
    """Return the forecast: so far, plus the same minutes a day for every working day that is left."""
    pace = Decimal(minutes) / days_passed if days_passed else ZERO
    missing = max(0, target - minutes)
    needed = -(-missing // days_left) if days_left else missing
    return Outlook(minutes, target, minutes + half_up(pace * days_left), days_left, needed)


def at_cliff(today: dt.date, share: Decimal, from_day: int, low: Decimal, high: Decimal) -> bool:
    """Return whether to warn: from this day of the month, within this distance of half the target.

    One minute below half costs the whole allowance (examples 3 and 4 of section 11).
    """
    return today.day >= from_day and low <= share <= high
