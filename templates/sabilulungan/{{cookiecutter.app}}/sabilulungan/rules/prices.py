"""Comparing the unit prices of a cost plan with the region's standard price list (R05, F11)."""

import re

MOST_PERCENT = 120  # of the standard price; above it a line is a signal
_WORD = re.compile(r"[a-z0-9]+")


def normal(text: str) -> str:
    """Return a name or unit in the form prices are matched by: "Kertas HVS, A4" -> "kertas hvs a4"."""
    return " ".join(_WORD.findall(text.lower()))


def too_dear(price: int, standard: int) -> bool:
    """F11: more than 120% of the standard price; both in whole rupiah."""
    return price * 100 > standard * MOST_PERCENT
