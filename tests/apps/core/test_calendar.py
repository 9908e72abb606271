"""Working days (regions.md section 10.8; hayu.md section 9)."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.calendar import WorkCalendar, calendar

DAY = st.dates(dt.date(2024, 1, 1), dt.date(2027, 12, 31))
HOLIDAYS = st.dictionaries(DAY, st.just("Libur"), max_size=60)
WEEKDAYS = st.sets(st.integers(0, 6), min_size=1)


def test_three_working_days_after_26_may_2026_end_on_3_june():
    assert calendar().add(dt.date(2026, 5, 26), 3) == dt.date(2026, 6, 3)


def test_collective_leave_is_no_working_day():
    assert not calendar().is_working_day(dt.date(2026, 5, 28))
    assert calendar().is_working_day(dt.date(2026, 5, 29))
    assert calendar().holiday_name(dt.date(2026, 6, 16)) == "Tahun Baru Islam"


def test_zero_days_means_the_first_working_day_from_here():
    days = WorkCalendar({})
    assert days.add(dt.date(2026, 11, 21), 0) == dt.date(2026, 11, 23)
    assert days.add(dt.date(2026, 11, 24), 0) == dt.date(2026, 11, 24)


def test_a_calendar_needs_a_working_weekday():
    with pytest.raises(ValueError, match="at least one working weekday"):
        WorkCalendar({}, [])


@given(DAY, st.integers(1, 80), HOLIDAYS, WEEKDAYS)
def test_adding_and_counting_agree(day, number, holidays, weekdays):
    days = WorkCalendar(holidays, weekdays)
    end = days.add(day, number)
    assert days.is_working_day(end)
    assert days.count(day, end) == number
    assert days.add(end, -number) <= end


@given(DAY, DAY, DAY, HOLIDAYS)
def test_counts_of_adjoining_periods_add_up(first, second, third, holidays):
    days = WorkCalendar(holidays)
    assert days.count(first, second) + days.count(second, third) == days.count(first, third)
