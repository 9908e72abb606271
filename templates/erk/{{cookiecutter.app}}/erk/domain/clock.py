"""What time does by itself: late drafts, returned ones left alone, undecided ones, warnings. Safe to run again."""

import datetime as dt
from collections import Counter
from collections.abc import Iterable
from typing import Any

from django.db.models import Count, QuerySet

from core import dates, notify
from core.errors import Refused
from core.models import Notification, User
from erk.domain import policy
from erk.domain.machine import ACTIVITIES
from erk.domain.people import Chain
from erk.enums import EDITABLE, WAITING, ActivityState
from erk.models import Aktivitas, Penempatan


def _over(state: ActivityState, today: dt.date) -> QuerySet[Aktivitas]:
    return Aktivitas.objects.filter(state=state, batas__lt=today, terkunci=False)


def _perform(keys: Iterable[int], action: str, **data: Any) -> int:
    done = 0
    for key in keys:
        try:
            ACTIVITIES.perform(key, action, None, data=data)
        except (Refused, Aktivitas.DoesNotExist):
            continue  # somebody acted in between: then nothing is overdue any more
        done += 1
    return done


def close_late(today: dt.date) -> int:
    """Move drafts past their input window to TERLAMBAT; return how many."""
    return _perform(_over(ActivityState.DRAF, today).values_list("pk", flat=True), "terlambat")


def close_returned(today: dt.date) -> int:
    """Reject returned activities nobody mended in time; return how many."""
    return _perform(_over(ActivityState.DIKEMBALIKAN, today).values_list("pk", flat=True), "lewat_perbaikan")


def escalate(today: dt.date) -> int:
    """Hand activities that were not decided in time to the next superior; return how many."""
    keys = list(_over(ActivityState.DIAJUKAN, today).values_list("pk", flat=True))
    return _perform(keys, "eskalasi", chain=Chain(today)) if keys else 0


def approve_overdue(today: dt.date) -> int:
    """Approve escalated activities after the month's approvals closed, where the region's rules say so."""
    if not policy.on(today).auto_approve:
        return 0
    rows = Aktivitas.objects.filter(state=ActivityState.DIESKALASI, terkunci=False, tanggal__lt=today.replace(day=1))
    return _perform(rows.values_list("pk", flat=True), "lewat_tutup")


REMINDED_FROM, GROUPS = 7, 4  # the hour of the first reminders, and in how many hours everybody is reached


def groups_at(hour: int) -> range:
    """Return the groups whose reminders may go out by an hour of the day: one more each hour, none before seven.

    Everybody reminded at once comes at once (erk.md section 17); a missed hour is caught up in the next.
    """
    return range(max(0, min(GROUPS, hour - REMINDED_FROM + 1)))


def _not_told(event: str, today: dt.date, people: Iterable[User], groups: Iterable[int]) -> set[int]:
    """Return the accounts of the groups that have not got a notification of this kind today."""
    told = Notification.objects.filter(event=event, created_at__gte=dates.at(today)).values_list("user_id", flat=True)
    chosen = set(groups)
    return {user.pk for user in people if user.pk % GROUPS in chosen} - set(told)


def remind_owners(today: dt.date, groups: Iterable[int] = range(GROUPS)) -> int:
    """Tell employees once what they have to hand in or mend by the end of today; return how many were told."""
    rows = Aktivitas.objects.filter(state__in=EDITABLE, batas=today, terkunci=False, pegawai__user__isnull=False)
    counts = dict(rows.order_by().values_list("pegawai__user_id").annotate(Count("pk")))
    users = User.objects.in_bulk(counts)
    wanted = _not_told("erk.batas_hari_ini", today, users.values(), groups)
    messages = [
        notify.Message(
            event="erk.batas_hari_ini",
            user=user,
            subject=f"{counts[key]} aktivitas berakhir hari ini",
            body="Ajukan atau perbaiki hari ini juga; sesudahnya menitnya tidak dihitung.",
            link="/hari-ini/",
        )
        for key, user in users.items()
        if key in wanted
    ]
    notify.queue(messages)
    return len(messages)


def remind_superiors(today: dt.date, groups: Iterable[int] = range(GROUPS)) -> int:
    """Tell every holder of a deciding position once a day how much waits; return how many were told."""
    waiting = Aktivitas.objects.filter(state__in=WAITING).values("jabatan_penilai").annotate(n=Count("pk"))
    by_position = {row["jabatan_penilai"]: row["n"] for row in waiting.order_by()}
    held = Penempatan.objects.on(today).filter(jabatan_id__in=by_position, pegawai__user__isnull=False)
    total: Counter[int] = Counter()
    people = {}
    for placement in held.select_related("pegawai__user"):
        people[placement.pegawai_id] = placement.pegawai.user
        total[placement.pegawai_id] += by_position[placement.jabatan_id]
    wanted = _not_told("erk.menunggu", today, people.values(), groups)
    messages = [
        notify.Message(
            event="erk.menunggu",
            user=user,
            subject=f"{total[key]} aktivitas menunggu Anda",
            body="Setujui, turunkan menitnya, kembalikan, atau tolak.",
            link="/persetujuan/",
        )
        for key, user in people.items()
        if user.pk in wanted
    ]
    notify.queue(messages)
    return len(messages)
