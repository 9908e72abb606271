"""Minutes of an activity and of a day (erk.md sections 5 and 6)."""

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal

from erk.rules.numbers import half_up


def between(start: dt.time, end: dt.time) -> int:
    """Return the minutes from `start` to `end` on the same day; negative when `end` lies before."""
    return (end.hour * 60 + end.minute) - (start.hour * 60 + start.minute)


def overlap(first: tuple[dt.time, dt.time], second: tuple[dt.time, dt.time]) -> bool:
    """Return whether two spans [start, end) share a minute; touching ends do not."""
    return first[0] < second[1] and second[0] < first[1]


@dataclass(frozen=True, slots=True)
class Count:
    """Minutes of one activity: worked (end − start), norm, the most that counts, and what counts."""

    worked: int
    norm: int
    most: int
    counted: int

    @property
    def capped(self) -> bool:
        """Return whether the norm, not the clock, set the counted minutes."""
        return self.worked > self.most

    @property
    def far_below(self) -> bool:
        """Return whether less than half the norm was worked: a hint to check volume or times."""
        return self.worked * 2 < self.norm

    @property
    def sentence(self) -> str:
        """Return how the counted minutes came about, for the form and the detail page."""
        if self.capped:
            return f"{self.worked} menit kerja, dihitung paling banyak {self.most} menit (1,5 × norma {self.norm})."
        if self.far_below:
            hint = f"Ini kurang dari setengah norma {self.norm} menit: volumenya sudah benar?"
            return f"{self.worked} menit kerja dihitung penuh. {hint}"
        return f"{self.worked} menit kerja dihitung penuh (norma {self.norm} menit)."


def count(start: dt.time, end: dt.time, norm: int, volume: Decimal, factor: Decimal = Decimal("1.5")) -> Count:
    """Return counted = min(end − start, factor × norm × volume), whole minutes, half up.

    `norm` is minutes for one unit of output, `volume` units done. Raises ValueError, an Indonesian
    sentence, when the end is not after the start or the volume is not above zero (erk.md section 6).
    """
    worked = between(start, end)
    if worked <= 0:
        raise ValueError("Jam selesai harus sesudah jam mulai.")
    if volume <= 0:
        raise ValueError("Volume harus lebih dari nol.")
    most = half_up(factor * norm * volume)
    return Count(worked=worked, norm=half_up(norm * volume), most=most, counted=min(worked, most))
