"""Attendance, leave and overtime orders, by file or typed in (erk.md section 8)."""

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Mapping
from typing import Any

from core import dates
from core.calendar import calendar
from core.models import User
from erk.domain import schedule
from erk.domain.closed import SENTENCE, ClosedMonths
from erk.domain.imports.base import Importer, register
from erk.domain.imports.rows import Cells, Column
from erk.enums import ImportKind, JenisCuti, Role, StatusHadir
from erk.models import Cuti, Kehadiran, Lembur, Pegawai, Penempatan, Rapat

NIP = Column("nip", "NIP", help="Simpan sebagai teks, 18 angka.", example="198609262015051001")
BY_HAND = "isian"
ANNUAL_DAYS = 18  # working days of annual leave in a year: 12, and at most 6 left from the year before
LONGEST = {JenisCuti.MELAHIRKAN: 92, JenisCuti.ALASAN_PENTING: 31}  # days: three months, one month


class OfEmployees(Importer):
    """A file about employees of an agency: who is meant, and whether their month may still be changed."""

    roles = (Role.ADMIN_OPD,)

    def prepare(self, rows: list[Mapping[str, str]]) -> None:
        """Read the employees of the rows and where they work."""
        numbers = {"".join(row.get("nip", "").split()) for row in rows}
        self._people = {row.nip: row for row in Pegawai.objects.filter(nip__in=numbers)}
        self._offices: dict[int, list[Penempatan]] = defaultdict(list)
        placed = Penempatan.objects.definitif().filter(pegawai__nip__in=numbers).select_related("jabatan__opd")
        for row in placed:
            self._offices[row.pegawai_id].append(row)
        self._closed = ClosedMonths()
        self._seen: set[tuple[Any, ...]] = set()

    def employee(self, cells: Cells, day: dt.date | None) -> Pegawai | None:
        """Return the employee of a row, who works in the scope on a day that is not closed."""
        number = "".join(cells.text("nip").split())
        found = self._people.get(number)
        if found is None:
            if number:
                cells.fault("nip", f"“{number}” bukan pegawai yang dikenal.")
            return None
        held = [row for row in self._offices[found.pk] if day and _covers(row, day)]
        if day and not held:
            cells.fault("nip", f"{number} tidak mempunyai penempatan pada {dates.short_date(day)}.")
        elif day and self.scope and held[-1].jabatan.opd.kode != self.scope:
            cells.fault("nip", f"{number} bukan pegawai perangkat daerah ini pada {dates.short_date(day)}.")
        return found

    def once(self, cells: Cells, *key: Any) -> None:
        """Note a row that repeats another one of the file."""
        if key in self._seen:
            cells.fault("nip", "ada dua kali dengan tanggal yang sama dalam berkas ini.")
        self._seen.add(key)

    def open(self, cells: Cells, name: str, employee: Pegawai, *days: dt.date) -> None:
        """Note a day in a month whose list is signed."""
        if any(self._closed.holds(employee.pk, day) for day in days):
            cells.fault(name, f"tidak dapat diubah. {SENTENCE}")


def _covers(row: Penempatan, day: dt.date) -> bool:
    return row.mulai <= day and (row.akhir is None or row.akhir >= day)


@register
class Attendance(OfEmployees):
    """One day of an employee a row; minutes late and early follow from the office hours."""

    kind = ImportKind.KEHADIRAN
    columns = (
        NIP,
        Column("tanggal", "Tanggal", example="05/10/2026"),
        Column("status", "Status", choices=StatusHadir, example="HADIR"),
        Column("masuk", "Jam masuk", required=False, help="Kosong bila tidak terekam.", example="07.24"),
        Column("pulang", "Jam pulang", required=False, help="Kosong bila tidak terekam.", example="16.02"),
        Column("tidak_apel", "Tidak ikut apel", required=False, help="ya atau tidak."),
    )
    source = "berkas"

    def item(self, cells: Cells) -> Kehadiran | None:
        """Return the attendance of a day."""
        day, status = cells.date("tanggal"), cells.choice("status", StatusHadir)
        arrived, left = cells.clock("masuk"), cells.clock("pulang")
        missed = cells.yes("tidak_apel")
        employee = self.employee(cells, day)
        if arrived and left and left <= arrived:
            cells.fault("pulang", "harus sesudah jam masuk.")
        if day and day > dates.today():
            cells.fault("tanggal", "belum tiba.")
        if day and day <= dates.today() and not calendar().is_working_day(day):
            cells.fault("tanggal", f"{dates.short_date(day)} bukan hari kerja.")
        if status and status != StatusHadir.HADIR and (arrived or left or missed):
            cells.fault("status", f"{status.label} tidak mempunyai jam atau apel.")
        if employee and day:
            self.once(cells, employee.pk, day)
            self.open(cells, "tanggal", employee, day)
        cells.done()
        if employee is None or day is None or status is None:
            return None
        return Kehadiran(
            pegawai=employee,
            tanggal=day,
            status=status,
            masuk=arrived,
            pulang=left,
            apel_absen=missed,
            menit_tl=schedule.minutes_late(day, arrived) if arrived else 0,
            menit_psw=schedule.minutes_early(day, left) if left else 0,
            sumber=self.source,
        )

    def save(self, items: list[Any], user: User) -> None:
        """Write the days; one that is there already is replaced."""
        columns = ["masuk", "pulang", "status", "menit_tl", "menit_psw", "apel_absen", "sumber"]
        Kehadiran.objects.bulk_create(
            items, batch_size=500, update_conflicts=True, unique_fields=["pegawai", "tanggal"], update_fields=columns
        )


class AttendanceByHand(Attendance):
    """The same, typed in for one day: marked, because a day corrected by hand is looked at (section 13, HADIR)."""

    source = BY_HAND


@register
class Leave(OfEmployees):
    """A leave a row; entered with its letter, so approved."""

    kind = ImportKind.CUTI
    columns = (
        NIP,
        Column("jenis", "Jenis", choices=JenisCuti, example="TAHUNAN"),
        Column("mulai", "Mulai", example="05/10/2026"),
        Column("sampai", "Sampai", example="07/10/2026"),
        Column("nomor_surat", "Nomor surat", example="851/12/2026"),
    )

    def prepare(self, rows: list[Mapping[str, str]]) -> None:
        """Read also the leaves the people of the file have already."""
        super().prepare(rows)
        self._spans: dict[int, list[tuple[dt.date, dt.date]]] = defaultdict(list)
        self._annual: dict[int, Counter[int]] = defaultdict(Counter)
        for row in Cuti.objects.filter(pegawai__in=self._people.values(), disetujui=True):
            self._spans[row.pegawai_id].append((row.mulai, row.akhir))
            if row.jenis == JenisCuti.TAHUNAN:
                self._annual[row.pegawai_id] += _by_year(row.mulai, row.akhir)

    def item(self, cells: Cells) -> Cuti | None:
        """Return a leave."""
        kind, first, last = cells.choice("jenis", JenisCuti), cells.date("mulai"), cells.date("sampai")
        employee = self.employee(cells, first)
        if first and last and last < first:
            cells.fault("sampai", "mendahului hari pertamanya.")
        elif first and last and (last - first).days > 1100:
            cells.fault("sampai", "lebih dari tiga tahun sesudah hari pertamanya.")
        cells.done()
        if employee is None or first is None or last is None or kind is None:
            return None
        clash = next((span for span in self._spans[employee.pk] if span[0] <= last and span[1] >= first), None)
        if clash:
            days = f"{dates.short_date(clash[0])}–{dates.short_date(clash[1])}"
            cells.fault("mulai", f"bertumpuk dengan cuti {days}.")
        days = _by_year(first, last) if kind == JenisCuti.TAHUNAN else Counter()
        self._allowed(cells, kind, (last - first).days + 1, self._annual[employee.pk] + days)
        self.open(cells, "mulai", employee, *months_between(first, last))
        cells.done()
        self._spans[employee.pk].append((first, last))
        self._annual[employee.pk] += days
        number = cells.text("nomor_surat")[:120]
        return Cuti(pegawai=employee, jenis=kind, mulai=first, akhir=last, dokumen=number, disetujui=True)

    def _allowed(self, cells: Cells, kind: JenisCuti, length: int, annual: Counter[int]) -> None:
        """Note a leave that lasts longer than its kind may (erk.md section 8)."""
        if length > LONGEST.get(kind, length):
            cells.fault("sampai", f"{kind.label} paling lama {LONGEST[kind]} hari.")
        over = [year for year, days in sorted(annual.items()) if days > ANNUAL_DAYS]
        if kind == JenisCuti.TAHUNAN and over:
            days = f"{annual[over[0]]} hari kerja pada {over[0]}"
            cells.fault("sampai", f"membuat cuti tahunan {days}; paling banyak 12 dan 6 sisa tahun lalu.")

    def save(self, items: list[Any], user: User) -> None:
        """Write the leaves."""
        Cuti.objects.bulk_create(items, batch_size=500)


def _by_year(first: dt.date, last: dt.date) -> Counter[int]:
    """Return the working days of a leave by year."""
    return Counter(day.year for day in calendar().working_days(first, last))


def months_between(first: dt.date, last: dt.date) -> list[dt.date]:
    """Return the first day of every month from one day to another."""
    days, day = [], first.replace(day=1)
    while day <= last:
        days.append(day)
        day = (day.replace(day=28) + dt.timedelta(days=4)).replace(day=1)
    return days


@register
class Overtime(OfEmployees):
    """An overtime order a row: raises the daily cap of one day."""

    kind = ImportKind.LEMBUR
    columns = (
        NIP,
        Column("tanggal", "Tanggal", example="05/10/2026"),
        Column("nomor_spt", "Nomor SPT", example="SPT/77/2026"),
    )

    def item(self, cells: Cells) -> Lembur | None:
        """Return an overtime order."""
        day = cells.date("tanggal")
        employee = self.employee(cells, day)
        if employee and day:
            self.once(cells, employee.pk, day)
            self.open(cells, "tanggal", employee, day)
        cells.done()
        if employee is None or day is None:
            return None
        return Lembur(pegawai=employee, tanggal=day, spt=cells.text("nomor_spt")[:120])

    def save(self, items: list[Any], user: User) -> None:
        """Write the orders; one of the same day is replaced."""
        Lembur.objects.bulk_create(
            items, batch_size=500, update_conflicts=True, unique_fields=["pegawai", "tanggal"], update_fields=["spt"]
        )


@register
class Meetings(OfEmployees):
    """Who was at which meeting, a row a person: minutes of a meeting without a name on its list are a sign."""

    kind = ImportKind.RAPAT
    columns = (
        NIP,
        Column("kode_rapat", "Kode rapat", example="DISHUB-2026-118"),
        Column("judul", "Judul rapat", example="Rapat persiapan angkutan lebaran"),
        Column("tanggal", "Tanggal", example="05/10/2026"),
        Column("mulai", "Mulai", example="09.00"),
        Column("selesai", "Selesai", example="11.00"),
    )

    def item(self, cells: Cells) -> tuple[dict[str, Any], Pegawai] | None:
        """Return a meeting and one who was there."""
        day, start, end = cells.date("tanggal"), cells.clock("mulai"), cells.clock("selesai")
        employee = self.employee(cells, day)
        if start and end and end <= start:
            cells.fault("selesai", "harus sesudah jam mulai.")
        code = cells.text("kode_rapat").upper()[:30]
        if employee:
            self.once(cells, employee.pk, code)
        cells.done()
        if employee is None or day is None:
            return None
        office = self._offices[employee.pk][-1].jabatan.opd
        meeting = {"kode": code, "judul": cells.text("judul")[:200], "tanggal": day, "mulai": start, "selesai": end}
        return meeting | {"opd": office}, employee

    def save(self, items: list[Any], user: User) -> None:
        """Write the meetings and add those who were there."""
        people: dict[str, list[Pegawai]] = defaultdict(list)
        for values, employee in items:
            people[values["kode"]].append(employee)
        for code, values in {values["kode"]: values for values, _ in items}.items():
            columns = {name: value for name, value in values.items() if name != "kode"}
            meeting, _ = Rapat.objects.update_or_create(kode=code, defaults=columns)
            meeting.hadir.add(*people[code])
