"""SKP achievement and behaviour of a month, and disciplinary cuts, as the personnel agency brings them."""

from typing import Any

from core.models import User
from erk.domain.imports.attendance import NIP, OfEmployees, months_between
from erk.domain.imports.base import register
from erk.domain.imports.rows import Cells, Column
from erk.enums import ImportKind, Role
from erk.models import Hukuman, Penilaian
from erk.rules.numbers import share


@register
class Ratings(OfEmployees):
    """SKP achievement and behaviour of one month a row, in per cent; from the national e-Kinerja."""

    kind = ImportKind.PENILAIAN
    roles = (Role.VERIFIKATOR_BKPSDM,)
    columns = (
        NIP,
        Column("bulan", "Bulan", example="2026-10"),
        Column("capaian_skp", "Capaian SKP (%)", example="95"),
        Column("perilaku", "Perilaku (%)", example="88"),
    )

    def item(self, cells: Cells) -> Penilaian | None:
        """Return a rating."""
        month = cells.month("bulan")
        employee = self.employee(cells, None)
        achieved, behaviour = cells.percent("capaian_skp"), cells.percent("perilaku")
        if employee and month:
            self.once(cells, employee.pk, month)
            self.open(cells, "bulan", employee, month)
        cells.done()
        if employee is None or month is None:
            return None
        return Penilaian(pegawai=employee, bulan=month, capaian_skp=share(achieved), perilaku=share(behaviour))

    def save(self, items: list[Any], user: User) -> None:
        """Write the ratings; one of the same month is replaced."""
        Penilaian.objects.bulk_create(
            items,
            batch_size=500,
            update_conflicts=True,
            unique_fields=["pegawai", "bulan"],
            update_fields=["capaian_skp", "perilaku"],
        )


@register
class Sanctions(OfEmployees):
    """A disciplinary cut a row, with its decree (PP 94/2021); the application never makes one by itself."""

    kind = ImportKind.HUKUMAN
    roles = (Role.VERIFIKATOR_BKPSDM,)
    columns = (
        NIP,
        Column("persen", "Potongan (%)", example="25"),
        Column("mulai", "Mulai", example="01/10/2026"),
        Column("sampai", "Sampai", example="31/03/2027"),
        Column("nomor_sk", "Nomor SK", example="SK 888/3/2026"),
    )

    def item(self, cells: Cells) -> Hukuman | None:
        """Return a cut."""
        first, last, percent = cells.date("mulai"), cells.date("sampai"), cells.percent("persen")
        employee = self.employee(cells, first)
        if first and last and last < first:
            cells.fault("sampai", "mendahului hari pertamanya.")
        if not percent and cells.text("persen"):
            cells.fault("persen", "harus lebih dari 0.")
        cells.done()
        if employee is None or first is None or last is None:
            return None
        self.open(cells, "mulai", employee, *months_between(first, last))
        cells.done()
        return Hukuman(pegawai=employee, persen=percent, mulai=first, akhir=last, sk=cells.text("nomor_sk")[:120])

    def save(self, items: list[Any], user: User) -> None:
        """Write the cuts."""
        Hukuman.objects.bulk_create(items, batch_size=500)
