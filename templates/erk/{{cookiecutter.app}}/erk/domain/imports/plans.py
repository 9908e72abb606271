"""Targets agreed in the national e-Kinerja: planned results by employee and year, a row a result."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from core import dates
from core.errors import Refused
from core.models import User
from erk.domain.imports.attendance import NIP, OfEmployees
from erk.domain.imports.base import register
from erk.domain.imports.rows import Cells, Column
from erk.domain.skp import MOST, PLANS, own
from erk.enums import ImportKind, Role
from erk.models import Jabatan, Pegawai, Rhk, Skp


@dataclass(frozen=True, slots=True)
class Planned:
    """One row: whose, of which year, the position held, and the result with indicator and target."""

    employee: Pegawai
    position: Jabatan
    year: int
    cells: tuple[str, str, str]


@register
class PlannedResults(OfEmployees):
    """Planned results (RHK) that were agreed elsewhere; a plan that is here already is left alone."""

    kind = ImportKind.RHK
    roles = (Role.VERIFIKATOR_BKPSDM,)
    columns = (
        NIP,
        Column("tahun", "Tahun", example="2026"),
        Column("rencana", "Rencana hasil kerja", example="Pelayanan kartu keluarga selesai sehari"),
        Column("indikator", "Indikator", example="Kartu keluarga selesai sehari"),
        Column("target", "Target setahun", example="95 %"),
    )

    def prepare(self, rows: list[Mapping[str, str]]) -> None:
        """Read the employees, and the plans they have."""
        super().prepare(rows)
        people = {row.pk for row in self._people.values()}
        self._known = set(Skp.objects.filter(pegawai_id__in=people).values_list("pegawai_id", "tahun"))
        self._count: dict[tuple[int, int], int] = defaultdict(int)

    def item(self, cells: Cells) -> Planned | None:
        """Return a planned result."""
        today = dates.today()
        year = cells.whole("tahun", today.year - 1, today.year)
        employee = self.employee(cells, today)
        texts = []
        for name, longest in (("rencana", 300), ("indikator", 200), ("target", 100)):
            texts.append(cells.text(name))
            if len(texts[-1]) > longest:
                cells.fault(name, f"paling banyak {longest} huruf.")
        if employee and year:
            self._count[employee.pk, year] += 1
            if (employee.pk, year) in self._known:
                cells.fault("tahun", f"{year} sudah mempunyai SKP di sini.")
            elif self._count[employee.pk, year] > MOST:
                cells.fault("rencana", f"paling banyak {MOST} untuk seorang pegawai setahun.")
        cells.done()
        if employee is None:
            return None
        held = [row for row in self._offices[employee.pk] if row.mulai <= today]
        return Planned(employee, max(held, key=lambda row: row.mulai).jabatan, year, (texts[0], texts[1], texts[2]))

    def save(self, items: list[Any], user: User) -> None:
        """Write the plans as agreed. Raises Refused for the own one: somebody else brings that."""
        plans: dict[tuple[int, int], list[Planned]] = defaultdict(list)
        for item in items:
            plans[item.employee.pk, item.year].append(item)
        for rows in plans.values():
            draft = Skp(pegawai=rows[0].employee, jabatan=rows[0].position, tahun=rows[0].year)
            if own(user, draft):
                raise Refused("SKP Anda sendiri dimasukkan verifikator lain.")
            made = PLANS.begin(draft, "impor", user)
            Rhk.objects.bulk_create(
                Rhk(skp=made, urut=number, uraian=row.cells[0], indikator=row.cells[1], target=row.cells[2])
                for number, row in enumerate(rows, start=1)
            )
