"""The region's map: outlines of its parts as SVG paths, decoded once from the boundary file in the region data.

The files are TopoJSON: shared borders are arcs of integer deltas. For one region near the equator x = longitude ×
cos(mean latitude) and y = −latitude are projection enough.
"""

import functools
import itertools
import json
import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

from core.region import find_file
from core.wilayah import regencies

CREDIT = "Batas wilayah: Badan Informasi Geospasial (disederhanakan), olahan Cahya DSN (MIT)"
WIDTH = 600
"""Units across; whole numbers of them are as fine as a screen shows, and keep a page with a map small."""

Level = Literal["regencies", "districts", "villages"]
Point = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Outline:
    """A part of the region: official code, name, and its SVG path (fill rule evenodd)."""

    code: str
    name: str
    path: str


@dataclass(frozen=True, slots=True)
class Atlas:
    """The outlines of one level, in a box of `width` by `height` units."""

    width: int
    height: int
    outlines: tuple[Outline, ...]


def main_level() -> Level:
    """Return the level directly below the region: kabupaten and kota of a province, else kecamatan."""
    return "regencies" if regencies() else "districts"


def gathered(numbers: Mapping[str, int]) -> dict[str, int]:
    """Return numbers added up by the parts of the main map; they come by code of any place below the region."""
    length = len("00.00") if main_level() == "regencies" else len("00.00.00")
    found: dict[str, int] = {}
    for code, number in numbers.items():
        found[code[:length]] = found.get(code[:length], 0) + number
    return found


@functools.cache
def atlas(level: Level, within: str = "") -> Atlas | None:
    """Return the outlines of a level; None where the region data has no readable boundary file for it.

    `within` is the code of a place above: only its parts are drawn, as large as the box allows; None without any.
    """
    path = find_file(f"boundaries/{level}.topojson")
    if path is None:
        return None
    try:
        return _read(json.loads(path.read_text(encoding="utf-8")), within)
    except (OSError, ValueError, KeyError, TypeError, IndexError, ZeroDivisionError):
        return None  # a region's own file that is none: the table below the map still has every figure


def parts_at(latitude: float, longitude: float, level: Level) -> frozenset[str] | None:
    """Return the codes of the parts whose simplified outline holds a position in degrees; None without outlines.

    Nothing holds a position outside the region: the set is then empty.
    """
    shapes = _shapes(level)
    if not shapes:
        return None
    return frozenset(code for code, rings in shapes if _holds(rings, longitude, latitude))


@functools.cache
def _shapes(level: Level) -> tuple[tuple[str, tuple[tuple[tuple[float, float], ...], ...]], ...]:
    """Return code and rings of each part, in degrees; empty where the region data has no readable file."""
    path = find_file(f"boundaries/{level}.topojson")
    try:
        topology = json.loads(path.read_text(encoding="utf-8")) if path else {}
        (sx, sy), (tx, ty) = topology["transform"]["scale"], topology["transform"]["translate"]
        arcs = []
        for arc in topology["arcs"]:
            steps = itertools.accumulate(arc, lambda at, step: [at[0] + step[0], at[1] + step[1]])
            arcs.append([(x * sx + tx, y * sy + ty) for x, y in steps])
        (parts,) = topology["objects"].values()
        found = []
        for part in parts["geometries"]:
            rings = tuple(
                tuple(point for index in ring for point in (arcs[index] if index >= 0 else arcs[~index][::-1]))
                for ring in _rings(part)
            )
            found.append((str(part["properties"]["code"]), rings))
    except (OSError, ValueError, KeyError, TypeError, IndexError):
        return ()
    return tuple(found)


def _holds(rings: tuple[tuple[tuple[float, float], ...], ...], x: float, y: float) -> bool:
    """Even-odd rule over all rings, so that holes are outside."""
    inside = False
    for ring in rings:
        for (x1, y1), (x2, y2) in itertools.pairwise((*ring, ring[0])):
            if (y1 > y) != (y2 > y) and x < (x2 - x1) * (y - y1) / (y2 - y1) + x1:
                inside = not inside
    return inside


def _read(topology: dict[str, Any], within: str) -> Atlas | None:
    (sx, sy), (tx, ty) = topology["transform"]["scale"], topology["transform"]["translate"]
    (parts,) = topology["objects"].values()
    drawn = [part for part in parts["geometries"] if _lies_in(str(part["properties"]["code"]), within)]
    if not drawn:
        return None
    lines = [
        [
            (x * sx + tx, y * sy + ty)
            for x, y in itertools.accumulate(arc, lambda at, by: (at[0] + by[0], at[1] + by[1]))
        ]
        for arc in topology["arcs"]
    ]
    west, south, east, north = _box(drawn, lines) if within else topology["bbox"]
    squeeze = math.cos(math.radians((south + north) / 2))
    unit = WIDTH / ((east - west) * squeeze)
    arcs = [[(round((x - west) * squeeze * unit), round((north - y) * unit)) for x, y in line] for line in lines]
    outlines = tuple(
        Outline(str(part["properties"]["code"]), str(part["properties"]["name"]), _path(part, arcs)) for part in drawn
    )
    return Atlas(WIDTH, round((north - south) * unit), outlines)


def _lies_in(code: str, within: str) -> bool:
    return not within or code.startswith(f"{within}.")


def _box(parts: list[dict[str, Any]], lines: list[list[tuple[float, float]]]) -> tuple[float, float, float, float]:
    """Return west, south, east and north of some parts, in degrees."""
    used = {index if index >= 0 else ~index for part in parts for ring in _rings(part) for index in ring}
    points = [point for index in used for point in lines[index]]
    xs, ys = [x for x, _ in points], [y for _, y in points]
    return min(xs), min(ys), max(xs), max(ys)


def _rings(part: dict[str, Any]) -> list[list[int]]:
    polygons = part["arcs"] if part["type"] == "MultiPolygon" else [part["arcs"]]
    return [ring for polygon in polygons for ring in polygon]


def _path(part: dict[str, Any], arcs: list[list[Point]]) -> str:
    return "".join(_ring(ring, arcs) for ring in _rings(part))


def _ring(ring: list[int], arcs: list[list[Point]]) -> str:
    """A closed ring in relative steps; points that fall together are left out, and a ring that vanishes entirely."""
    points: list[Point] = []
    for index in ring:
        for point in arcs[index] if index >= 0 else reversed(arcs[~index]):
            if not points or points[-1] != point:
                points.append(point)
    if len(set(points)) < 3:
        return ""
    steps = [(x - a, y - b) for (a, b), (x, y) in itertools.pairwise(points[:-1])]
    written = "".join(f"{' ' if i and x >= 0 else ''}{x}{' ' if y >= 0 else ''}{y}" for i, (x, y) in enumerate(steps))
    return f"M{points[0][0]} {points[0][1]}l{written}z"
