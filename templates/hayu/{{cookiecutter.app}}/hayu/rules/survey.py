"""The satisfaction index of Permenpan 14/2017 (hayu.md section 12)."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from hayu.enums import Element

FEWEST = 10  # respondents below which nothing is published
_GRADES = ((Decimal("88.31"), "A"), (Decimal("76.61"), "B"), (Decimal("65.00"), "C"), (Decimal("25.00"), "D"))
GRADE_WORDS = {"A": "sangat baik", "B": "baik", "C": "kurang baik", "D": "tidak baik"}


@dataclass(frozen=True, slots=True)
class Index:
    """The result of a survey: mean of each element (1 to 4), index of 100, grade, lowest element, respondents."""

    means: dict[Element, Decimal]
    index: Decimal
    grade: str
    lowest: Element
    respondents: int


def _two(value: Decimal) -> Decimal:
    return value.quantize(Decimal("0.01"), ROUND_HALF_UP)


def grade(index: Decimal) -> str:
    """Return the grade of an index from 25 to 100."""
    return next((letter for lowest, letter in _GRADES if index >= lowest), "D")


def from_means(means: Sequence[Decimal], respondents: int) -> Index:
    """Return the index of nine element means, in the order of the elements; weight 1/9 each."""
    if len(means) != len(Element):
        raise ValueError(f"The survey has {len(Element)} elements, not {len(means)}.")
    named = dict(zip(Element, means, strict=True))
    index = _two(sum(means, Decimal(0)) / len(means) * 25)
    return Index(named, index, grade(index), min(named, key=lambda key: named[key]), respondents)


def index_of(sums: Sequence[int], respondents: int) -> Index | None:
    """Return the index of the sums of all answers per element, None when there are too few respondents to publish."""
    if respondents < FEWEST:
        return None
    return from_means([Decimal(total) / respondents for total in sums], respondents)
