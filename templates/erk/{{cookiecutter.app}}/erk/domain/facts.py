"""Read the facts of many employees' months: two queries for all of them."""

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass

from django.db.models.expressions import Combinable

from core.calendar import calendar
from erk.domain import records, schedule
from erk.domain.records import Minutes, Presence, Records
from erk.enums import Absence, StatusHadir, TargetMode
from erk.models import Penempatan
from erk.rules.absence import AbsentDay, absence_of, credited
from erk.rules.monthly import Facts, Logged, Record, Segment, capped, displacing
from erk.rules.numbers import ZERO
from erk.rules.policy import Policy
from erk.rules.windows import month_bounds

_FROM_STATUS = {
    StatusHadir.ALPA: Absence.ALPA,
    StatusHadir.IZIN: Absence.IZIN,
    StatusHadir.DINAS_LUAR: Absence.DINAS_LUAR,
    StatusHadir.DIKLAT: Absence.DIKLAT,
}
Spans = Iterable[tuple[dt.date, dt.date | None]]


@dataclass(frozen=True, slots=True)
class Person:
    """An employee's month: the last placement in it, and the facts."""

    placement: Penempatan
    facts: Facts


@dataclass(frozen=True, slots=True)
class Gauge:
    """Minutes of a month so far: those that count, those credited for absences, those that wait for a decision."""

    counted: int
    credited: int
    waiting: int


class MonthReader:
    """Reads one month for a set of employees. `until` cuts a running month off at a day (for workload).

    `approved`: see `records.read`.
    """

    def __init__(
        self,
        month: dt.date,
        policy: Policy,
        until: dt.date | None = None,
        approved: Combinable = records.APPROVED,
    ) -> None:
        self.first, last = month_bounds(month)
        self.last = min(last, until) if until else last
        self.policy = policy
        self.approved = approved
        self.days = calendar().working_days(self.first, self.last)
        self.target = schedule.target(month, policy)
        fixed = policy.target_mode == TargetMode.TETAP
        self._collective = [day for day in schedule.collective_leave(self.first) if day <= self.last] if fixed else []

    def placements(self, keys: Collection[int]) -> dict[int, list[Penempatan]]:
        """Return the definitive placements of employees within the month, oldest first."""
        rows = Penempatan.objects.definitif().between(self.first, self.last)
        rows = rows.filter(pegawai_id__in=keys, skema__in=self.policy.schemes)
        found: dict[int, list[Penempatan]] = defaultdict(list)
        for row in rows.select_related("jabatan__opd", "jabatan__induk", "pegawai").order_by("mulai"):
            found[row.pegawai_id].append(row)
        return found

    def read(self, keys: Collection[int], kinds: Collection[records.Kind] = records.EVERYTHING) -> Records:
        """Return what is recorded of employees in this month, in one query."""
        return records.read(keys, self.first, self.last, kinds, self.approved)

    def people(self, keys: Collection[int]) -> Iterator[Person]:
        """Yield each employee who is in the scheme this month, in two queries for all of them."""
        placements = self.placements(keys)
        known = self.read(keys)
        for key, held in placements.items():
            segments, placed = self._segments(held)
            if not segments:
                continue
            attendance = known.attendance.get(key, {})
            spans = [(row.mulai, row.akhir) for row in held]
            absent = self._absent(known, key, spans)
            away = {row.day for row in absent}
            yield Person(
                held[-1],
                Facts(
                    working_days=len(self.days),
                    target=self.target,
                    segments=segments,
                    logged=self._logged(known, key, spans),
                    absent=absent,
                    records=tuple(_faults(attendance, placed - known.disturbed - away)),
                    h=known.cuts.get(key, ZERO),
                    rating=known.rating(key),
                ),
            )

    def gauges(self, keys: Collection[int], known: Records | None = None) -> dict[int, Gauge]:
        """Return the minutes up to `until` of those in the scheme, in one query (none when `known` is given)."""
        read = known or self.read(keys, records.GAUGE)
        found = {}
        for key, spans in read.placed.items():
            logged = self._logged(read, key, spans)
            absent, rules = self._absent(read, key, spans), self.policy
            counted, _, _ = capped(logged, rules.free_text_share)
            credit = credited(absent, rules.absences, displacing(logged, absent, rules.absences, rules.free_text_share))
            found[key] = Gauge(counted, credit, sum(row.waiting for row in read.logged.get(key, {}).values()))
        return found

    def _absent(self, known: Records, key: int, spans: Spans) -> tuple[AbsentDay, ...]:
        absent = {day.day: day for spell in _in_order(known, key) for day in self._spell(spell)}
        for day, row in known.attendance.get(key, {}).items():
            kind = _FROM_STATUS.get(row.status)
            if kind and day not in absent:
                absent[day] = AbsentDay(day, kind)
        absent = {day: row for day, row in absent.items() if calendar().is_working_day(day)}
        absent |= {day: AbsentDay(day, Absence.CUTI_BERSAMA) for day in self._collective}
        held = list(spans)
        return tuple(absent[day] for day in sorted(absent) if _within(held, day))

    def _spell(self, spell: records.Spell) -> Iterator[AbsentDay]:
        days = calendar().working_days(spell.first, spell.last)
        kind = absence_of(spell.kind, len(days), self.policy.short_illness_days)
        for nth, day in enumerate(days, start=1):
            if self.first <= day <= self.last:
                yield AbsentDay(day, kind, nth)

    def _segments(self, held: list[Penempatan]) -> tuple[tuple[Segment, ...], set[dt.date]]:
        segments, placed = [], set()
        for row in held:
            days = [day for day in self.days if _within([(row.mulai, row.akhir)], day)]
            placed.update(days)
            if days:
                segments.append(Segment(row.jabatan.nama, row.jabatan.kelas, len(days), self.policy.schemes[row.skema]))
        return tuple(segments), placed

    def _logged(self, known: Records, key: int, spans: Spans) -> dict[dt.date, Logged]:
        held = list(spans)
        rows: Mapping[dt.date, Minutes] = known.logged.get(key, {})
        return {
            day: Logged(row.listed, row.free, schedule.cap(day, self.policy, overtime=(key, day) in known.overtime))
            for day, row in rows.items()
            if (row.listed or row.free) and _within(held, day)
        }


def _in_order(known: Records, key: int) -> list[records.Spell]:
    return sorted(known.leave.get(key, ()), key=lambda spell: (spell.first, spell.last))


def _within(spans: Spans, day: dt.date) -> bool:
    return any(first <= day and (last is None or last >= day) for first, last in spans)


def _faults(rows: Mapping[dt.date, Presence], days: set[dt.date]) -> Iterator[Record]:
    for day in sorted(set(rows) & days):
        row = rows[day]
        if row.status == StatusHadir.HADIR:
            yield Record(day, row.late, row.early, row.missing, row.assembly)
