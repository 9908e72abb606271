"""Scale labels, sampling, addresses, codes, single values."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core import codes as core_codes
from hayu.enums import SampleRule, Scale, State
from hayu.rules import codes, looks, scale
from hayu.rules.addresses import address_key
from hayu.rules.sampling import chance, draw
from hayu.validators import has_letter, normalise_nib, position
from helpers import POLICY

DAY = dt.date(2026, 11, 24)
BILLION = 1_000_000_000


@pytest.mark.parametrize(
    ("capital", "label"),
    [(BILLION, "mikro"), (BILLION + 1, "kecil"), (5 * BILLION, "kecil"), (10 * BILLION, "menengah"),
     (10 * BILLION + 1, "besar")],
)  # fmt: skip
def test_scale_by_capital(capital: int, label: str):
    """PP 7/2021 art. 35."""
    assert scale.by_capital(capital) == label


@pytest.mark.parametrize(
    ("sales", "label"),
    [(2 * BILLION, "mikro"), (2 * BILLION + 1, "kecil"), (15 * BILLION, "kecil"), (50 * BILLION, "menengah"),
     (50 * BILLION + 1, "besar")],
)  # fmt: skip
def test_scale_by_sales(sales: int, label: str):
    assert scale.by_sales(sales) == label


def test_old_law_made_500_million_the_end_of_small():
    assert scale.by_old_law(500_000_000) == Scale.KECIL
    assert scale.by_old_law(500_000_001) == Scale.MENENGAH


def test_sales_count_for_older_businesses():
    assert scale.scale_of(10_000_000, None) == Scale.MIKRO
    assert scale.scale_of(10_000_000, 3 * BILLION) == Scale.KECIL


def test_chance_can_be_repeated():
    assert chance(DAY, "ABCDEFGHJKM2") == chance(DAY, "ABCDEFGHJKM2")
    assert chance(DAY, "ABCDEFGHJKM2") != chance(DAY + dt.timedelta(1), "ABCDEFGHJKM2")


def test_about_the_percentage_is_drawn():
    drawn = sum(draw(DAY, f"CODE{n}", 1_000_000, 1_000_000, 1, POLICY).rule is not None for n in range(5000))
    assert 420 <= drawn <= 580


def test_rules_before_chance():
    assert draw(DAY, "X", 450_000_000, 450_000_000, 1, POLICY).rule == SampleRule.DEKAT_BATAS
    assert draw(DAY, "X", 300_000_000, 600_000_000, 2, POLICY).rule == SampleRule.TERPECAH
    assert draw(DAY, "X", 300_000_000, 600_000_000, 1, POLICY).rule != SampleRule.TERPECAH


def test_same_address_in_other_spelling():
    assert address_key("Jl. Dago No. 5", "32.73.02.1004") == address_key("JALAN  dago nomor 05", "32.73.02.1004")
    assert address_key("Jl. Dago No. 5", "32.73.02.1004") != address_key("Jl. Dago No. 5", "32.73.02.1005")
    assert address_key("Jl. Dago No. 5", "x") != address_key("Jl. Dago No. 6", "x")


@given(st.integers(min_value=0, max_value=2**32))
def test_one_slip_or_swap_is_explained(seed: int):
    """Each single wrong sign and each swap of neighbours is caught."""
    code = core_codes.new_code()
    assert codes.explain(code) == ""
    place = seed % core_codes.LENGTH
    other = core_codes.ALPHABET[(core_codes.ALPHABET.index(code[place]) + 1 + seed % 29) % 31]
    if other != code[place]:
        assert codes.explain(code[:place] + other + code[place + 1 :]).startswith("Ada satu tanda yang salah")
    swap = seed % (core_codes.LENGTH - 1)
    swapped = code[:swap] + code[swap + 1] + code[swap] + code[swap + 2 :]
    assert (codes.explain(swapped) == "") == (swapped == code)


def test_written_from_paper():
    code = core_codes.new_code()
    assert codes.explain(f" {code[:4].lower()}-{code[4:8]} {code[8:]} ") == ""
    assert codes.explain(code[:11]) == "Kode terdiri dari 12 tanda; yang tertulis 11, jadi ada yang kurang."
    assert codes.explain("O" + code[1:]).startswith("Kode kami tidak memakai huruf O.")
    assert codes.explain("") == "Ketik 12 tanda yang tercetak di bawah kode QR."


def test_every_state_has_one_word_and_one_sentence():
    assert set(looks.STATES) == set(State)
    assert all(look.sentence.endswith(".") for look in looks.STATES.values())


def test_nib():
    assert normalise_nib("1234 5678 90123") == "1234567890123"
    with pytest.raises(ValueError, match="13 angka; yang tertulis 3 tanda"):
        normalise_nib("123")


def test_letters_and_positions():
    assert has_letter("  Warung   Bu  Ani ") == "Warung Bu Ani"
    with pytest.raises(ValueError, match="dengan huruf"):
        has_letter("123 !!")
    assert position(-6.9034441, 107.6187) == (-6.903444, 107.6187)
    with pytest.raises(ValueError, match="di luar Indonesia"):
        position(52.5, 13.4)
