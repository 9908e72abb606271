"""Dates and times as Indonesian officials write them, decided in the region's own time zone."""

import datetime as dt
import functools
import re
from zoneinfo import ZoneInfo

from django.utils import timezone

from core.region import region
from core.spelling import spelled

DAYS = ("Senin", "Selasa", "Rabu", "Kamis", "Jumat", "Sabtu", "Minggu")
MONTHS = (
    "Januari", "Februari", "Maret", "April", "Mei", "Juni",
    "Juli", "Agustus", "September", "Oktober", "November", "Desember",
)  # fmt: skip
SHORT_MONTHS = ("Jan", "Feb", "Mar", "Apr", "Mei", "Jun", "Jul", "Agu", "Sep", "Okt", "Nov", "Des")
_SPELLINGS = {
    "pebruari": 2,
    "peb": 2,
    "nopember": 11,
    "nop": 11,
    "agt": 8,
    "agus": 8,
    "sept": 9,
    "may": 5,
    "aug": 8,
    "oct": 10,
    "dec": 12,
}
_MONTH_OF = {
    name.lower(): number for names in (MONTHS, SHORT_MONTHS) for number, name in enumerate(names, 1)
} | _SPELLINGS


@functools.cache
def zone() -> ZoneInfo:
    """Return the region's time zone."""
    return ZoneInfo(region().locale.timezone)


def now() -> dt.datetime:
    """Return this moment, aware, in UTC: what is stored."""
    return timezone.now()


def today() -> dt.date:
    """Return the date in the region, whatever zone the server runs in."""
    return now().astimezone(zone()).date()


def local(moment: dt.datetime) -> dt.datetime:
    """Return a stored moment in the region's zone."""
    return moment.astimezone(zone())


def at(day: dt.date, clock: dt.time = dt.time()) -> dt.datetime:
    """Return the moment of a date and a clock time in the region."""
    return dt.datetime.combine(day, clock, tzinfo=zone())


def _date(value: dt.date | dt.datetime) -> dt.date:
    return local(value).date() if isinstance(value, dt.datetime) else value


def day_and_month(value: dt.date | dt.datetime) -> str:
    """Return "24 November 2026", the form of documents."""
    day = _date(value)
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


def long_date(value: dt.date | dt.datetime) -> str:
    """Return "Selasa, 24 November 2026"."""
    return f"{DAYS[_date(value).weekday()]}, {day_and_month(value)}"


def short_date(value: dt.date | dt.datetime) -> str:
    """Return "24 Nov 2026"."""
    day = _date(value)
    return f"{day.day} {SHORT_MONTHS[day.month - 1]} {day.year}"


def clock(moment: dt.datetime) -> str:
    """Return "pukul 13.05 WIB", in the region's zone with its label."""
    return f"pukul {local(moment):%H.%M} {region().locale.tz_label}"


def date_in_words(day: dt.date) -> str:
    """Return the date formula of official records.

    "Rabu, tanggal satu bulan November tahun dua ribu tujuh belas (01-11-2017)"
    """
    return (
        f"{DAYS[day.weekday()]}, tanggal {spelled(day.day)} bulan {MONTHS[day.month - 1]} "
        f"tahun {spelled(day.year)} ({day:%d-%m-%Y})"
    )


def parse_date(text: str) -> dt.date:
    """Return a date from what people write: "24/11/2026", "24-11-26", "24 Nopember 2026", "2026-11-24".

    Raises ValueError with an Indonesian sentence. The day always comes first, except in ISO order.
    """
    cleaned = re.sub(r"^(senin|selasa|rabu|kamis|jum'?at|sabtu|minggu),?\s+", "", text.strip().lower())
    iso = re.fullmatch(r"(\d{4})-(\d{1,2})-(\d{1,2})", cleaned)
    plain = re.fullmatch(r"(\d{1,2})[\s./-](\d{1,2})[\s./-](\d{2}|\d{4})", cleaned)
    worded = re.fullmatch(r"(\d{1,2})[\s-]([a-z]+)\.?[\s-](\d{4})", cleaned)
    try:
        if iso:
            return dt.date(int(iso[1]), int(iso[2]), int(iso[3]))
        if plain:
            year = int(plain[3]) + (2000 if len(plain[3]) == 2 else 0)
            return dt.date(year, int(plain[2]), int(plain[1]))
        if worded and worded[2] in _MONTH_OF:
            return dt.date(int(worded[3]), _MONTH_OF[worded[2]], int(worded[1]))
    except ValueError:
        raise ValueError("Tanggal itu tidak ada di kalender.") from None
    raise ValueError("Tulis tanggal seperti 24/11/2026 atau 24 November 2026.")
