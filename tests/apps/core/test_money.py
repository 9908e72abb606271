"""Rupiah in and out (regions.md sections 4 and 10.7)."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core import money


@pytest.mark.parametrize(
    ("amount", "text"),
    [(0, "Rp0"), (1, "Rp1"), (1_250_000, "Rp1.250.000"), (-6_000, "-Rp6.000"), (1_000_000_000, "Rp1.000.000.000")],
)
def test_screen_form(amount, text):
    assert money.rupiah(amount) == text


@pytest.mark.parametrize(
    ("amount", "text"),
    [
        (999_999, "Rp999.999"),
        (1_000_000, "Rp1 juta"),
        (1_250_000_000, "Rp1,25 miliar"),
        (999_994_999, "Rp999,99 juta"),
        (999_995_000, "Rp1 miliar"),
        (428_630_606_304, "Rp428,63 miliar"),
        (12_470_000_000_000, "Rp12,47 triliun"),
        (-1_500_000, "-Rp1,5 juta"),
    ],
)
def test_short_form(amount, text):
    assert money.rupiah_short(amount) == text


@pytest.mark.parametrize(
    ("amount", "text"),
    [(1_250_000, "Rp1.250.000,00"), (0, "Rp0,00"), (Decimal("1500.50"), "Rp1.500,50"), (-5, "-Rp5,00")],
)
def test_document_form(amount, text):
    assert money.rupiah_document(amount) == text


@pytest.mark.parametrize(
    ("amount", "words"),
    [
        (1_250_000, "satu juta dua ratus lima puluh ribu rupiah"),
        (0, "nol rupiah"),
        (1_000_000_000, "satu miliar rupiah"),
        (1_000, "seribu rupiah"),
        (Decimal("1500.50"), "seribu lima ratus rupiah lima puluh sen"),
    ],
)
def test_amount_in_words(amount, words):
    assert money.in_words(amount) == words


@pytest.mark.parametrize(
    ("text", "amount"),
    [
        ("1250000", 1_250_000),
        ("Rp 1.250.000", 1_250_000),
        ("Rp1.250.000,00", 1_250_000),
        ("rp. 1 250 000", 1_250_000),
        ("1.250.000,-", 1_250_000),
        ("1,5 juta", 1_500_000),
        ("2 M", 2_000_000_000),
        ("25rb", 25_000),
        ("Rp0", 0),
    ],
)
def test_reads_what_people_write(text, amount):
    assert money.parse_rupiah(text) == amount


@pytest.mark.parametrize(
    "text", ["", "Rp", "seribu", "1.25.000", "12,5", "1.250.000,50", "-5", "1e6", "９９", "9" * 20, "0,0000001 juta"]
)
def test_refuses_what_is_no_whole_amount(text):
    with pytest.raises(ValueError, match=r"\w+.*\.$"):
        money.parse_rupiah(text)


@given(st.integers(0, money.LARGEST))
def test_what_is_shown_can_be_typed(amount):
    assert money.parse_rupiah(money.rupiah(amount)) == amount
    assert money.parse_rupiah(money.rupiah_document(amount)) == amount
