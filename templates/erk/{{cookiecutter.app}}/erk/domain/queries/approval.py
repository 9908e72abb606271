"""What waits for a superior, and how the team is doing."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import CharField, Count, Min, OuterRef, QuerySet, Subquery, Sum
from django.db.models.functions import Cast

from core import dates
from core.models import StoredFile, User
from erk.domain.activity import MAX_PROOFS
from erk.domain.people import below, count_of, positions_of
from erk.domain.queries.progress import Progress, progress
from erk.enums import WAITING, ActivityState
from erk.models import Aktivitas, Penempatan


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

    code: str
    name: str
    count: int
    minutes: int
    oldest: dt.date


def piles(user: User) -> list[Pile]:
    """Return the waiting activities by person, whoever waits longest first."""
    rows = waiting_for(user).select_related(None).order_by()
    sums = rows.values("pegawai__kode", "pegawai__nama").annotate(
        n=Count("pk"), minutes=Sum("menit_hitung"), oldest=Min("tanggal")
    )
    found = [Pile(r["pegawai__kode"], r["pegawai__nama"], r["n"], r["minutes"], r["oldest"]) for r in sums]
    return sorted(found, key=lambda pile: (pile.oldest, pile.name))


def with_proofs(rows: "QuerySet[Aktivitas]") -> "QuerySet[Aktivitas]":
    """Return the rows with the addresses of their proof files (`proof_1` …), read along with them."""
    owned = StoredFile.objects.filter(owner_type="erk.aktivitas", owner_id=Cast(OuterRef("pk"), CharField()))
    newest = owned.order_by("-version").values("public_id")
    return rows.annotate(
        **{f"proof_{n}": Subquery(newest.filter(kind=f"bukti-{n}")[:1]) for n in range(1, MAX_PROOFS + 1)}
    )


@dataclass(frozen=True, slots=True)
class Member:
    """One of a team: placement, month so far, and what waits."""

    placement: Penempatan
    progress: Progress
    waiting: int


def team_of(user: User) -> "QuerySet[Penempatan]":
    """Return the placements of the people a person decides on today."""
    team = below(positions_of(user), dates.today())
    today = Penempatan.objects.definitif().on(dates.today()).filter(jabatan_id__in=team)
    visible = today.filter(pegawai__aktif=True).exclude(pegawai__user=user)
    return visible.select_related("pegawai", "jabatan").order_by("-jabatan__kelas", "pegawai__nama")


def team(user: User) -> list[Member]:
    """Return the team with its gauges in two queries; minutes only, never pay."""
    undecided = Aktivitas.objects.filter(
        jabatan_penilai_id__in=positions_of(user), state__in=WAITING, pegawai=OuterRef("pegawai_id")
    )
    placements = list(team_of(user).annotate(waiting=count_of(undecided)))
    months = progress([row.pegawai_id for row in placements])
    return [
        Member(row, months[row.pegawai_id], row.waiting)  # type: ignore[attr-defined]
        for row in placements
        if row.pegawai_id in months
    ]
