"""Whether a position lies in a stated kelurahan, by the official outlines (F08)."""

from collections.abc import Set as AbstractSet

from core import maps
from sabilulungan.rules.places import Position, around


def fits(here: Position | None, stated: AbstractSet[str]) -> bool | None:
    """Return whether a position, or one up to 200 m off, lies in one of the stated kelurahan; None when unknown."""
    if here is None:
        return None
    found: set[str] = set()
    for latitude, longitude in around(here):
        parts = maps.parts_at(latitude, longitude, "villages")
        if parts is None:
            return None
        found |= parts
    return bool(stated & found)
