"""Exact numbers: half-up rounding to whole rupiah or minutes, shares from percentages, and figures that cannot be."""

from decimal import ROUND_HALF_UP, Decimal

ZERO, ONE = Decimal(0), Decimal(1)
PERCENT = Decimal(100)


def half_up(value: Decimal) -> int:
    """Return a whole number, .5 away from zero (erk.md, reading marks)."""
    return int(value.quantize(ONE, ROUND_HALF_UP))


def share(percent: float | str | Decimal) -> Decimal:
    """Return a percentage as a share: 1.25 -> Decimal("0.0125"). A float is read as it is written, not as stored."""
    return Decimal(str(percent)) / PERCENT


class Unsound(ValueError):
    """Figures of the rules that could pay wrongly: each with the field it stands at and a sentence."""

    def __init__(self, *faults: tuple[str, str]) -> None:
        super().__init__(" ".join(sentence for _, sentence in faults))
        self.faults = faults
