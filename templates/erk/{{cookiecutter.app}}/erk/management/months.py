"""A month as commands take it."""

import datetime as dt

from django.core.management.base import CommandError

from core import dates


def month_named(text: str) -> dt.date:
    """The first day of the month written as YYYY-MM. Raises CommandError for another text or a month to come."""
    try:
        month = dt.date.fromisoformat(f"{text}-01")
    except ValueError:
        raise CommandError(f"{text!r} is no month: write it like 2026-10.") from None
    if month > dates.today():
        raise CommandError(f"{text} has not begun.")
    return month
