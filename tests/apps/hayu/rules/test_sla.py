"""The service clock of hayu.md section 9: its worked example, and what holds for any calendar and any pauses."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.calendar import WorkCalendar
from hayu.rules import sla
from hayu.rules.sla import Clock, Colour, Mark

JUNE = WorkCalendar({dt.date(2026, 6, 16): "Tahun Baru Islam"})


def june(day: int) -> dt.date:
    return dt.date(2026, 6, day)


RETURNED = (Mark(june(8), True), Mark(june(10), False), Mark(june(15), True))


def test_worked_example():
    """Sent Mon 8, returned Wed 10, sent again Mon 15, holiday Tue 16: due and signed Fri 19, day 5."""
    clock = Clock(5, RETURNED, decided=june(19))
    assert sla.counted(clock, JUNE, june(19)) == [june(9), june(15), june(17), june(18), june(19)]
    reading = sla.read(clock, JUNE, june(19))
    assert (reading.used, reading.left, reading.late_days, reading.due) == (5, 0, 0, june(19))


def test_worked_example_signed_on_monday_is_late_by_one():
    reading = sla.read(Clock(5, RETURNED, decided=june(22)), JUNE, june(30))
    assert (reading.used, reading.late_days, reading.due, reading.colour) == (6, 1, june(19), Colour.RED)


@pytest.mark.parametrize(
    ("today", "used", "due", "running"),
    [
        (8, 0, 15, True),  # without a pause the fifth working day is Mon 15
        (9, 1, 15, True),
        (10, 1, 17, False),  # the day of the return does not count
        (12, 1, 19, False),  # waiting pushes the due day away
        (13, 1, 19, False),  # Saturday
        (15, 2, 19, True),
        (16, 2, 19, True),  # holiday
        (19, 5, 19, True),
        (22, 6, 19, True),  # the due day stays where it was
    ],
)
def test_worked_example_day_by_day(today, used, due, running):
    marks = tuple(mark for mark in RETURNED if mark.day <= june(today))
    reading = sla.read(Clock(5, marks), JUNE, june(today))
    assert (reading.used, reading.due, reading.running) == (used, june(due), running)


@pytest.mark.parametrize(
    ("used", "colour", "escalation"),
    [(2, Colour.GREEN, 0), (3, Colour.GREEN, 0), (4, Colour.YELLOW, 1), (5, Colour.YELLOW, 2), (6, Colour.RED, 3)],
)
def test_colours_and_escalation(used, colour, escalation):
    reading = sla.Reading(used, 5, june(19), running=True)
    assert (reading.colour, reading.escalation) == (colour, escalation)


def test_a_decision_while_paused_counts_its_day():
    marks = (Mark(june(8), True), Mark(june(9), False))
    assert sla.counted(Clock(5, marks, decided=june(11)), JUNE, june(30)) == [june(11)]


def test_cells_tell_each_day():
    clock = Clock(5, RETURNED)
    shown = {cell.day.day: cell.kind for cell in sla.cells(clock, JUNE, june(17))}
    assert shown == {
        9: "counted", 10: "paused", 11: "paused", 12: "paused", 13: "off", 14: "off", 15: "counted", 16: "off",
        17: "counted", 18: "left", 19: "left",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("values", "share", "expected"),
    [([], 50, 0), ([3], 90, 3), ([1, 2, 3, 10], 50, 2), ([1, 2, 3, 10], 90, 10), ([4, 1, 3, 2, 5], 50, 3)],
)
def test_percentile(values, share, expected):
    assert sla.percentile(values, share) == expected


def test_a_clock_needs_day_0_and_order():
    with pytest.raises(ValueError, match="day 0"):
        Clock(5, ())
    with pytest.raises(ValueError, match="order"):
        Clock(5, (Mark(june(9), True), Mark(june(8), False)))


FIRST = dt.date(2026, 1, 5)
calendars = st.builds(
    lambda offsets, weekdays: WorkCalendar({FIRST + dt.timedelta(days=day): "libur" for day in offsets}, weekdays),
    st.sets(st.integers(0, 120), max_size=30),
    st.sets(st.integers(0, 6), min_size=1),
)
pauses = st.lists(st.tuples(st.integers(0, 60), st.booleans()), max_size=8).map(
    lambda rows: (Mark(FIRST, True), *(Mark(FIRST + dt.timedelta(days=day), on) for day, on in sorted(rows)))
)


@given(calendars, pauses, st.integers(1, 30), st.integers(0, 90))
def test_only_working_days_with_a_running_clock_count(calendar, marks, days, passed):
    clock, today = Clock(days, marks), FIRST + dt.timedelta(days=passed)
    counted = sla.counted(clock, calendar, today)
    for day in counted:
        state = [mark.running for mark in marks if mark.day <= day][-1]
        assert calendar.is_working_day(day)
        assert FIRST < day <= today
        assert state
    assert len(counted) <= calendar.count(FIRST, today)


@given(calendars, pauses, st.integers(1, 30), st.integers(0, 90))
def test_time_never_runs_backwards_and_a_pause_never_shortens(calendar, marks, days, passed):
    clock, today = Clock(days, marks), FIRST + dt.timedelta(days=passed)
    now, later = (sla.read(clock, calendar, day) for day in (today, today + dt.timedelta(days=1)))
    assert now.used <= later.used <= now.used + 1
    unbroken = sla.read(Clock(days, (marks[0],)), calendar, today)
    assert now.used <= unbroken.used
    assert now.due >= unbroken.due


@given(calendars, st.integers(1, 30), st.integers(0, 90))
def test_decided_on_the_due_day_is_on_time_and_the_next_working_day_is_late(calendar, days, passed):
    due = sla.read(Clock(days, (Mark(FIRST, True),)), calendar, FIRST).due
    late = calendar.add(due, 1)
    end = late + dt.timedelta(days=passed)
    assert sla.read(Clock(days, (Mark(FIRST, True),), due), calendar, end).late_days == 0
    assert sla.read(Clock(days, (Mark(FIRST, True),), late), calendar, end).late_days == 1


@given(calendars, pauses, st.integers(1, 30), st.integers(0, 90))
def test_the_due_day_is_where_the_promise_is_used_up(calendar, marks, days, passed):
    clock, today = Clock(days, marks), FIRST + dt.timedelta(days=passed)
    reading = sla.read(clock, calendar, today)
    assert calendar.is_working_day(reading.due)
    if reading.used >= days or (marks[-1].day <= today and marks[-1].running):
        assert sla.read(clock, calendar, reading.due).used == days


@given(calendars, pauses, st.integers(1, 30), st.integers(0, 60))
def test_cells_agree_with_the_count(calendar, marks, days, passed):
    clock, today = Clock(days, marks), FIRST + dt.timedelta(days=passed)
    kinds = [cell.kind for cell in sla.cells(clock, calendar, today)]
    assert kinds.count("counted") + kinds.count("late") == sla.read(clock, calendar, today).used
