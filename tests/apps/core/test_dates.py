"""Dates as officials write them, decided in the region's zone (regions.md sections 4 and 10)."""

import datetime as dt

import pytest
import time_machine
from hypothesis import given
from hypothesis import strategies as st

from core import dates


def test_date_formula_of_a_handover_record():
    assert dates.date_in_words(dt.date(2017, 11, 1)) == (
        "Rabu, tanggal satu bulan November tahun dua ribu tujuh belas (01-11-2017)"
    )


def test_forms_of_a_date():
    day = dt.date(2026, 11, 24)
    assert dates.long_date(day) == "Selasa, 24 November 2026"
    assert dates.short_date(day) == "24 Nov 2026"
    assert dates.day_and_month(day) == "24 November 2026"


def test_clock_names_the_zone():
    assert dates.clock(dt.datetime(2026, 11, 24, 6, 5, tzinfo=dt.UTC)) == "pukul 13.05 WIB"


@time_machine.travel(dt.datetime(2026, 11, 24, 17, 30, tzinfo=dt.UTC))
def test_today_is_the_regions_day():
    assert dates.today() == dt.date(2026, 11, 25)


@pytest.mark.parametrize(
    "text",
    [
        "24/11/2026",
        "24-11-2026",
        "24.11.26",
        "2026-11-24",
        "24 November 2026",
        "24 Nopember 2026",
        "Selasa, 24 nov 2026",
        "24-Nov-2026",
    ],
)
def test_reads_what_people_write(text):
    assert dates.parse_date(text) == dt.date(2026, 11, 24)


def test_reads_old_spellings():
    assert dates.parse_date("Jum'at, 6 Pebruari 2026") == dt.date(2026, 2, 6)


@pytest.mark.parametrize("text", ["", "besok", "31/02/2026", "11/24/2026", "24 Brumaire 2026", "24/11/202"])
def test_refuses_what_is_no_date(text):
    with pytest.raises(ValueError, match=r"\.$"):
        dates.parse_date(text)


@given(st.dates(dt.date(2000, 1, 1), dt.date(2099, 12, 31)))
def test_what_is_shown_can_be_typed(day):
    for form in (dates.long_date, dates.short_date, dates.day_and_month, dt.date.isoformat):
        assert dates.parse_date(form(day)) == day
