"""The region's own territory: kabupaten/kota (of a province), kecamatan and their equivalents, villages."""

import csv
import functools
from dataclasses import dataclass

from core.region import find_file, region

REGENCY, DISTRICT, VILLAGE = 2, 3, 4


@dataclass(frozen=True, slots=True)
class Place:
    """One row of the official codes (Kepmendagri): level 2 regency, 3 kecamatan, 4 kelurahan or desa."""

    code: str
    parent: str
    level: int
    kind: str
    name: str
    postal_code: str

    @property
    def title(self) -> str:
        """Return the name with its kind: "Kelurahan Dago", "Kabupaten Lebak"."""
        return self.name if self.name.lower().startswith(self.kind.lower()) else f"{self.kind.capitalize()} {self.name}"


@functools.cache
def places() -> dict[str, Place]:
    """Return every place of the region by its code."""
    path = find_file("wilayah.csv")
    if path is None:
        return {}
    with path.open(encoding="utf-8", newline="") as rows:
        listed = [
            Place(row["code"], row["parent"], int(row["level"]), row["kind"], row["name"], row["postal_code"])
            for row in csv.DictReader(rows)
        ]
    return {place.code: place for place in listed}


def find(code: str) -> Place | None:
    """Return the place of this code inside the region, else None."""
    return places().get(code)


def name_of(code: str) -> str:
    """Return the name of a place, or the code itself when it is unknown (codes outlive splits of a region)."""
    place = places().get(code)
    return place.name if place else code


def regencies() -> list[Place]:
    """Return the kabupaten and kota of a province; empty for any other region."""
    return [place for place in places().values() if place.level == REGENCY]


def districts(regency: str | None = None) -> list[Place]:
    """Return the kecamatan, of one regency when the region is a province."""
    return [p for p in places().values() if p.level == DISTRICT and regency in (None, p.parent)]


def villages(district: str | None = None) -> list[Place]:
    """Return the kelurahan and desa, of one kecamatan when it is given."""
    return [p for p in places().values() if p.level == VILLAGE and district in (None, p.parent)]


def is_inside(code: str) -> bool:
    """Return whether a code is one of the region's places or the region itself."""
    return code == region().region.code or code in places()


def head_post(place: Place) -> str:
    """Return who heads a place below the region: "Camat Coblong", "Lurah Dago", "Kepala Desa Cibeureum".

    The kind of the place decides, not that of the region: nineteen kota have desa (regions.md section 4).
    """
    terms = region().terms
    if place.level == DISTRICT:
        return f"{terms.level3_head} {place.name}"
    title = terms.level4_rural_head if place.kind == "desa" else terms.level4_urban_head
    return f"{title} {place.name}"
