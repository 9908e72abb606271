"""Read the facts of many employees' months in a handful of queries."""

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Sum

from core.calendar import calendar
from erk.domain import schedule
from erk.enums import COUNTED, Absence, JenisCuti, Skema, StatusHadir, TargetMode
from erk.models import Aktivitas, Cuti, GangguanAbsensi, Hukuman, Kehadiran, Lembur, Penempatan, Penilaian
from erk.rules.absence import AbsentDay, absence_of, credited
from erk.rules.monthly import Facts, Logged, Record, Segment, capped
from erk.rules.numbers import ZERO, share
from erk.rules.policy import Policy
from erk.rules.windows import month_bounds

_FROM_STATUS = {
    StatusHadir.ALPA: Absence.ALPA,
    StatusHadir.IZIN: Absence.IZIN,
    StatusHadir.DINAS_LUAR: Absence.DINAS_LUAR,
    StatusHadir.DIKLAT: Absence.DIKLAT,
}


@dataclass(frozen=True, slots=True)
class Person:
    """An employee's month: the last placement in it, and the facts."""

    placement: Penempatan
    facts: Facts


class MonthReader:
    """Reads one month for a set of employees. `until` cuts a running month off at a day (for workload)."""

    def __init__(self, month: dt.date, policy: Policy, until: dt.date | None = None) -> None:
        self.first, last = month_bounds(month)
        self.last = min(last, until) if until else last
        self.policy = policy
        self.days = calendar().working_days(self.first, self.last)
        self.target = schedule.target(month, policy)
        self._disturbed = set(
            GangguanAbsensi.objects.filter(tanggal__range=(self.first, self.last)).values_list("tanggal", flat=True)
        )
        fixed = policy.target_mode == TargetMode.TETAP
        self._collective = [day for day in schedule.collective_leave(self.first) if day <= self.last] if fixed else []

    def placements(self, keys: Collection[int]) -> dict[int, list[Penempatan]]:
        """Return the definitive placements of employees within the month, oldest first."""
        rows = (
            Penempatan.objects.definitif().between(self.first, self.last).filter(pegawai_id__in=keys, skema=Skema.ERK)
        )
        found: dict[int, list[Penempatan]] = defaultdict(list)
        for row in rows.select_related("jabatan__opd", "pegawai").order_by("mulai"):
            found[row.pegawai_id].append(row)
        return found

    def people(self, keys: Collection[int]) -> Iterator[Person]:
        """Yield each employee who is in the scheme this month, in nine queries for all of them."""
        placements = self.placements(keys)
        logged, leave, attendance = self._logged(keys), self._leave(keys), self._attendance(keys)
        cuts, ratings = self._cuts(keys), self._ratings(keys)
        for key, held in placements.items():
            segments, placed = self._segments(held)
            if not segments:
                continue
            absent = self._absent(held, leave.get(key, {}), attendance.get(key, {}))
            yield Person(
                held[-1],
                Facts(
                    working_days=len(self.days),
                    target=self.target,
                    segments=segments,
                    logged=logged.get(key, {}),
                    absent=absent,
                    records=tuple(self._records(attendance.get(key, {}), {row.day for row in absent}, placed)),
                    h=cuts.get(key, ZERO),
                    rating=ratings.get(key),
                ),
            )

    def minutes(self, keys: Collection[int]) -> dict[int, tuple[int, int]]:
        """Return minutes that count and minutes credited up to `until`, for gauges, in five queries."""
        placements, logged = self.placements(keys), self._logged(keys)
        leave, attendance = self._leave(keys), self._attendance(keys)
        found = {}
        for key, held in placements.items():
            absent = self._absent(held, leave.get(key, {}), attendance.get(key, {}))
            by_day = {day: min(row.listed + row.free, row.cap) for day, row in logged.get(key, {}).items()}
            counted, _, _ = capped(logged.get(key, {}), self.policy.free_text_share)
            found[key] = counted, credited(absent, self.policy.absences, by_day)
        return found

    def _absent(
        self, held: list[Penempatan], leave: dict[dt.date, AbsentDay], attendance: dict[dt.date, Kehadiran]
    ) -> tuple[AbsentDay, ...]:
        absent = dict(leave)
        for day, row in attendance.items():
            kind = _FROM_STATUS.get(StatusHadir(row.status))
            if kind and day not in absent:
                absent[day] = AbsentDay(day, kind)
        absent = {day: row for day, row in absent.items() if calendar().is_working_day(day)}
        absent |= {day: AbsentDay(day, Absence.CUTI_BERSAMA) for day in self._collective}
        return tuple(absent[day] for day in sorted(absent) if self._within(held, day))

    @staticmethod
    def _within(held: list[Penempatan], day: dt.date) -> bool:
        return any(row.mulai <= day and (row.akhir is None or row.akhir >= day) for row in held)

    def _segments(self, held: list[Penempatan]) -> tuple[tuple[Segment, ...], set[dt.date]]:
        segments, placed = [], set()
        for row in held:
            days = [day for day in self.days if self._within([row], day)]
            placed.update(days)
            if days:
                segments.append(Segment(row.jabatan.nama, row.jabatan.kelas, len(days)))
        return tuple(segments), placed

    def _logged(self, keys: Collection[int]) -> dict[int, dict[dt.date, Logged]]:
        orders = Lembur.objects.filter(pegawai_id__in=keys, tanggal__range=(self.first, self.last))
        overtime = set(orders.values_list("pegawai_id", "tanggal"))
        rows = (
            Aktivitas.objects.filter(pegawai_id__in=keys, tanggal__range=(self.first, self.last), state__in=COUNTED)
            .order_by()
            .values("pegawai_id", "tanggal", "katalog__bebas")
            .annotate(minutes=Sum("menit_setuju"))
        )
        sums: dict[tuple[int, dt.date], list[int]] = defaultdict(lambda: [0, 0])
        for row in rows:
            sums[row["pegawai_id"], row["tanggal"]][row["katalog__bebas"]] += row["minutes"]
        found: dict[int, dict[dt.date, Logged]] = defaultdict(dict)
        for (key, day), (listed, free) in sums.items():
            cap = schedule.cap(day, self.policy, overtime=(key, day) in overtime)
            found[key][day] = Logged(listed, free, cap)
        return found

    def _leave(self, keys: Collection[int]) -> dict[int, dict[dt.date, AbsentDay]]:
        found: dict[int, dict[dt.date, AbsentDay]] = defaultdict(dict)
        rows = Cuti.objects.filter(pegawai_id__in=keys, disetujui=True, mulai__lte=self.last, akhir__gte=self.first)
        for row in rows.order_by("mulai"):
            spell = calendar().working_days(row.mulai, row.akhir)
            kind = absence_of(JenisCuti(row.jenis), len(spell), self.policy.short_illness_days)
            for nth, day in enumerate(spell, start=1):
                if self.first <= day <= self.last:
                    found[row.pegawai_id][day] = AbsentDay(day, kind, nth)
        return found

    def _attendance(self, keys: Collection[int]) -> dict[int, dict[dt.date, Kehadiran]]:
        found: dict[int, dict[dt.date, Kehadiran]] = defaultdict(dict)
        for row in Kehadiran.objects.filter(pegawai_id__in=keys, tanggal__range=(self.first, self.last)):
            found[row.pegawai_id][row.tanggal] = row
        return found

    def _records(self, rows: dict[dt.date, Kehadiran], absent: set[dt.date], placed: set[dt.date]) -> Iterator[Record]:
        for day in sorted(set(rows) & placed - self._disturbed - absent):
            row = rows[day]
            if row.status == StatusHadir.HADIR:
                missing = (row.masuk is None) + (row.pulang is None)
                yield Record(day, row.menit_tl, row.menit_psw, missing, row.apel_absen)

    def _cuts(self, keys: Collection[int]) -> dict[int, Decimal]:
        found: dict[int, Decimal] = {}
        for row in Hukuman.objects.filter(pegawai_id__in=keys, mulai__lte=self.last, akhir__gte=self.first):
            found[row.pegawai_id] = max(found.get(row.pegawai_id, ZERO), share(row.persen))
        return found

    def _ratings(self, keys: Collection[int]) -> dict[int, tuple[Decimal, Decimal]]:
        rows = Penilaian.objects.filter(pegawai_id__in=keys, bulan=self.first)
        return {row.pegawai_id: (row.capaian_skp, row.perilaku) for row in rows}
