"""The service clock of applications: its marks, what it reads, and what happens by itself each day."""

import datetime as dt
from collections.abc import Iterable

from django.db.models import Q

from core import dates
from core.calendar import WorkCalendar, calendar
from core.errors import Refused
from core.pictures import Day
from hayu.domain.policy import policy
from hayu.enums import AppAction, AppState, PermitAction, PermitState
from hayu.models import Application, Permit
from hayu.rules import sla
from hayu.rules.sla import Clock, Mark, Reading

PAY_CALENDAR_DAYS = 30
OBJECTION_DAYS = 10
OBJECTION_SLA = 5
LATE = 3  # the escalation level of the first day late
_BATCH = 1000


def start(application: Application, day: dt.date, days: int) -> None:
    """Begin a clock: day 0 is `day`, and it runs."""
    application.sla_days, application.marks = days, [[day.isoformat(), True]]
    application.decided_at, application.escalated, application.deemed_at = None, 0, None


def mark(application: Application, target: str, now: dt.datetime) -> None:
    """Note on the clock what a change of state means for it, and keep what it reads now."""
    if not application.marks:
        return
    running, day = target in AppState.running(), dates.local(now).date()
    if application.marks[-1][1] != running:
        application.marks = [*application.marks, [day.isoformat(), running]]
    application.decided_at = now if target in AppState.closed() else None
    keep(application, day)


def keep(application: Application, today: dt.date, days: WorkCalendar | None = None) -> Reading:
    """Write what the clock reads into the columns of lists, and return it; saves nothing."""
    reading = sla.read(clock_of(application), days or calendar(), today)
    application.used_days, application.due_on = reading.used, reading.due
    return reading


def clock_of(application: Application) -> Clock:
    """Return the clock of a sent application."""
    marks = tuple(Mark(dt.date.fromisoformat(day), running) for day, running in application.marks)
    decided = dates.local(application.decided_at).date() if application.decided_at else None
    return Clock(application.sla_days, marks, decided)


def reading(application: Application) -> Reading:
    """Return the clock as it stands today."""
    return sla.read(clock_of(application), calendar(), dates.today())


def cells(application: Application) -> list[Day]:
    """Return the clock as day cells for its picture."""
    return sla.cells(clock_of(application), calendar(), dates.today())


def recompute(today: dt.date, *, closed: bool = False) -> int:
    """Read every clock anew and write what changed; return how many changed.

    Open ones need it each day; with `closed` the decided ones too (after a change of the holidays).
    """
    rows = Application.objects.sent() if closed else Application.objects.open()
    days, changed, number = calendar(), [], 0
    rows = rows.only("pk", "marks", "sla_days", "decided_at", "used_days", "due_on").order_by("pk")
    for application in rows.iterator(chunk_size=_BATCH):
        before = (application.used_days, application.due_on)
        keep(application, today, days)
        if (application.used_days, application.due_on) != before:
            changed.append(application)
        if len(changed) == _BATCH:
            number += _write(changed)
            changed = []
    return number + _write(changed)


def _write(changed: list[Application]) -> int:
    Application.objects.bulk_update(changed, ["used_days", "due_on"], batch_size=_BATCH)
    return len(changed)


def _perform(rows: Iterable[tuple[int, str]]) -> int:
    from hayu.domain.permits.machine import machine  # the table's effects mark this clock

    done = 0
    for key, action in list(rows):
        try:
            machine.perform(key, action, None)
        except Refused:  # somebody acted on it in the meantime
            continue
        done += 1
    return done


def lapse(today: dt.date) -> int:
    """End what the applicant left lying past its deadline, and go on with visits put off to a day that has come."""
    late = Application.objects.filter(
        state__in=[AppState.PERLU_PERBAIKAN, AppState.MENUNGGU_PEMBAYARAN], deadline__lt=today
    )
    due = Application.objects.filter(state=AppState.PENINJAUAN_DITUNDA, deadline__lte=today)
    ended = _perform((key, AppAction.LEWAT_BATAS) for key in late.values_list("pk", flat=True))
    return ended + _perform((key, AppAction.LANJUT) for key in due.values_list("pk", flat=True))


def remind(today: dt.date) -> int:
    """Remind applicants who have to mend something, on the region's working days after the return."""
    waiting = Application.objects.filter(state=AppState.PERLU_PERBAIKAN)
    due = [row.pk for row in waiting if reminders_due(row, today) > row.reminded]
    return _perform((key, AppAction.INGATKAN) for key in due)


def reminders_due(application: Application, today: dt.date) -> int:
    """Return how many reminders should have gone out by a day."""
    passed = calendar().count(dates.local(application.state_since).date(), today)
    return sum(passed >= day for day in policy().remind_on)


def escalate(today: dt.date) -> tuple[int, int]:
    """Tell superiors what runs late, once a level and each day past the end; label deemed approvals.

    Nothing is signed here: the law may hold a silent office to have granted, but only a person signs.
    """
    told, deemed = [], []
    for row in Application.objects.open().select_related("type_version"):
        now = sla.read(clock_of(row), calendar(), today)
        if not now.running or not now.escalation:
            continue
        if level_of(now) > row.escalated:
            told.append(row.pk)
        if now.late_days and row.deemed_at is None and row.type.deemed_approval and not row.objected:
            deemed.append(row.pk)
    return (
        _perform((key, AppAction.ESKALASI) for key in told),
        _perform((key, AppAction.ANGGAP_KABUL) for key in deemed),
    )


def sign_by(application: Application) -> dt.date | None:
    """Return the day by which what is deemed granted has to be signed, None for the rest (hayu.md section 10)."""
    if application.deemed_at is None:
        return None
    return calendar().add(dates.local(application.deemed_at).date(), sla.DEEMED_SIGN_DAYS)


def level_of(now: Reading) -> int:
    """Return the escalation as a number that grows: 1 at 80 %, 2 at 100 %, then one more each day late."""
    return 2 + now.late_days if now.late_days else now.escalation


def permits_daily(today: dt.date) -> tuple[int, int, int]:
    """Begin, remind of and end permits by their dates; return how many of each."""
    from hayu.domain.permits.issued import machine as permits

    def run(rows: Iterable[int], action: str) -> int:
        done = 0
        for key in list(rows):
            try:
                permits.perform(key, action, None)
            except Refused:
                continue
            done += 1
        return done

    begun = Permit.objects.filter(state=PermitState.TERBIT, starts_on__lte=today)
    over = Permit.objects.filter(state__in=[PermitState.BERLAKU, PermitState.DIBEKUKAN], ends_on__lt=today)
    begun_now = run(begun.values_list("pk", flat=True), PermitAction.AKTIFKAN)
    ended = run(over.values_list("pk", flat=True), PermitAction.AKHIRI)
    notices = Q()
    for number, before in enumerate(policy().expiry_notices, start=1):
        notices |= Q(ends_on__lte=today + dt.timedelta(days=before), reminded__lt=number)
    soon = Permit.objects.filter(notices, state=PermitState.BERLAKU, ends_on__gte=today)
    return begun_now, run(soon.values_list("pk", flat=True), PermitAction.INGATKAN), ended
