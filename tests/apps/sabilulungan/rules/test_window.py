"""R01: windows."""

import datetime as dt

from hypothesis import given
from hypothesis import strategies as st

from helpers import profile, six_steps
from sabilulungan.rules import window

DAYS = st.dates(dt.date(2012, 1, 1), dt.date(2090, 12, 31))


def test_bandung_takes_proposals_until_the_end_of_june():
    found = window.window_for(profile(), 2027)
    assert (found.opens, found.closes) == (dt.date(2026, 1, 1), dt.date(2026, 6, 30))


def test_a_day_past_the_months_end_is_its_last_day():
    assert window.window_for(six_steps(), 2027).closes == dt.date(2026, 2, 28)
    assert window.window_for(six_steps(), 2029).closes == dt.date(2028, 2, 29)


def test_both_ends_are_inside():
    rules = profile()
    assert [w.budget_year for w in window.open_windows(rules, dt.date(2026, 1, 1))] == [2027]
    assert [w.budget_year for w in window.open_windows(rules, dt.date(2026, 6, 30))] == [2027]
    assert window.open_windows(rules, dt.date(2026, 7, 1)) == []
    assert window.next_window(rules, dt.date(2026, 7, 1)).opens == dt.date(2027, 1, 1)


def test_a_special_window_replaces_the_yearly_one():
    row = {"budget_year": 2027, "opens": "2026-08-01", "closes": "2026-08-31", "basis": "Perwal 309/2014"}
    rules = profile(special_windows=[row])
    assert window.open_windows(rules, dt.date(2026, 3, 1)) == []
    assert [w.basis for w in window.open_windows(rules, dt.date(2026, 8, 31))] == ["Perwal 309/2014"]
    assert window.next_window(rules, dt.date(2026, 7, 1)).opens == dt.date(2026, 8, 1)


@given(DAYS)
def test_the_next_window_lies_ahead_and_is_the_nearest(day):
    rules = profile()
    following = window.next_window(rules, day)
    assert following.opens > day
    assert all(not (day < w.opens < following.opens) for w in (window.window_for(rules, y) for y in range(2012, 2093)))
