"""Employees for those who keep their placements: where they stand, whom they answer to, and what is missing."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Q, QuerySet

from core import dates
from core.models import User
from erk.domain.people import Chain
from erk.enums import Role
from erk.models import Jabatan, Pegawai, Penempatan

EVERYWHERE = (Role.ADMIN_WILAYAH, Role.VERIFIKATOR_BKPSDM, Role.INSPEKTORAT)


def visible_to(user: User) -> "QuerySet[Pegawai]":
    """Return the employees a person keeps: everybody's, or those who work or worked in the own agency."""
    rows = Pegawai.objects.all()
    if user.has_role(*EVERYWHERE):
        return rows
    codes = user.scopes(Role.ADMIN_OPD)
    inside = Penempatan.objects.filter(pegawai=OuterRef("pk"), jabatan__opd__kode__in=codes)
    return rows.filter(Exists(inside))


@dataclass(frozen=True, slots=True)
class StaffRow:
    """An employee with today's position and the position that decides on the work."""

    employee: Pegawai
    placement: Penempatan | None
    superior: Jabatan | None


def with_superiors(employees: Iterable[Pegawai], day: dt.date | None = None) -> list[StaffRow]:
    """Return the employees with position and superior, in four queries for all of them."""
    listed, today = list(employees), day or dates.today()
    placed = Penempatan.objects.definitif().on(today).filter(pegawai__in=listed).select_related("jabatan__opd")
    held = {row.pegawai_id: row for row in placed.order_by("mulai")}
    chain = Chain(today)
    above = {key: chain.superior(row.jabatan_id, key) for key, row in held.items()}
    posts = Jabatan.objects.in_bulk({key for key in above.values() if key})
    return [StaffRow(row, held.get(row.pk), posts.get(above.get(row.pk) or 0)) for row in listed]


def without_superior(agency_codes: Iterable[str] | None = None) -> list[StaffRow]:
    """Return the active employees nobody decides on: their work can never be approved."""
    placed = Penempatan.objects.definitif().on(dates.today()).filter(pegawai__aktif=True)
    if agency_codes is not None:
        placed = placed.filter(jabatan__opd__kode__in=list(agency_codes))
    people = Pegawai.objects.filter(Q(pk__in=placed.values("pegawai_id"))).order_by("nama", "pk")
    return [row for row in with_superiors(people) if row.superior is None]
