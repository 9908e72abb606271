"""The rating of a year from result and behaviour (PermenPANRB 6/2022), and the quarters that need a note."""

import datetime as dt
from collections.abc import Iterable

from erk.enums import Expectation, Rating

RATED_FROM = 12  # month of the year from which its result can be judged
_TABLE = {
    (Expectation.DI_ATAS, Expectation.DI_ATAS): Rating.SANGAT_BAIK,
    (Expectation.DI_ATAS, Expectation.SESUAI): Rating.BAIK,
    (Expectation.SESUAI, Expectation.DI_ATAS): Rating.BAIK,
    (Expectation.SESUAI, Expectation.SESUAI): Rating.BAIK,
    (Expectation.DI_BAWAH, Expectation.DI_ATAS): Rating.BUTUH_PERBAIKAN,
    (Expectation.DI_BAWAH, Expectation.SESUAI): Rating.BUTUH_PERBAIKAN,
    (Expectation.DI_ATAS, Expectation.DI_BAWAH): Rating.KURANG,
    (Expectation.SESUAI, Expectation.DI_BAWAH): Rating.KURANG,
    (Expectation.DI_BAWAH, Expectation.DI_BAWAH): Rating.SANGAT_KURANG,
}


def rating(result: Expectation, behaviour: Expectation) -> Rating:
    """Return the rating of the quadrants: result first, then behaviour."""
    return _TABLE[result, behaviour]


def behaviour_of(judged: Iterable[Expectation]) -> Expectation:
    """Return the behaviour as a whole from the seven values.

    Our own choice, the regulation leaves it to the rater: below with two or more below; above with four or more
    above and none below; else as expected.
    """
    found = list(judged)
    if found.count(Expectation.DI_BAWAH) >= 2:
        return Expectation.DI_BAWAH
    above = found.count(Expectation.DI_ATAS) >= 4 and Expectation.DI_BAWAH not in found
    return Expectation.DI_ATAS if above else Expectation.SESUAI


def quarter(day: dt.date) -> int:
    """Return the quarter of a day, 1 to 4."""
    return (day.month + 2) // 3


def quarters(year: int, approved: dt.date, noted: Iterable[dt.date]) -> list[int]:
    """Return the quarters of a year that still lack a note, from the one in which its plan was approved on."""
    first = quarter(approved) if approved.year == year else (1 if approved.year < year else 4)
    known = {quarter(day) for day in noted if day.year == year}
    late = any(day.year > year for day in noted)
    return [n for n in range(first, 5) if n not in known and not (n == 4 and late)]
