"""Distance between two positions."""

from math import asin, cos, radians, sin, sqrt

EARTH = 6_371_000  # metres


def metres(first: tuple[float, float], second: tuple[float, float]) -> int:
    """Return the distance of two positions (latitude, longitude in degrees) in whole metres, on a sphere."""
    (a_lat, a_lon), (b_lat, b_lon) = (tuple(map(radians, place)) for place in (first, second))
    half = sin((b_lat - a_lat) / 2) ** 2 + cos(a_lat) * cos(b_lat) * sin((b_lon - a_lon) / 2) ** 2
    return round(2 * EARTH * asin(sqrt(half)))
