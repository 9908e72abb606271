"""The official region data under ``regions/data``: codes, names, seats, time zones, holidays."""

import csv
import difflib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from kit.paths import ROOT

DATA = ROOT / "regions" / "data"


@dataclass(frozen=True)
class Official:
    """A province, kabupaten or kota as the ministry's codes list it."""

    code: str
    kind: str
    name: str
    short_name: str
    seat: str
    tz: str
    tz_label: str
    province_code: str
    province_name: str
    autonomous: bool = True


@dataclass(frozen=True)
class Pilot:
    """What is known beyond the codes, unconfirmed: place on letters, languages, domain."""

    letter_place: str
    languages: tuple[str, ...]
    domain: str
    event: str


@dataclass(frozen=True)
class Place:
    """A row of ``wilayah.csv``: level 2 regency, 3 kecamatan, 4 village."""

    code: str
    parent: str
    level: int
    kind: str
    name: str
    postal_code: str = ""


@dataclass(frozen=True)
class Holiday:
    """A day off: kind ``public`` (libur nasional), ``government`` (cuti bersama) or ``region``."""

    date: str
    kind: str
    name: str


def _rows(name: str) -> Iterator[dict[str, str]]:
    with (DATA / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)


@cache
def regions() -> dict[str, Official]:
    """All 38 provinces and 514 kabupaten and kota by code."""
    provinces = {row["code"]: row for row in _rows("provinces")}
    found = {
        code: Official(
            code,
            "provinsi",
            f"Provinsi {row['name']}",
            row["name"],
            row["capital"],
            row["tz"],
            row["tz_abbr"],
            code,
            row["name"],
        )
        for code, row in provinces.items()
    }
    for row in _rows("regencies"):
        found[row["code"]] = Official(
            row["code"],
            row["kind"],
            row["name"],
            row["short_name"],
            row["seat"],
            row["tz"],
            row["tz_abbr"],
            row["province_code"],
            provinces[row["province_code"]]["name"],
            row["autonomous"] == "1",
        )
    return found


@cache
def pilots() -> dict[str, Pilot]:
    """The regions and provinces of Jawa Barat, Banten and NTB with what is known of them."""
    return {
        row["code"]: Pilot(row["letter_place"], tuple(row["languages"].split()), row["domain"], row["event_2017_11_01"])
        for row in _rows("pilots")
    }


@cache
def _lines(name: str) -> dict[str, list[str]]:
    """The lines of a table grouped by the kabupaten or kota their code begins with; the header under "".

    Parsing waits until a region is asked for: a command for one region needs 1 in 514 of them.
    """
    head, *rest = (DATA / f"{name}.csv").read_text(encoding="utf-8").splitlines()
    groups: dict[str, list[str]] = {"": [head]}
    for line in rest:
        groups.setdefault(line[:5], []).append(line)
    return groups


def _rows_of(name: str, code: str) -> Iterator[dict[str, str]]:
    groups = _lines(name)
    return csv.DictReader([*groups[""], *groups.get(code, ())])


def _places(code: str) -> tuple[Place, ...]:
    """Kecamatan and villages of a kabupaten or kota."""
    districts = [Place(row["code"], code, 3, "kecamatan", row["name"]) for row in _rows_of("districts", code)]
    villages = [
        Place(row["code"], row["district_code"], 4, row["kind"], row["name"], row["postal_code"])
        for row in _rows_of("villages", code)
    ]
    return (*districts, *villages)


def territory(code: str) -> tuple[Place, ...]:
    """A region's own territory in order of codes: kecamatan and, where the data has them, villages.

    For a province its kabupaten and kota come first. Raises KeyError for an unknown code.
    """
    region = regions()[code]
    if region.kind != "provinsi":
        return _places(code)
    own = [one for one in regions().values() if one.province_code == code and one.kind != "provinsi"]
    below = tuple(Place(one.code, code, 2, one.kind, one.name) for one in own)
    return below + tuple(place for one in own for place in _places(one.code))


def boundaries(code: str) -> dict[str, Path]:
    """Files of simplified outlines of a region's parts by level, ``{"districts": …}``; none where the data has none.

    A province has ``regencies``; kabupaten and kota of the three provinces have ``districts`` and ``villages``.
    """
    paths = {
        level: DATA / "boundaries" / level / f"{code}.topojson" for level in ("regencies", "districts", "villages")
    }
    return {level: path for level, path in paths.items() if path.is_file()}


@cache
def holidays() -> tuple[Holiday, ...]:
    """National holidays and collective leave, in order of dates."""
    return tuple(Holiday(row["date"], row["kind"], row["name"]) for row in _rows("holidays"))


def slug(region: Official) -> str:
    """``kota-mataram``; unique, because the kind stands in the name."""
    return "-".join(region.name.lower().replace("'", "").replace(".", "").split())


def by_name(text: str) -> list[Official]:
    """Regions called so, by slug, full or short name, whatever the case; several share a short name."""
    wanted = " ".join(text.lower().replace("-", " ").split())
    return [
        one
        for one in regions().values()
        if wanted in (one.name.lower(), one.short_name.lower(), slug(one).replace("-", " "))
    ]


def near(text: str, count: int = 5) -> list[Official]:
    """Regions whose code or name looks like ``text``, nearest first; for a code, those of its province come first."""
    known = regions()
    codes = difflib.get_close_matches(text, known, n=count, cutoff=0.7)
    wanted = " ".join(text.lower().replace("-", " ").split())
    names: dict[str, str] = {}
    for code, one in known.items():
        names.setdefault(one.short_name.lower(), code)
        names.setdefault(one.name.lower(), code)
    contained = [code for code, one in known.items() if len(wanted) > 3 and wanted in one.name.lower()]
    close = [names[name] for name in difflib.get_close_matches(wanted, names, n=count, cutoff=0.75)]
    return [known[code] for code in dict.fromkeys([*codes, *contained, *close])][:count]
