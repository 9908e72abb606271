"""Official numbers: a locked counter per kind, year and scope, put into the region's pattern."""

import re

from django.db import transaction

from core.models import Counter

_PART = re.compile(r"\{(\w+)(?::0?(\d+))?\}")
_ROMAN = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII")


def next_number(kind: str, year: int, scope: str = "") -> int:
    """Return the next number, from 1, never given twice: the counter's row stays locked until commit.

    A rolled back transaction gives its number back, so there are no gaps unless a document is voided later.
    """
    with transaction.atomic():
        Counter.objects.get_or_create(kind=kind, year=year, scope=scope)
        counter = Counter.objects.select_for_update().get(kind=kind, year=year, scope=scope)
        counter.last += 1
        counter.save(update_fields=["last"])
    return counter.last


def format_number(pattern: str, **parts: str | int) -> str:
    """Return a number by the region's pattern: "{klas}/{no:04}/{opd}/{tahun}".

    Only named parts with an optional width are understood; nothing in the pattern is evaluated.
    Raises ValueError for a part that was not given.
    """

    def replace(match: re.Match[str]) -> str:
        name, width = match.groups()
        if name not in parts:
            raise ValueError(
                f"The number pattern {pattern!r} asks for {{{name}}}; known parts: {', '.join(sorted(parts))}."
            )
        return str(parts[name]).zfill(int(width)) if width else str(parts[name])

    return _PART.sub(replace, pattern)


def roman_month(month: int) -> str:
    """Return a month as letters number it: 11 -> "XI"."""
    return _ROMAN[month - 1]
