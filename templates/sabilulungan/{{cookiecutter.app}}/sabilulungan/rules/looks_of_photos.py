"""What a photograph looks like in bits, and the parts of them by which an index finds its copies (F06, F14).

A difference hash: the picture is shrunk to a few grey fields, and each bit says whether a field is clearly darker than
its neighbour. Another size, another JPEG quality, another brightness or a cut of a few pixels change few bits; another
picture changes about half of those that are set.

The outline has 128 bits (a field and the one right of it, a field and the one below), the detail 256 of a finer grid.
Two pictures are copies when at most seven bits of the outline and twenty of the detail differ: pictures of one kind,
such as a field under the sky, may share the outline, never the detail. The outline is dealt out to eight parts, so
seven differences leave at least one part equal: an index over the parts finds every copy, and no photo is compared with
all others.
"""

import itertools
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

WIDE, HIGH = 9, 8  # fields of the outline: nine in a row give eight differences; turned, the same for columns
FINE_WIDE, FINE_HIGH = 17, 16  # fields of the detail
BITS = 2 * HIGH * HIGH
FINE_BITS = FINE_HIGH * (FINE_WIDE - 1)
PARTS = 8
MOST_DIFFERENT = PARTS - 1  # of 128 bits: the most that surely leaves one of eight parts equal
MOST_FINE = 20  # of 256 bits
LEAST_CONTRAST = 2.0  # of 255 grey levels between neighbours on average; less is a wall or a lens cap
LEAST_EDGES = 12  # of 64 neighbours that differ clearly, in each direction; fewer tell nothing
CLEAR = 0.25  # of the average difference, so that brightness does not matter and flat parts do not flicker
PAPER = 200  # grey level from which a point is blank paper
MOST_PAPER = 0.6  # share of blank points from which a picture is a scanned page, not a photograph

Fields = Sequence[Sequence[float]]


@dataclass(frozen=True, slots=True)
class Look:
    """The bits of a picture, and how they are written: 32 and 64 hexadecimal digits."""

    outline: int
    detail: int

    def __str__(self) -> str:
        return f"{self.outline:032x}{self.detail:064x}"

    @classmethod
    def read(cls, text: str) -> "Look":
        """Read what str() writes."""
        return cls(int(text[:32], 16), int(text[32:], 16))


def is_page(points: Sequence[float]) -> bool:
    """Return whether most points of a picture (grey levels) are blank paper: pages of one form look alike."""
    return sum(point >= PAPER for point in points) > MOST_PAPER * len(points)


def look(across: Fields, down: Fields, fine: Fields) -> Look | None:
    """Return the bits of a picture; None for one that shows too little to be told from others.

    `across` has eight rows of nine grey fields, `down` eight columns of nine, `fine` sixteen rows of seventeen.
    """
    steps = _steps((*across, *down))
    average = _average(steps)
    edges = [abs(step) > CLEAR * average for step in steps]
    if average < LEAST_CONTRAST or min(sum(edges[: BITS // 2]), sum(edges[BITS // 2 :])) < LEAST_EDGES:
        return None
    return Look(_bits(steps), _bits(_steps(fine)))


def _steps(rows: Iterable[Sequence[float]]) -> list[float]:
    return [right - left for row in rows for left, right in itertools.pairwise(row)]


def _average(steps: list[float]) -> float:
    return sum(map(abs, steps)) / len(steps)


def _bits(steps: list[float]) -> int:
    clear = CLEAR * _average(steps)
    return sum((step > clear) << place for place, step in enumerate(steps))


def different(one: Look, other: Look) -> int | None:
    """Return how many bits of the outline differ between copies of one photograph; None for two photographs."""
    outline = (one.outline ^ other.outline).bit_count()
    fine = (one.detail ^ other.detail).bit_count()
    return outline if outline <= MOST_DIFFERENT and fine <= MOST_FINE else None


def parts(found: Look) -> list[int]:
    """Return the eight parts of an outline with their number in front (part << 16 | bits).

    Each takes bits from all over the picture: parts of one region would all be alike where photos have their sky.
    """
    dealt = [number << 16 for number in range(PARTS)]
    for place in range(BITS):
        row, column = divmod(place, HIGH)
        dealt[(column + row) % PARTS] |= (found.outline >> place & 1) << row
    return dealt
