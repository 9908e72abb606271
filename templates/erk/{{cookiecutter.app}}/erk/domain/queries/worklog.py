"""What a month of work was, agency by agency, counted in the log itself: slow, and what every summary must equal."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from django.db.models import Count, Q, Sum

from core import dates
from erk.domain import months, policy, schedule
from erk.domain.facts import MonthReader
from erk.enums import COUNTED, ActivityState
from erk.models import Aktivitas, Opd
from erk.rules.monthly import AWAY_ON_DUTY
from erk.rules.windows import month_bounds

_EVENING = dt.time(18)
_HANDED_IN = [s for s in ActivityState if s not in (ActivityState.DRAF, ActivityState.TERLAMBAT)]


@dataclass(frozen=True, slots=True)
class Signs:
    """Entries of an agency's positions: norm minutes of what counts, all, handed in, rejected, counting after 18.00.

    `overtime`: minutes of its people that count only because of an overtime order.
    """

    norm: int = 0
    logged: int = 0
    handed_in: int = 0
    rejected: int = 0
    evening: int = 0
    overtime: int = 0


@dataclass(frozen=True, slots=True)
class Worked:
    """One person's month: minutes by the daily cap, without leave credit; working days present; unit and family."""

    name: str
    unit: str
    family: str
    minutes: int
    days: int


@dataclass(frozen=True, slots=True)
class Measured:
    """An agency's month up to a day: working days, the target for a person always present, signs, and its people."""

    until: dt.date
    working_days: int
    target: int
    signs: Signs
    people: dict[int, Worked] = field(default_factory=dict)


def measured(month: dt.date, only: Opd | None = None) -> Iterator[tuple[Opd, Measured]]:
    """Yield each agency with people in the scheme, one at a time, so that memory stays flat.

    A running month is measured up to yesterday, its target cut to the working days that have passed.
    """
    first, last = month_bounds(month)
    until = min(last, dates.today() - dt.timedelta(days=1))
    rules = policy.for_month(first)
    reader = MonthReader(first, rules, until=until)
    if not reader.days:
        return
    full = len(MonthReader(first, rules).days) if until < last else len(reader.days)
    target = max(1, rules.minutes_per_month * len(reader.days) // full)
    signs = _signs(first, until, only)
    for agency in [only] if only else Opd.objects.order_by("pk"):
        people, overtime = {}, 0
        for key, row, extra in _people(reader, months.members(first, agency, rules, until)):
            people[key] = row
            overtime += extra
        if people:
            counted = replace(signs.get(agency.pk, Signs()), overtime=overtime)
            yield agency, Measured(until, len(reader.days), target, counted, people)


def _people(reader: MonthReader, keys: list[int]) -> Iterator[tuple[int, Worked, int]]:
    for person in reader.people(keys):
        post, facts = person.placement.jabatan, person.facts
        away = sum(absent.kind not in AWAY_ON_DUTY for absent in facts.absent)
        yield (
            person.placement.pegawai_id,
            Worked(
                name=person.placement.pegawai.nama,
                unit=post.induk.nama if post.induk else post.nama,
                family=post.rumpun or post.get_jenis_display(),
                minutes=sum(min(row.listed + row.free, row.cap) for row in facts.logged.values()),
                days=max(0, sum(segment.days for segment in facts.segments) - away),
            ),
            sum(
                max(0, min(row.listed + row.free, row.cap) - schedule.cap(day, reader.policy))
                for day, row in facts.logged.items()
            ),
        )


def _signs(first: dt.date, last: dt.date, only: Opd | None) -> dict[int, Signs]:
    rows = Aktivitas.objects.filter(tanggal__range=(first, last)).order_by()
    if only:
        rows = rows.filter(jabatan__opd=only)
    counted = rows.values("jabatan__opd_id").annotate(
        norm=Sum("menit_norma", filter=Q(state__in=COUNTED), default=0),
        logged=Count("pk"),
        handed_in=Count("pk", filter=Q(state__in=_HANDED_IN)),
        rejected=Count("pk", filter=Q(state=ActivityState.DITOLAK)),
        evening=Count("pk", filter=Q(state__in=COUNTED, selesai__gt=_EVENING)),
    )
    return {row.pop("jabatan__opd_id"): Signs(**row) for row in counted}
