"""Points on the map: taken only inside the region, and told with the kecamatan that holds them."""

from decimal import Decimal

from core import maps, wilayah
from core.region import region
from hayu.validators import position


def inside(latitude: float, longitude: float) -> tuple[float, float]:
    """Return a point in degrees if it lies inside the region's official outline; ValueError with a sentence if not.

    Where the region data have no outlines, a point in Indonesia is enough.
    """
    point = position(latitude, longitude)
    if maps.parts_at(*point, "districts") == frozenset():
        raise ValueError(f"Titik itu di luar {region().region.name}. Ambil posisi di tempatnya, atau kosongkan.")
    return point


def districts_at(latitude: Decimal | None, longitude: Decimal | None) -> list[str]:
    """Return the names of the kecamatan whose simplified outline holds a point; [] without a point or outlines."""
    if latitude is None or longitude is None:
        return []
    codes = maps.parts_at(float(latitude), float(longitude), "districts") or frozenset()
    return sorted(wilayah.name_of(code) for code in codes)


def is_elsewhere(names: list[str], district_code: str) -> bool:
    """Return whether a point lies in other kecamatan (names of `districts_at`) than its address says."""
    return bool(names) and wilayah.name_of(district_code) not in names
