"""Workload of agencies and people (erk.md section 12), from the log itself."""

import datetime as dt
from collections import defaultdict
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Count, Q, Sum

from core import dates
from erk.domain import policy
from erk.domain.facts import MonthReader
from erk.enums import COUNTED, ActivityState, Skema
from erk.models import Aktivitas, Opd, Pegawai, Penempatan
from erk.rules.monthly import AWAY_ON_DUTY
from erk.rules.numbers import ONE, ZERO
from erk.rules.windows import month_bounds, previous_month
from erk.rules.workload import Band, Load, agency_load, person_ratio

_HANDED_IN = [s for s in ActivityState if s not in (ActivityState.DRAF, ActivityState.TERLAMBAT)]


@dataclass(frozen=True, slots=True)
class PersonLoad:
    """One person's month: minutes worked, present share, ratio u and band."""

    employee: Pegawai
    position: str
    minutes: int
    present: Decimal
    ratio: Decimal
    band: Band


@dataclass(frozen=True, slots=True)
class AgencyLoad:
    """One agency: its load, how many are above the upper edge, how much was handed in and rejected."""

    agency: Opd
    load: Load
    people: list[PersonLoad]
    handed_in: Decimal
    rejected: Decimal

    @property
    def overloaded_share(self) -> Decimal:
        """Return the share of people above the upper edge: a sign the average hides."""
        above = sum(person.band == Band.OVERLOADED for person in self.people)
        return Decimal(above) / len(self.people) if self.people else ZERO


def latest_full_month() -> dt.date:
    """Return the month before this one: what leaders look at first."""
    return previous_month(dates.today())


def agencies(month: dt.date, only: Opd | None = None) -> list[AgencyLoad]:
    """Return the workload of every agency with people in the scheme, the most loaded first.

    A running month is measured up to yesterday, its target cut to the working days that have passed.
    """
    first, last = month_bounds(month)
    until = min(last, dates.today() - dt.timedelta(days=1))
    rules = policy.for_month(first)
    reader = MonthReader(first, rules, until=until)
    if not reader.days:
        return []
    full = len(MonthReader(first, rules).days) if until < last else len(reader.days)
    target = max(1, rules.minutes_per_month * len(reader.days) // full)
    placed = Penempatan.objects.definitif().between(first, until).filter(skema=Skema.ERK)
    if only:
        placed = placed.filter(jabatan__opd=only)
    keys = list(placed.values_list("pegawai_id", flat=True).distinct())
    people: dict[int, list[PersonLoad]] = defaultdict(list)
    for person in reader.people(keys):
        minutes = sum(min(row.listed + row.free, row.cap) for row in person.facts.logged.values())
        days = sum(segment.days for segment in person.facts.segments)
        away = sum(absent.kind not in AWAY_ON_DUTY for absent in person.facts.absent)
        present = min(ONE, Decimal(max(0, days - away)) / len(reader.days))
        ratio = person_ratio(minutes, present, target)
        row = PersonLoad(
            person.placement.pegawai, person.placement.jabatan.nama, minutes, present, ratio, rules.bands.of(ratio)
        )
        people[person.placement.jabatan.opd_id].append(row)
    signs = _signs(first, until)
    found = []
    for agency in Opd.objects.filter(pk__in=people):
        rows = sorted(people[agency.pk], key=lambda row: (-row.ratio, row.employee.nama))
        norm, handed_in, rejected = signs.get(agency.pk, (0, ZERO, ZERO))
        load = agency_load(
            len(rows), sum((r.present for r in rows), ZERO), sum(r.minutes for r in rows), target, rules.bands, norm
        )
        found.append(AgencyLoad(agency, load, rows, handed_in, rejected))
    return sorted(found, key=lambda row: -row.load.ratio)


def _signs(first: dt.date, last: dt.date) -> dict[int, tuple[int, Decimal, Decimal]]:
    rows = Aktivitas.objects.filter(tanggal__range=(first, last)).order_by().values("jabatan__opd_id")
    counted = rows.annotate(
        n=Count("pk"),
        norm=Sum("menit_norma", filter=Q(state__in=COUNTED)),
        handed=Count("pk", filter=Q(state__in=_HANDED_IN)),
        rejected=Count("pk", filter=Q(state=ActivityState.DITOLAK)),
    )
    return {
        row["jabatan__opd_id"]: (
            row["norm"] or 0,
            Decimal(row["handed"]) / row["n"],
            Decimal(row["rejected"]) / row["handed"] if row["handed"] else ZERO,
        )
        for row in counted
    }
