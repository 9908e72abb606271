"""What an employee sees of one day."""

import datetime as dt
from dataclasses import dataclass

from django.db.models import Count, Max, QuerySet

from core.calendar import calendar
from erk.domain import schedule
from erk.domain.checks import date_fault, input_deadline
from erk.domain.policy import on
from erk.enums import COUNTED, VOID, WAITING, ActivityState
from erk.models import Aktivitas, Katalog, Lembur, Pegawai

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
    """Return an employee's day."""
    rules = on(day)
    rows = Aktivitas.objects.filter(pegawai=employee, tanggal=day).select_related("katalog", "pegawai")
    overtime = Lembur.objects.filter(pegawai=employee, tanggal=day).exists()
    return DayView(
        day=day,
        activities=list(rows.order_by("mulai", "pk")),
        norm=schedule.day_norm(day, rules),
        cap=schedule.cap(day, rules, overtime=overtime),
        deadline=input_deadline(day, rules),
        closed=date_fault(employee, day, rules),
        working=calendar().is_working_day(day),
    )


def favourites(employee: Pegawai, day: dt.date) -> list[Katalog]:
    """Return the items an employee used most lately, filled up with what colleagues use most."""
    since = day - _USED_WITHIN
    items = {item.kode: item for item in Katalog.objects.on(day)}
    own = _most_used(Aktivitas.objects.filter(pegawai=employee, tanggal__gte=since))
    if len(own) < FAVOURITES:
        own += [code for code in _most_used(Aktivitas.objects.filter(tanggal__gte=since)) if code not in own]
    own += [code for code in items if code not in own]
    return [items[code] for code in own if code in items][:FAVOURITES]


def _most_used(rows: QuerySet[Aktivitas]) -> list[str]:
    counted = rows.order_by().values("katalog__kode").annotate(n=Count("pk"), last=Max("tanggal"))
    return [row["katalog__kode"] for row in counted.order_by("-n", "-last", "katalog__kode")[: FAVOURITES * 2]]


def next_span(view: DayView, item: Katalog | None) -> tuple[dt.time, dt.time]:
    """Return the likely start and end of the next entry: from the last end on, as long as the norm, not overlapping."""
    ends = [row.selesai for row in view.activities if row.state not in VOID]
    start = max(ends) if ends else schedule.office_hours(view.day)[0]
    length = item.norma if item else 60
    minutes = min(start.hour * 60 + start.minute + length, 23 * 60 + 59)
    return start, dt.time(*divmod(minutes, 60))
