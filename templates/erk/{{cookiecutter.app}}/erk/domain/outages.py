"""Times in which E-RK did not work, and what they move (erk.md section 17): drafts and closings of that day."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterator, Mapping

from django.db import transaction
from django.http import HttpRequest

from core import audit, dates
from core.calendar import calendar
from core.errors import Fault, Refused
from core.models import User
from erk.enums import ActivityState, Role
from erk.models import Aktivitas, GangguanAbsensi, GangguanLayanan, Opd
from erk.rules import minutes, windows
from erk.rules.policy import Policy

_LAST_MINUTE = dt.time(23, 59)
_MINUTE = dt.timedelta(minutes=1)
_SEEN_WITHIN = dt.timedelta(days=45)


def by_day(first: dt.date, last: dt.date) -> dict[dt.date, int]:
    """Return the minutes of outage by day."""
    found: dict[dt.date, int] = defaultdict(int)
    rows = GangguanLayanan.objects.filter(tanggal__range=(first, last))
    for day, lost in rows.values_list("tanggal", "menit"):
        found[day] += lost
    return found


def lost_after(month: dt.date) -> dict[dt.date, int]:
    """Return the outages that can move the closing days of a month, in one query."""
    last = windows.month_bounds(month)[1]
    return by_day(last, last + _SEEN_WITHIN)


def closing_of(month: dt.date, rules: Policy, shift: int, lost: Mapping[dt.date, int]) -> windows.Closing:
    """Return the closing days of a month for an agency that closes `shift` working days later."""
    return windows.closing(month, rules.input_days, rules.approval_days, calendar(), shift=shift, outages=lost)


def closing_days(month: dt.date, rules: Policy, agency: Opd | None = None) -> windows.Closing:
    """Return the closing days of an agency's month, in one query; without an agency those of the calendar."""
    return closing_of(month, rules, agency.gelombang if agency else 0, lost_after(month))


def record(
    started: dt.datetime, ended: dt.datetime, words: str, *, actor: User | None, request: HttpRequest | None = None
) -> list[GangguanLayanan]:
    """Note an outage, a row a day, and move the drafts that would have closed on a day lost by it.

    Raises Refused with faults by field. `actor` None: the clock found that the server itself had stood still.
    """
    faults = []
    if ended - started < _MINUTE:
        faults.append(Fault("selesai", "Akhir gangguan harus sesudah awalnya."))
    if ended > dates.now():
        faults.append(Fault("selesai", "Gangguan dicatat sesudah selesai."))
    if ended - started > _SEEN_WITHIN:
        faults.append(Fault("mulai", "Gangguan paling lama 45 hari; periksa tanggalnya."))
    if faults:
        raise Refused("Gangguan belum dicatat. Perbaiki yang bertanda.", faults)
    with transaction.atomic():
        rows = [_note(day, since, until, words, actor) for day, since, until in _days(started, ended)]
        moved = sum(_move_drafts(row.tanggal) for row in rows)
        data = {"sejak": started, "sampai": ended, "draf_digeser": moved}
        role = Role.ADMIN_WILAYAH if actor else ""
        audit.record(rows[0], "catat_gangguan", actor=actor, role=role, note=words, data=data, request=request)
    return rows


def disturb(user: User, day: dt.date, words: str, *, request: HttpRequest | None = None) -> GangguanAbsensi:
    """Mark a day on which attendance failed for the whole region: nobody is late on it."""
    with transaction.atomic():
        if GangguanAbsensi.objects.filter(tanggal=day).exists():
            sentence = f"Gangguan absensi {dates.short_date(day)} sudah dicatat."
            raise Refused(sentence, [Fault("tanggal", sentence)])
        row = GangguanAbsensi.objects.create(tanggal=day, keterangan=words)
        audit.record(row, "catat_gangguan", actor=user, role=Role.ADMIN_WILAYAH, note=words, request=request)
    return row


def _note(day: dt.date, since: dt.time, until: dt.time, words: str, actor: User | None) -> GangguanLayanan:
    if GangguanLayanan.objects.filter(tanggal=day, mulai__lt=until, selesai__gt=since).exists():
        sentence = f"Gangguan {dates.short_date(day)} pada jam itu sudah dicatat."
        raise Refused(sentence, [Fault("mulai", sentence)])
    lost = minutes.between(since, until)
    return GangguanLayanan.objects.create(
        tanggal=day, mulai=since, selesai=until, menit=lost, keterangan=words, dicatat_oleh=actor
    )


def _days(started: dt.datetime, ended: dt.datetime) -> Iterator[tuple[dt.date, dt.time, dt.time]]:
    first, last = dates.local(started), dates.local(ended)
    day = first.date()
    while day <= last.date():
        since = first.time().replace(second=0, microsecond=0) if day == first.date() else dt.time()
        until = last.time().replace(second=0, microsecond=0) if day == last.date() else _LAST_MINUTE
        if until > since:
            yield day, since, until
        day += dt.timedelta(days=1)


def _move_drafts(day: dt.date) -> int:
    """Move what closes on a lost day to the next working day; return how many drafts moved."""
    lost = by_day(day, day)
    until = windows.extended(day, lost, calendar())
    if until == day:
        return 0
    return Aktivitas.objects.filter(state=ActivityState.DRAF, batas=day).update(batas=until)


def since_heartbeat(seen: dt.datetime | None, now: dt.datetime) -> str:
    """Note the time since the clock last ran as an outage when it was a long one; return what was done."""
    if seen is None or now - seen <= dt.timedelta(minutes=windows.LONGEST_OUTAGE):
        return "alive"
    try:
        rows = record(max(seen, now - _SEEN_WITHIN), now, "Server tidak berjalan", actor=None)
    except Refused as known:
        return f"stood still, noted before: {known.sentence}"
    return f"stood still: {sum(row.menit for row in rows)} minutes noted"
