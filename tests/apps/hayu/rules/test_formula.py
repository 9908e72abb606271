"""Formulas of charges: read, never evaluated."""

import contextlib
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hayu.rules import formula
from hayu.rules.formula import FormulaError

PBG = {"LLt": "120", "Ilo": "0.005", "SHST": "5500000", "It": "0.18", "Ibg": "1"}


def inputs(**values: str) -> dict[str, Decimal]:
    return {name: Decimal(value) for name, value in values.items()}


def test_pbg_of_hayu_section_11():
    """120 m² × (0.5 % × 5,500,000) × 0.18 × 1 = Rp 594,000."""
    read = formula.parse("LLt * (Ilo * SHST) * It * Ibg")
    assert read.result(inputs(**PBG)) == 594_000
    assert read.names == set(PBG)


@pytest.mark.parametrize(
    ("text", "expected"),
    [("2+3*4", 14), ("(2+3)*4", 20), ("10-3-2", 5), ("100/8", 13), ("7/2", 4), ("0", 0), ("a * 2", 10), ("a", 5)],
)
def test_order_and_rounding(text, expected):
    assert formula.parse(text).result(inputs(a="5")) == expected


@pytest.mark.parametrize(
    "text",
    ["", "2 +", "* 2", "(2", "2)", "2 3", "a b", "__import__('os')", "a.b", "a[0]", "a**2", "a;b", "1e9", "é", "2%1",
     "(" * 30 + "1" + ")" * 30, "a" * 201, "lambda: 1", "f(2)"],
)  # fmt: skip
def test_everything_else_is_refused(text):
    with pytest.raises(FormulaError):
        formula.parse(text)


@pytest.mark.parametrize(("text", "word"), [("1/0", "nol"), ("b", "“b”"), ("1-2", "tidak mungkin"),
                                            ("a*1000000000000000", "tidak mungkin")])  # fmt: skip
def test_results_that_cannot_be_a_charge(text, word):
    with pytest.raises(FormulaError, match=word):
        formula.parse(text).result(inputs(a="5"))


@given(st.text(max_size=60))
def test_any_text_is_read_or_refused(text):
    with contextlib.suppress(FormulaError):
        assert formula.parse(text).names is not None


@given(st.integers(0, 10**6), st.integers(0, 10**6), st.integers(1, 1000))
def test_agrees_with_arithmetic(a, b, c):
    found = formula.parse("a * c + b / c").result(inputs(a=str(a), b=str(b), c=str(c)))
    assert abs(found - (a * c + b / c)) <= 1
