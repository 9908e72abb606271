"""Whether a field visit and its photos fit the stated place and time (section 13, F08)."""

import datetime as dt
import math
from collections.abc import Sequence
from dataclasses import dataclass

FAR_METRES = 200
NEAR_METRES = 30  # two seats closer than this are one place (F05)
APART = dt.timedelta(days=1)
_METRES_A_DEGREE = 111_320

Position = tuple[float, float]
"""Latitude and longitude in degrees."""


@dataclass(frozen=True, slots=True)
class PhotoTrace:
    """What a camera wrote into a photo: where and when, in the region's own time; None where it wrote nothing."""

    position: Position | None = None
    taken_at: dt.datetime | None = None


def metres(one: Position, other: Position) -> float:
    """Return the distance between two positions in metres; exact enough within a region."""
    squeeze = math.cos(math.radians((one[0] + other[0]) / 2))
    return math.hypot(one[0] - other[0], (one[1] - other[1]) * squeeze) * _METRES_A_DEGREE


def box(position: Position, reach: float) -> tuple[Position, Position]:
    """Return the south-west and north-east corner of a box that holds every position within `reach` metres."""
    latitude, longitude = position
    north = reach / _METRES_A_DEGREE
    east = north / math.cos(math.radians(abs(latitude) + north))
    return (latitude - north, longitude - east), (latitude + north, longitude + east)


def around(position: Position) -> tuple[Position, ...]:
    """Return a position and the four that lie 200 m off; outlines are simplified, and phones err."""
    latitude, longitude = position
    north = FAR_METRES / _METRES_A_DEGREE
    east = north / math.cos(math.radians(latitude))
    return (
        position,
        (latitude + north, longitude),
        (latitude - north, longitude),
        (latitude, longitude + east),
        (latitude, longitude - east),
    )


def misfits(
    photos: Sequence[PhotoTrace], position: Position | None, at: dt.datetime, *, inside: bool | None,
    seat: Position | None = None,
) -> list[str]:  # fmt: skip
    """Return a sentence for each thing that does not fit a visit made `at` a position.

    `inside` tells whether the position lies in the stated kelurahan, None when that cannot be known; `seat` is the map
    point of the recipient's address, where it gave one. `at` and the photos' times are in the region's own time without
    zone, as cameras write it.
    """
    found = []
    if inside is False:
        found.append("Posisi kunjungan di luar kelurahan yang disebut.")
    for place, what in ((position, "posisi kunjungan"), (seat, "titik alamat")):
        distances = [metres(photo.position, place) for photo in photos if photo.position and place]
        if distances and max(distances) > FAR_METRES:
            found.append(f"Foto lapangan diambil {round(max(distances))} m dari {what}.")
    if any(photo.taken_at and abs(photo.taken_at - at) > APART for photo in photos):
        found.append("Foto lapangan diambil pada hari lain.")
    return found
