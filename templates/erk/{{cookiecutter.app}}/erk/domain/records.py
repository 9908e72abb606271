"""What is recorded of people's days, read for any number of people in one query: a page can afford no more."""

import datetime as dt
from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum
from typing import Any

from django.db.models import Case, CharField, DateField, F, IntegerField, Q, QuerySet, Sum, Value, When
from django.db.models.expressions import Combinable
from django.db.models.functions import Cast, Coalesce

from erk.domain import policy
from erk.enums import COUNTED, WAITING, JenisCuti, StatusHadir
from erk.models import (
    Aktivitas,
    Cuti,
    GangguanAbsensi,
    GangguanLayanan,
    Hukuman,
    Kehadiran,
    Lembur,
    Penempatan,
    Penilaian,
)
from erk.rules.numbers import ONE, share

APPROVED = F("menit_setuju")
COLUMNS = ("kind", "person", "first", "until", "text", "n1", "n2", "n3", "n4")


class Kind(StrEnum):
    """The branches of the one query."""

    LEAVE = "LEAVE"
    ATTENDANCE = "ATTENDANCE"
    OVERTIME = "OVERTIME"
    DISTURBANCE = "DISTURBANCE"
    PLACED = "PLACED"
    LOGGED = "LOGGED"
    CUT = "CUT"
    SKP = "SKP"
    BEHAVIOUR = "BEHAVIOUR"
    OUTAGE = "OUTAGE"


EVERYTHING = frozenset(Kind)
DAYS = frozenset({Kind.LEAVE, Kind.ATTENDANCE, Kind.OVERTIME, Kind.PLACED, Kind.OUTAGE})
GAUGE = DAYS | {Kind.LOGGED}
_CLOSES_WITHIN = dt.timedelta(days=45)  # after a day, its window has closed by then, holidays and outages included


@dataclass(frozen=True, slots=True)
class Presence:
    """Attendance of a day: status, minutes late and left early, missing records (0–2), assembly missed."""

    status: StatusHadir
    late: int
    early: int
    missing: int
    assembly: bool


@dataclass(frozen=True, slots=True)
class Spell:
    """An approved leave, whole, also where it reaches beyond the month."""

    kind: JenisCuti
    first: dt.date
    last: dt.date


@dataclass(frozen=True, slots=True)
class Minutes:
    """Minutes of a day: approved by the catalogue, approved outside it, and waiting for a decision."""

    listed: int
    free: int
    waiting: int


@dataclass
class Records:
    """Everything recorded of some people from one day to another, by person."""

    leave: dict[int, list[Spell]] = field(default_factory=lambda: defaultdict(list))
    attendance: dict[int, dict[dt.date, Presence]] = field(default_factory=lambda: defaultdict(dict))
    overtime: set[tuple[int, dt.date]] = field(default_factory=set)
    disturbed: set[dt.date] = field(default_factory=set)
    placed: dict[int, list[tuple[dt.date, dt.date | None]]] = field(default_factory=lambda: defaultdict(list))
    logged: dict[int, dict[dt.date, Minutes]] = field(default_factory=lambda: defaultdict(dict))
    cuts: dict[int, Decimal] = field(default_factory=dict)
    skp: dict[int, Decimal] = field(default_factory=dict)
    behaviour: dict[int, Decimal] = field(default_factory=dict)
    shifts: dict[int, int] = field(default_factory=dict)
    outages: dict[dt.date, int] = field(default_factory=lambda: defaultdict(int))

    def on_leave(self, person: int, day: dt.date) -> bool:
        """Return whether an approved leave covers a day."""
        return any(spell.first <= day <= spell.last for spell in self.leave.get(person, ()))

    def status(self, person: int, day: dt.date) -> StatusHadir | None:
        """Return what attendance says of a day, None without a record."""
        found = self.attendance.get(person, {}).get(day)
        return found.status if found else None

    def rating(self, person: int) -> tuple[Decimal, Decimal] | None:
        """Return SKP achievement and behaviour, None when the month is not rated."""
        return (self.skp[person], self.behaviour[person]) if person in self.skp else None


def read(
    keys: Collection[int],
    first: dt.date,
    last: dt.date,
    kinds: Collection[Kind] = EVERYTHING,
    approved: Combinable = APPROVED,
) -> Records:
    """Return what is recorded of the people `keys` from `first` to `last`, in one query.

    `approved`: the minutes an approved entry counts for, unless it is asked what other rules would have counted.
    """
    wanted = [branch for branch in _branches(keys, first, last, approved) if branch[0] in kinds]
    queries = [_shaped(kind, rows, **columns) for kind, rows, columns in wanted]
    found = Records()
    for kind, *row in queries[0].union(*queries[1:], all=True):
        _TAKE[Kind(kind)](found, *row)
    return found


def _shaped(kind: Kind, rows: "QuerySet[Any]", **columns: Any) -> "QuerySet[Any]":
    """Return a branch with the columns every branch has; the types of the first branch hold for all."""
    nothing: dict[str, Any] = {
        "person": F("pegawai_id"),
        "until": Value(None, DateField()),
        "text": Value("", CharField()),
        **{name: Value(0, IntegerField()) for name in ("n1", "n2", "n3", "n4")},
    }
    return rows.order_by().annotate(kind=Value(kind.value, CharField()), **nothing | columns).values_list(*COLUMNS)


def _branches(
    keys: Collection[int], first: dt.date, last: dt.date, approved: Combinable
) -> list[tuple[Kind, Any, dict[str, Any]]]:
    within = {"pegawai_id__in": keys, "tanggal__range": (first, last)}
    spell = {"pegawai_id__in": keys, "mulai__lte": last, "akhir__gte": first}
    start, day = {"first": F("mulai"), "until": F("akhir")}, {"first": F("tanggal")}
    missing = [Case(When(**{f"{name}__isnull": True}, then=1), default=0) for name in ("masuk", "pulang")]
    ratings = Penilaian.objects.filter(pegawai_id__in=keys, bulan=first.replace(day=1))
    logged = Aktivitas.objects.filter(state__in=(*COUNTED, *WAITING), **within)
    paid = policy.for_month(last).schemes
    placed = Penempatan.objects.definitif().between(first, last).filter(pegawai_id__in=keys, skema__in=paid)
    return [
        (Kind.LEAVE, Cuti.objects.filter(disetujui=True, **spell), start | {"text": F("jenis")}),
        (
            Kind.ATTENDANCE,
            Kehadiran.objects.filter(**within),
            day
            | {"text": F("status"), "n1": F("menit_tl"), "n2": F("menit_psw"), "n3": missing[0] + missing[1]}
            | {"n4": Case(When(apel_absen=True, then=1), default=0)},
        ),
        (Kind.OVERTIME, Lembur.objects.filter(**within), day),
        (
            Kind.DISTURBANCE,
            GangguanAbsensi.objects.filter(tanggal__range=(first, last)),
            day | {"person": Value(0, IntegerField())},
        ),
        (Kind.PLACED, placed, start | {"n1": F("jabatan__opd__gelombang")}),
        (Kind.LOGGED, _grouped(logged), day | _sums(approved)),
        (Kind.CUT, Hukuman.objects.filter(**spell), start | {"text": Cast("persen", CharField())}),
        (Kind.SKP, ratings, {"first": F("bulan"), "text": Cast("capaian_skp", CharField())}),
        (
            Kind.OUTAGE,
            GangguanLayanan.objects.filter(tanggal__range=(first, last + _CLOSES_WITHIN)),
            day | {"person": Value(0, IntegerField()), "n1": F("menit")},
        ),
        (Kind.BEHAVIOUR, ratings, {"first": F("bulan"), "text": Cast("perilaku", CharField())}),
    ]


def _grouped(rows: "QuerySet[Aktivitas]") -> "QuerySet[Any]":
    return rows.order_by().values("pegawai_id", "tanggal")


def _sums(approved: Combinable) -> dict[str, Coalesce]:
    kinds = (
        (approved, Q(state__in=COUNTED, katalog__bebas=False)),
        (approved, Q(state__in=COUNTED, katalog__bebas=True)),
        (F("menit_hitung"), Q(state__in=WAITING)),
    )
    return {f"n{n}": Coalesce(Sum(what, filter=where), 0) for n, (what, where) in enumerate(kinds, start=1)}


def _leave(found: Records, person: int, first: dt.date, until: dt.date, text: str, *_: int) -> None:
    found.leave[person].append(Spell(JenisCuti(text), first, until))


def _attendance(
    found: Records, person: int, day: dt.date, _: None, text: str, late: int, early: int, missing: int, assembly: int
) -> None:
    found.attendance[person][day] = Presence(StatusHadir(text), late, early, missing, bool(assembly))


def _overtime(found: Records, person: int, day: dt.date, *_: Any) -> None:
    found.overtime.add((person, day))


def _disturbance(found: Records, _: int, day: dt.date, *__: Any) -> None:
    found.disturbed.add(day)


def _placed(found: Records, person: int, first: dt.date, until: dt.date | None, _: str, shift: int, *__: int) -> None:
    found.placed[person].append((first, until))
    found.shifts[person] = max(shift, found.shifts.get(person, 0))


def _outage(found: Records, _: int, day: dt.date, __: None, ___: str, minutes: int, *____: int) -> None:
    found.outages[day] += minutes


def _logged(
    found: Records, person: int, day: dt.date, _: None, __: str, listed: int, free: int, waiting: int, ___: int
) -> None:
    found.logged[person][day] = Minutes(listed, free, waiting)


def _cut(found: Records, person: int, _: dt.date, __: dt.date, percent: str, *___: int) -> None:
    found.cuts[person] = max(found.cuts.get(person, Decimal(0)), share(Decimal(percent)))


def _share_of(text: str) -> Decimal:
    return Decimal(text).quantize(ONE / 10_000)


def _skp(found: Records, person: int, _: dt.date, __: None, text: str, *___: int) -> None:
    found.skp[person] = _share_of(text)


def _behaviour(found: Records, person: int, _: dt.date, __: None, text: str, *___: int) -> None:
    found.behaviour[person] = _share_of(text)


_TAKE: dict[Kind, Any] = {
    Kind.LEAVE: _leave, Kind.ATTENDANCE: _attendance, Kind.OVERTIME: _overtime, Kind.DISTURBANCE: _disturbance,
    Kind.PLACED: _placed, Kind.LOGGED: _logged, Kind.CUT: _cut, Kind.SKP: _skp, Kind.BEHAVIOUR: _behaviour,
    Kind.OUTAGE: _outage,
}  # fmt: skip
