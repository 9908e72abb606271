"""Exact numbers: half-up rounding to whole rupiah or minutes, and shares from percentages."""

from decimal import ROUND_HALF_UP, Decimal

ZERO, ONE = Decimal(0), Decimal(1)
PERCENT = Decimal(100)


def half_up(value: Decimal) -> int:
    """Return a whole number, .5 away from zero (erk.md, reading marks)."""
    return int(value.quantize(ONE, ROUND_HALF_UP))


def share(percent: float | str | Decimal) -> Decimal:
    """Return a percentage as a share: 1.25 -> Decimal("0.0125"). A float is read as it is written, not as stored."""
    return Decimal(str(percent)) / PERCENT
