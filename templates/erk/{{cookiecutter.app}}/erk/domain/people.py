"""Who is whose superior, and who acts for whom (erk.md sections 3 and 7)."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Exists, F, Func, OuterRef, Q, QuerySet, Subquery
from django.db.models.expressions import RawSQL

from core import dates
from core.models import User
from erk.enums import WAITING, ActivityState, Role
from erk.models import Aktivitas, Jabatan, Opd, Pegawai, Penempatan


@dataclass(frozen=True, slots=True)
class Standing:
    """What an account is today: employee, positions held, whether people stand below, what waits and came back."""

    employee: Pegawai | None
    positions: frozenset[int] = frozenset()
    leads: bool = False
    waiting: int = 0
    returned: int = 0


def standing(user: User) -> Standing:
    """Return an account's standing, read once per request: in one query for everybody who has a position."""
    cached: Standing | None = getattr(user, "_erk_standing", None)
    if cached is None:
        cached = _standing(user)
        setattr(user, "_erk_standing", cached)  # noqa: B010  (reaches the account behind a lazy request.user)
    return cached


def count_of(rows: "QuerySet[Aktivitas]") -> Subquery:
    """Return the number of rows of a correlated query, as a column of the outer one."""
    return Subquery(rows.order_by().annotate(n=Func(F("pk"), function="COUNT")).values("n"))


def _standing(user: User) -> Standing:
    at = OuterRef("jabatan_id")
    decided = Aktivitas.objects.filter(jabatan_penilai=at, state__in=WAITING).exclude(pegawai=OuterRef("pegawai_id"))
    returned = Aktivitas.objects.filter(pegawai=OuterRef("pegawai_id"), state=ActivityState.DIKEMBALIKAN)
    held = Penempatan.objects.on(dates.today()).filter(pegawai__user=user, pegawai__aktif=True)
    rows = list(
        held.select_related("pegawai").annotate(
            leads=Exists(Jabatan.objects.filter(Q(induk=at) | Q(delegasi=at))),
            waiting=count_of(decided),
            returned=count_of(returned),
        )
    )
    if not rows:
        return Standing(Pegawai.objects.filter(user=user, aktif=True).first())
    return Standing(
        employee=rows[0].pegawai,
        positions=frozenset(row.jabatan_id for row in rows),
        leads=any(row.leads for row in rows),
        waiting=sum({row.jabatan_id: row.waiting for row in rows}.values()),
        returned=rows[0].returned,
    )


def employee_of(user: User) -> Pegawai | None:
    """Return the active employee behind an account."""
    return standing(user).employee


def needs_second_step(user: User) -> bool:
    """Return whether an account may not do without the second step: approvers and the personnel agency (erk.md §17)."""
    return standing(user).leads or user.has_role(Role.KEPALA_OPD, Role.VERIFIKATOR_BKPSDM, Role.ADMIN_WILAYAH)


def positions_of(user: User) -> frozenset[int]:
    """Return the positions an account holds today, for good or acting."""
    return standing(user).positions


def placement_on(pegawai: Pegawai, day: dt.date) -> Penempatan | None:
    """Return the definitive placement of an employee on a day, with position and agency."""
    held = Penempatan.objects.definitif().on(day).filter(pegawai=pegawai)
    return held.select_related("jabatan__opd").order_by("mulai").last()


def superior_of(jabatan: Jabatan, pegawai: Pegawai, day: dt.date) -> int | None:
    """Return the position that decides on one person's work, as Chain.superior, in two queries a level."""
    seen, at = {jabatan.pk}, jabatan
    while at.induk_id is not None and at.induk_id not in seen:
        above = Jabatan.objects.get(pk=at.induk_id)
        if _held_by_another(above.pk, pegawai, day):
            return above.pk
        seen.add(above.pk)
        at = above
    delegate = at.delegasi_id
    return delegate if delegate is not None and _held_by_another(delegate, pegawai, day) else None


def _held_by_another(position: int, pegawai: Pegawai, day: dt.date) -> bool:
    held = Penempatan.objects.on(day).filter(jabatan_id=position, pegawai__aktif=True)
    return held.exclude(pegawai=pegawai).exists()


_BELOW = """
WITH RECURSIVE below(id) AS (
    SELECT id FROM erk_jabatan WHERE induk_id IN ({held}) OR (induk_id IS NULL AND delegasi_id IN ({held}))
    UNION
    SELECT child.id FROM erk_jabatan child JOIN below ON child.induk_id = below.id
    WHERE NOT EXISTS (
        SELECT 1 FROM erk_penempatan p JOIN erk_pegawai e ON e.id = p.pegawai_id
        WHERE p.jabatan_id = below.id AND e.aktif AND p.mulai <= %s AND (p.akhir IS NULL OR p.akhir >= %s)
    )
)
SELECT id FROM below"""


def below(positions: Iterable[int], day: dt.date) -> RawSQL:
    """Return a subquery of the positions whose holders one of `positions` decides on.

    These are the children, the tops of the tree delegated to one of them, and what lies below vacant ones, however
    many lie on top of each other. The numbers go in as parameters.
    """
    held = sorted(positions) or [0]
    marks = ", ".join(["%s"] * len(held))
    return RawSQL(_BELOW.format(held=marks), [*held, *held, day, day])  # noqa: S611  (only marks are formatted in)


def positions_below(positions: Iterable[int], day: dt.date) -> set[int]:
    """Return the keys of `below`, in one query."""
    held = frozenset(positions)
    return set(Jabatan.objects.filter(pk__in=below(held, day)).values_list("pk", flat=True)) if held else set()


def leads(user: User, employee: Pegawai) -> bool:
    """Return whether an employee stands under a person today; nobody leads oneself."""
    if employee.user_id == user.pk:
        return False
    today = Penempatan.objects.definitif().on(dates.today()).filter(pegawai=employee)
    return today.filter(jabatan_id__in=below(positions_of(user), dates.today())).exists()


class Chain:
    """The position tree and its holders on one day: answers who decides, for many people, in two queries."""

    def __init__(self, day: dt.date) -> None:
        self.day = day
        self._parent: dict[int, int | None] = {}
        self._delegate: dict[int, int | None] = {}
        for pk, parent, delegate in Jabatan.objects.values_list("pk", "induk_id", "delegasi_id"):
            self._parent[pk], self._delegate[pk] = parent, delegate
        self._holders: dict[int, set[int]] = defaultdict(set)
        active = Penempatan.objects.on(day).filter(pegawai__aktif=True)
        for position, person in active.values_list("jabatan_id", "pegawai_id"):
            self._holders[position].add(person)

    def superior(self, position: int, person: int) -> int | None:
        """Return the position that decides on a person's work: the nearest one above that somebody else holds.

        A vacant position, or one the person acts in, is passed over. At the top the position's delegate decides.
        """
        seen = {position}
        at, above = position, self._parent.get(position)
        while above is not None and above not in seen:
            if self._holders[above] - {person}:
                return above
            seen.add(above)
            at, above = above, self._parent.get(above)
        delegate = self._delegate.get(at)
        return delegate if delegate is not None and self._holders[delegate] - {person} else None


def scopes_of(role: str) -> list[tuple[str, str]]:
    """Return what a role is limited to: head and administrator of an agency to that agency; never "everywhere"."""
    if role in (Role.KEPALA_OPD, Role.ADMIN_OPD):
        return list(Opd.objects.values_list("kode", "nama"))
    return []
