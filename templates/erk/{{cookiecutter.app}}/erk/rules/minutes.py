"""Minutes of an activity and of a day (erk.md sections 5 and 6)."""

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal

from erk.rules.numbers import ONE, half_up


def between(start: dt.time, end: dt.time) -> int:
    """Return the minutes from `start` to `end` on the same day; negative when `end` lies before."""
    return (end.hour * 60 + end.minute) - (start.hour * 60 + start.minute)


def overlap(first: tuple[dt.time, dt.time], second: tuple[dt.time, dt.time]) -> bool:
    """Return whether two spans [start, end) share a minute; touching ends do not."""
    return first[0] < second[1] and second[0] < first[1]


@dataclass(frozen=True, slots=True)
class Count:
    """Minutes of one activity: worked (end − start), norm, the most that counts (factor × norm), and what counts.

    `longest` is the norm's upper edge where it is a range; the most that counts then follows from that edge.
    """

    worked: int
    norm: int
    most: int
    counted: int
    factor: Decimal = ONE
    longest: int | None = None

    @property
    def norm_words(self) -> str:
        """Return the norm as people write it: "30", or as a range "30–45"."""
        return str(self.norm) if self.longest is None else f"{self.norm}–{self.longest}"

    @property
    def times(self) -> str:
        """Return the factor as people write it: "1,5"."""
        return f"{self.factor.normalize():f}".replace(".", ",")

    @property
    def capped(self) -> bool:
        """Return whether the norm, not the clock, set the counted minutes."""
        return self.worked > self.most

    @property
    def far_below(self) -> bool:
        """Return whether less than half the norm (a range's lower edge) was worked: check volume or times."""
        return self.worked * 2 < self.norm

    @property
    def sentence(self) -> str:
        """Return how the counted minutes came about, for the form and the detail page."""
        if self.capped:
            edge = self.norm if self.longest is None else f"paling lama {self.longest}"
            most = f"{self.most} menit ({self.times} × norma {edge})"
            return f"{self.worked} menit kerja, dihitung paling banyak {most}."
        if self.far_below:
            hint = f"Ini kurang dari setengah norma {self.norm_words} menit: volumenya sudah benar?"
            return f"{self.worked} menit kerja dihitung penuh. {hint}"
        return f"{self.worked} menit kerja dihitung penuh (norma {self.norm_words} menit)."


def count(
    start: dt.time,
    end: dt.time,
    norm: int,
    volume: Decimal,
    factor: Decimal = Decimal("1.5"),
    longest: int | None = None,
) -> Count:
    """Return counted = min(end − start, factor × norm × volume), whole minutes, half up.

    `norm` is minutes for one unit of output, `volume` units done. Where the norm is a range, `longest` is its upper
    edge: it sets the most that counts, the lower one the norm minutes and the hint of too little. Raises
    ValueError, an Indonesian sentence, when the end is not after the start or the volume is not above zero (erk.md
    section 6).
    """
    worked = between(start, end)
    if worked <= 0:
        raise ValueError("Jam selesai harus sesudah jam mulai.")
    if volume <= 0:
        raise ValueError("Volume harus lebih dari nol.")
    most = half_up(factor * (longest or norm) * volume)
    edge = half_up(longest * volume) if longest else None
    return Count(worked, half_up(norm * volume), most, min(worked, most), factor, edge)
