"""R15 and R04: the chain of amounts."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sabilulungan.rules import money

AMOUNT = st.integers(0, 10**12)


def test_check_07_a_rise_needs_a_reason():
    amounts = {"asked": 100, "opd": 60, "tp": 60}
    assert money.fault(amounts, "tapd", 60, "") == ""
    assert money.fault(amounts, "tapd", 61, "  ").startswith("Jumlah lebih besar daripada tahap sebelumnya")
    assert money.fault(amounts, "tapd", 61, "Harga bahan naik.") == ""


def test_nothing_exceeds_what_was_asked():
    assert money.fault({"asked": 100}, "opd", 101, "alasan").startswith("Jumlah melebihi yang diminta")
    assert money.fault({"asked": 100}, "opd", -1, "alasan") == "Jumlah tidak boleh kurang dari nol."


def test_unused_steps_are_passed_over():
    assert money.previous_amount({"asked": 100, "opd": 70, "tp": None}, "tapd") == 70
    with pytest.raises(ValueError, match="belum ada"):
        money.previous_amount({}, "opd")


@given(st.lists(st.one_of(st.none(), AMOUNT), min_size=len(money.CHAIN), max_size=len(money.CHAIN)))
def test_rises_are_exactly_the_steps_up(values):
    amounts = dict(zip(money.CHAIN, values, strict=True))
    present = [value for value in values if value is not None]
    expected = [(before, after) for before, after in pairwise(present) if after > before]
    assert [(rise.previous, rise.amount) for rise in money.rises(amounts)] == expected


@given(AMOUNT, st.lists(AMOUNT, min_size=1, max_size=7))
def test_a_chain_built_without_reasons_never_rises(asked, wanted):
    amounts = {"asked": asked}
    for stage, amount in zip(money.CHAIN[1:], wanted, strict=False):
        if not money.fault(amounts, stage, amount, ""):
            amounts[stage] = amount
    assert money.rises(amounts) == []
    assert money.current_amount(amounts)[1] == min(amounts.values())


@given(st.lists(st.integers(0, 10**10), min_size=1, max_size=40), st.data())
def test_spread_is_exact_and_never_above_a_line(parts, data):
    total = data.draw(st.integers(0, sum(parts)))
    shares = money.spread(total, parts)
    assert sum(shares) == total
    assert all(0 <= share <= part for share, part in zip(shares, parts, strict=True))


def test_spread_refuses_more_than_there_is():
    with pytest.raises(ValueError, match="melebihi"):
        money.spread(11, [5, 5])


def test_line_amount_rounds_down():
    assert money.line_amount(250, 1001) == 2502
    assert money.line_amount(100, 45_000) == 45_000
