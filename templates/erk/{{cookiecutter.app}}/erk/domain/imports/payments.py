"""What the finance office paid by hand while E-RK could not be used: the way back into the pay list (section 17)."""

from collections.abc import Mapping
from typing import Any

from core import dates, money
from core.models import User
from erk.domain import policy
from erk.domain.imports.attendance import NIP, OfEmployees
from erk.domain.imports.base import register
from erk.domain.imports.rows import Cells, Column
from erk.enums import ImportKind, MonthState, Role
from erk.models import BayarManual, Pegawai, Rekap
from erk.rules.windows import month_bounds


@register
class HandPayments(OfEmployees):
    """One employee's month a row, paid by hand; refused once the month was paid by the list of the application."""

    kind = ImportKind.BAYAR
    roles = (Role.KEUANGAN,)
    columns = (
        NIP,
        Column("bulan", "Bulan", example="2026-10"),
        Column("jumlah", "Jumlah (Rp)", example="5.988.000"),
        Column("tanggal_bayar", "Tanggal bayar", example="17/11/2026"),
        Column("sp2d", "Nomor SP2D", example="SP2D/118/2026"),
        Column("dasar", "Dasar", help="Mengapa dibayar manual.", example="Layanan terhenti, ND 900/12"),
    )

    def prepare(self, rows: list[Mapping[str, str]]) -> None:
        """Read the employees, what they were paid by hand before, and which months were paid by list."""
        super().prepare(rows)
        people = {row.pk for row in self._people.values()}
        self._known = set(BayarManual.objects.filter(pegawai__in=people).values_list("pegawai_id", "bulan"))
        paid = Rekap.objects.filter(pegawai__in=people, state=MonthState.DIBAYAR)
        self._paid = set(paid.values_list("pegawai_id", "bulan"))

    def item(self, cells: Cells) -> BayarManual | None:
        """Return a payment; who recorded it is written when it is saved."""
        month, day = cells.month("bulan"), cells.date("tanggal_bayar")
        employee, amount = self.employee(cells, None), self._amount(cells)
        if month and month_bounds(month)[1] >= dates.today():
            cells.fault("bulan", "belum berakhir.")
        if day and (day > dates.today() or (month and day < month)):
            cells.fault("tanggal_bayar", "tidak dapat mendahului bulannya atau sesudah hari ini.")
        if employee and month:
            self._month(cells, employee, month, amount)
        cells.done()
        if employee is None or month is None or day is None:
            return None
        sp2d, basis = cells.text("sp2d")[:60], cells.text("dasar")[:200]
        return BayarManual(
            pegawai=employee, bulan=month, jumlah=amount, dibayar_pada=day, sp2d=sp2d, dasar=basis
        )  # fmt: skip

    def _amount(self, cells: Cells) -> int:
        text = cells.text("jumlah")
        try:
            amount = money.parse_rupiah(text) if text else 1
        except ValueError as problem:
            cells.fault("jumlah", f"“{text}”: {problem}")
            return 0
        if amount < 1:
            cells.fault("jumlah", "harus lebih dari nol.")
        return amount

    def _month(self, cells: Cells, employee: Pegawai, month: Any, amount: int) -> None:
        first, last = month_bounds(month)
        held = [row for row in self._offices[employee.pk] if row.mulai <= last and (row.akhir or last) >= first]
        if not held:
            cells.fault("bulan", f"{month:%Y-%m}: pegawai ini tidak mempunyai penempatan.")
        elif amount > max(self._ceiling(row.jabatan.kelas, month) for row in held):
            cells.fault("jumlah", "melebihi pagu kelas jabatannya.")
        if (employee.pk, month) in self._known:
            cells.fault("bulan", f"{month:%Y-%m}: pembayaran manual pegawai ini sudah tercatat.")
        if (employee.pk, month) in self._paid:
            cells.fault("bulan", f"{month:%Y-%m} sudah dibayar menurut daftar aplikasi; selisihnya lewat koreksi.")
        if (employee.pk, month) in self._seen:
            cells.fault("nip", "ada dua kali untuk bulan yang sama dalam berkas ini.")
        self._seen.add((employee.pk, month))

    def _ceiling(self, grade: int, month: Any) -> int:
        pay = policy.for_month(month).pay.get(grade)
        return pay.pk + pay.pl if pay else 0

    def save(self, items: list[Any], user: User) -> None:
        """Write the payments."""
        for row in items:
            row.dicatat_oleh = user
        BayarManual.objects.bulk_create(items, batch_size=500)
