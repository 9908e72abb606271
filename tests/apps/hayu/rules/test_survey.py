"""The satisfaction index of hayu.md section 12."""

from decimal import Decimal

import pytest

from hayu.enums import Element
from hayu.rules import survey

MEANS = ("3.4", "3.3", "3.1", "3.9", "3.4", "3.5", "3.6", "3.5", "3.2")


def test_example_of_section_12():
    found = survey.from_means([Decimal(value) for value in MEANS], 40)
    assert (found.index, found.grade, found.lowest, found.respondents) == (Decimal("85.83"), "B", Element.U3, 40)


@pytest.mark.parametrize(
    ("index", "letter"),
    [("25", "D"), ("64.99", "D"), ("65", "C"), ("76.60", "C"), ("76.61", "B"), ("88.30", "B"), ("88.31", "A"),
     ("100", "A")],
)  # fmt: skip
def test_grades(index, letter):
    assert survey.grade(Decimal(index)) == letter


def test_few_respondents_are_not_published():
    assert survey.index_of([30] * 9, 9) is None
    assert survey.index_of([40] * 9, 10).index == Decimal("100.00")
    with pytest.raises(ValueError, match="9 elements"):
        survey.from_means([Decimal(4)] * 8, 10)
