"""Population by place: taking a year's table from a file, and the people of each place for rupiah per head."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.db import transaction
from django.db.models import Max

from core import audit, wilayah
from core.errors import Refused
from core.models import User
from sabilulungan.enums import Role
from sabilulungan.models import Population

COLUMNS = ("kode", "penduduk")


@dataclass(frozen=True, slots=True)
class People:
    """The newest table not after a year: people by code, its year and source; empty where none was taken."""

    by_code: Mapping[str, int]
    year: int = 0
    source: str = ""


def read(table: Sequence[Mapping[str, str]], year: int, source: str) -> list[Population]:
    """Return the rows of a file, not stored yet. Raises Refused with every fault and its row."""
    faults = [f"Kolom {name} tidak ada." for name in COLUMNS if not table or name not in table[0]]
    rows: dict[str, Population] = {}
    for number, cells in enumerate(table if not faults else (), start=2):
        code, people = (str(cells[name] or "").strip() for name in COLUMNS)
        place = wilayah.find(code)
        if place is None or place.level < wilayah.DISTRICT:
            faults.append(f"Baris {number}: {code} bukan kode kecamatan, kelurahan, atau desa di daerah ini.")
        elif not (people.isascii() and people.isdecimal() and 0 < int(people) < 10**8):
            faults.append(f"Baris {number}: penduduk bukan bilangan bulat tanpa titik.")
        elif code in rows:
            faults.append(f"Baris {number}: {code} sudah ada di atas.")
        else:
            rows[code] = Population(code=code, year=year, people=int(people), source=source)
    if faults:
        raise Refused(" ".join(faults))
    return list(rows.values())


def take(rows: Sequence[Population], year: int, user: User) -> None:
    """Store a year's table in place of the one before it, all of it or nothing."""
    with transaction.atomic():
        Population.objects.filter(year=year).delete()
        Population.objects.bulk_create(rows, batch_size=1000)
        data = {"year": year, "rows": len(rows)}
        audit.record(rows[0], "ganti_penduduk", actor=user, role=Role.ADMIN_WILAYAH, note=str(year), data=data)


def people(year: int) -> People:
    """Return the people of each place by the newest table not after a year.

    A kecamatan, kabupaten or kota that has no row of its own is the sum of the parts that have one.
    """
    newest = Population.objects.filter(year__lte=year).aggregate(newest=Max("year"))["newest"]
    if newest is None:
        return People({})
    rows = list(Population.objects.filter(year=newest))
    found = {row.code: row.people for row in rows}
    for level in (wilayah.VILLAGE, wilayah.DISTRICT):
        sums: dict[str, int] = {}
        for code, number in found.items():
            if code.count(".") == level - 1:
                above = code.rpartition(".")[0]
                sums[above] = sums.get(above, 0) + number
        found = {**sums, **found}
    return People(found, newest, rows[0].source)
