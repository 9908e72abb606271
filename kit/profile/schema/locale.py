"""Sections ``locale`` and ``calendar``: language, time zone, working hours, holidays."""

import datetime as dt

from kit.profile.schema.base import Section, field
from kit.profile.schema.types import AppCode, Day, FilePath, Hours, Language, Text, Timezone, TimezoneLabel


class Locale(Section):
    """Language and time."""

    timezone: Timezone = field(
        doc="Time zone; days and deadlines are decided in it", example="Asia/Makassar", derived=True
    )
    tz_label: TimezoneLabel = field(doc="Its label, printed with every time", example="WITA", derived=True)
    languages: tuple[Language, ...] = field(
        doc="Languages, id first; others fall back to it key by key", example=["id", "smw"], used="U", derived=True
    )
    strings: dict[Language, FilePath] = field(
        dict,
        doc="Own words by language: a CSV beside the profile with key,text; the key is the Indonesian the apps show",
        example={"smw": "strings/smw.csv"},
        used="U",
    )


class DayHours(Section):
    """Working hours of one day."""

    work: Hours = field(doc="From and to", example="07.30-16.00", used="E H")
    rest: Hours | None = field(None, doc="Break, not counted", example="12.00-13.00", used="E H")


class Ramadan(Section):
    """Hours in one Ramadan."""

    first: dt.date = field(doc="First day", example="2027-02-08", used="E")
    last: dt.date = field(doc="Last day", example="2027-03-09", used="E")
    hours: dict[Day, DayHours] = field(
        doc="Hours by weekday", example={"monday": {"work": "08.00-15.00", "rest": "12.00-12.30"}}, used="E"
    )


class LocalHoliday(Section):
    """A day off of this region only."""

    date: dt.date = field(doc="Day", example="2026-11-20", used="E H S")
    name: Text = field(doc="Name", example="Hari Jadi Kabupaten Sumbawa Barat", used="E H S")


_WORKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday")


def _hours() -> dict[str, DayHours]:
    """37 h 30 min a week without breaks (Perpres 21/2023)."""
    hours = {day: DayHours(work="07.30-16.00", rest="12.00-13.00") for day in _WORKDAYS}
    return hours | {"friday": DayHours(work="07.30-16.30", rest="11.30-13.00")}


class Calendar(Section):
    """Working time. National holidays come with the kit; add the region's own."""

    workdays: tuple[Day, ...] = field(
        _WORKDAYS, doc="Working days", example=["monday", "tuesday"], used="E H", min_length=1
    )
    hours: dict[Day, DayHours] = field(
        _hours,
        doc="Working hours by weekday",
        example={"friday": {"work": "07.30-16.30", "rest": "11.30-13.00"}},
        used="E H",
    )
    ramadan: tuple[Ramadan, ...] = field(
        (),
        doc="Hours in Ramadan, one entry a year",
        example=[{"first": "2027-02-08", "last": "2027-03-09", "hours": {"monday": {"work": "08.00-15.00"}}}],
        used="E",
    )
    holidays: tuple[LocalHoliday, ...] = field(
        (),
        doc="Days off of this region, added to the national ones",
        example=[{"date": "2026-11-20", "name": "Hari Jadi"}],
        used="E H S",
    )
    open_on_cuti_bersama: tuple[AppCode, ...] = field(
        (), doc="Apps whose service counters stay open on collective leave", example=["hayu"], used="H"
    )
