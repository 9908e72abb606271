"""What an employee sees of one day."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import OuterRef, Q, QuerySet

from core.calendar import calendar
from erk.domain import records, schedule
from erk.domain.checks import date_fault, deadline_of
from erk.domain.people import count_of
from erk.domain.policy import on
from erk.domain.queries.progress import Progress, progress
from erk.domain.records import Records
from erk.enums import COUNTED, VOID, WAITING, ActivityState
from erk.models import Aktivitas, Katalog, Pegawai, Penempatan
from erk.rules import windows

FAVOURITES = 6
_USED_WITHIN = dt.timedelta(days=45)


@dataclass(frozen=True, slots=True)
class DayView:
    """A day of one employee: the log, its minutes by state, the norm and cap of the day, and whether it is open."""

    day: dt.date
    activities: list[Aktivitas]
    norm: int
    cap: int
    deadline: dt.date
    closed: str
    working: bool

    def _sum(self, states: tuple[ActivityState, ...]) -> int:
        chosen = (row for row in self.activities if row.state in states)
        return sum(row.menit_hitung if row.menit_setuju is None else row.menit_setuju for row in chosen)

    @property
    def logged(self) -> int:
        """Return the minutes of everything that may still count, drafts included."""
        live = tuple(state for state in ActivityState if state not in VOID)
        return self._sum(live)

    @property
    def counted(self) -> int:
        """Return the minutes shown on the bar: what was logged, up to the day's cap."""
        return min(self.logged, self.cap)

    @property
    def above_cap(self) -> int:
        """Return the minutes that are kept but not counted."""
        return max(0, self.logged - self.cap)

    @property
    def approved(self) -> int:
        """Return the approved minutes."""
        return self._sum(COUNTED)

    @property
    def waiting(self) -> int:
        """Return the minutes the superior has not decided on."""
        return self._sum(WAITING)

    @property
    def drafts(self) -> list[Aktivitas]:
        """Return the drafts, which can be handed in together."""
        return [row for row in self.activities if row.state == ActivityState.DRAF]


def day_of(employee: Pegawai, day: dt.date) -> DayView:
    """Return an employee's day, in two queries."""
    rows = Aktivitas.objects.filter(pegawai=employee, tanggal=day).select_related("katalog")
    return _view(employee, day, list(rows), records.read([employee.pk], day, day, records.DAYS))


def _view(employee: Pegawai, day: dt.date, rows: Iterable[Aktivitas], known: Records) -> DayView:
    rules = on(day)
    return DayView(
        day=day,
        activities=sorted((row for row in rows if row.tanggal == day), key=lambda row: (row.mulai, row.pk)),
        norm=schedule.day_norm(day, rules),
        cap=schedule.cap(day, rules, overtime=(employee.pk, day) in known.overtime),
        deadline=deadline_of(employee, day, rules, known),
        closed=date_fault(employee, day, rules, known=known),
        working=calendar().is_working_day(day),
    )


@dataclass(frozen=True, slots=True)
class TodayView:
    """Everything of the page of a day: the day, its month, what came back, usual items, the last day with work."""

    day: DayView
    month: Progress | None
    returned: list[Aktivitas]
    favourites: list[Katalog]
    source_day: dt.date | None


def today_view(employee: Pegawai, day: dt.date) -> TodayView:
    """Return the page of a day, in three queries: own work of some weeks, records of the month, the catalogue."""
    first, last = windows.month_bounds(day)
    known = records.read([employee.pk], first, last, records.GAUGE)
    lately = Q(tanggal__range=(min(first, day - _USED_WITHIN), last)) | Q(state=ActivityState.DIKEMBALIKAN)
    rows = list(Aktivitas.objects.filter(lately, pegawai=employee).select_related("katalog"))
    view = _view(employee, day, rows, known)
    returned = [row for row in rows if row.state == ActivityState.DIKEMBALIKAN]
    worked = (row.tanggal for row in rows if row.tanggal < day and row.state not in VOID)
    return TodayView(
        day=view,
        month=progress([employee.pk], first, known).get(employee.pk),
        returned=sorted(returned, key=lambda row: (row.batas or row.tanggal, row.pk))[:10],
        favourites=[] if view.closed else _favourites(employee, day, rows),
        source_day=None if view.closed else max(worked, default=None),
    )


def favourites(employee: Pegawai, day: dt.date) -> list[Katalog]:
    """Return the items an employee used most lately, filled up with what colleagues in the same position use."""
    rows = Aktivitas.objects.filter(pegawai=employee, tanggal__gte=day - _USED_WITHIN).select_related("katalog")
    return _favourites(employee, day, rows)


def _favourites(employee: Pegawai, day: dt.date, rows: Iterable[Aktivitas]) -> list[Katalog]:
    used: dict[str, tuple[int, dt.date]] = {}
    for row in rows:
        times, latest = used.get(row.katalog.kode, (0, row.tanggal))
        used[row.katalog.kode] = times + 1, max(latest, row.tanggal)
    items = Katalog.objects.open_to(employee.pk, day)
    if len(used) < FAVOURITES:
        items = items.annotate(colleagues=count_of(_by_colleagues(employee, day)))
    found = list(items)

    def rank(item: Katalog) -> tuple[int, dt.date, int]:
        times, latest = used.get(item.kode, (0, dt.date.min))
        return times, latest, getattr(item, "colleagues", 0)

    return sorted(found, key=rank, reverse=True)[:FAVOURITES]


def _by_colleagues(employee: Pegawai, day: dt.date) -> QuerySet[Aktivitas]:
    """Return the work of a week by holders of the same position: what a newcomer will need."""
    posts = Penempatan.objects.definitif().on(day).filter(pegawai=employee).values("jabatan_id")
    week = (day - dt.timedelta(days=7), day)
    return Aktivitas.objects.filter(katalog=OuterRef("pk"), jabatan_id__in=posts, tanggal__range=week)


def next_span(view: DayView, item: Katalog | None) -> tuple[dt.time, dt.time]:
    """Return the likely start and end of the next entry: from the last end on, as long as the norm, not overlapping."""
    ends = [row.selesai for row in view.activities if row.state not in VOID]
    start = max(ends) if ends else schedule.office_hours(view.day)[0]
    length = item.norma if item else 60
    minutes = min(start.hour * 60 + start.minute + length, 23 * 60 + 59)
    return start, dt.time(*divmod(minutes, 60))
