"""What waits for a superior, and how the team is doing."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Count, Min, QuerySet, Sum

from core import dates
from core.models import StoredFile, User
from erk.domain.people import positions_of
from erk.domain.permissions import team_positions
from erk.domain.queries.progress import Progress, progress
from erk.enums import WAITING, ActivityState
from erk.models import Aktivitas, Pegawai, Penempatan


def waiting_for(user: User) -> QuerySet[Aktivitas]:
    """Return the activities a person may decide on now, oldest deadline first."""
    rows = Aktivitas.objects.filter(jabatan_penilai_id__in=positions_of(user), state__in=WAITING)
    ready = rows.exclude(pegawai__user=user).select_related("katalog", "pegawai", "jabatan")
    return ready.order_by("batas", "tanggal", "mulai", "pk")


def visible_for(user: User, codes: Iterable[str]) -> list[Aktivitas]:
    """Return the activities of these codes a person decides on, whatever their state now; others do not exist."""
    rows = Aktivitas.objects.filter(jabatan_penilai_id__in=positions_of(user), kode__in=list(codes))
    visible = rows.exclude(pegawai__user=user).select_related("katalog", "pegawai")
    return list(visible.order_by("tanggal", "mulai", "pk"))


def late_for(user: User) -> QuerySet[Aktivitas]:
    """Return late activities of this and the last month a person may open again."""
    since = (dates.today().replace(day=1) - dt.timedelta(days=1)).replace(day=1)
    rows = Aktivitas.objects.filter(
        jabatan_penilai_id__in=positions_of(user), state=ActivityState.TERLAMBAT, tanggal__gte=since, dibuka_pada=None
    )
    return rows.exclude(pegawai__user=user).select_related("katalog", "pegawai", "jabatan").order_by("tanggal", "mulai")


@dataclass(frozen=True, slots=True)
class Pile:
    """What waits of one employee."""

    employee: Pegawai
    count: int
    minutes: int
    oldest: dt.date


def piles(user: User) -> list[Pile]:
    """Return the waiting activities by person, whoever waits longest first."""
    rows = waiting_for(user).select_related(None).order_by()
    sums = {
        row["pegawai"]: row
        for row in rows.values("pegawai").annotate(n=Count("pk"), minutes=Sum("menit_hitung"), oldest=Min("tanggal"))
    }
    people = Pegawai.objects.filter(pk__in=sums)
    found = [Pile(p, sums[p.pk]["n"], sums[p.pk]["minutes"], sums[p.pk]["oldest"]) for p in people]
    return sorted(found, key=lambda pile: (pile.oldest, pile.employee.nama))


def with_proofs(rows: Iterable[Aktivitas]) -> list[Aktivitas]:
    """Return activities with `.proofs` filled, in one query for all of them."""
    listed = list(rows)
    stored = StoredFile.objects.filter(owner_type="erk.aktivitas", owner_id__in=[str(row.pk) for row in listed])
    by_owner: dict[str, list[StoredFile]] = {}
    for one in stored.order_by("kind", "version"):
        by_owner.setdefault(one.owner_id, []).append(one)
    for row in listed:
        row.proofs = by_owner.get(str(row.pk), [])  # type: ignore[attr-defined]
    return listed


@dataclass(frozen=True, slots=True)
class Member:
    """One of a team: placement, month so far, and what waits."""

    placement: Penempatan
    progress: Progress
    waiting: int


def team_of(user: User) -> QuerySet[Penempatan]:
    """Return the placements of the people a person decides on today."""
    today = Penempatan.objects.definitif().on(dates.today()).filter(jabatan_id__in=team_positions(user))
    visible = today.filter(pegawai__aktif=True).exclude(pegawai__user=user)
    return visible.select_related("pegawai", "jabatan__opd").order_by("-jabatan__kelas", "pegawai__nama")


def team(user: User) -> list[Member]:
    """Return the team with its gauges; minutes only, never pay."""
    placements = list(team_of(user))
    keys = [row.pegawai_id for row in placements]
    months = progress(keys)
    counts = dict(waiting_for(user).select_related(None).order_by().values_list("pegawai").annotate(Count("pk")))
    return [
        Member(row, months[row.pegawai_id], counts.get(row.pegawai_id, 0))
        for row in placements
        if row.pegawai_id in months
    ]
