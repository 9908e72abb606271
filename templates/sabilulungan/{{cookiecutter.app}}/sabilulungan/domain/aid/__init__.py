"""Unplanned aid: requests, the short track, the recap of 5 January, and the public sums per village."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.db.models import Count, Q, QuerySet, Sum
from django.http import HttpRequest

from core import counters, dates
from core.models import User
from core.region import region
from core.transitions import Transition
from core.wilayah import name_of
from sabilulungan.domain import rulebook
from sabilulungan.domain.aid.machine import MACHINE
from sabilulungan.enums import AidAction, AidState, Role
from sabilulungan.models import AidRecap, UnplannedAid

GIVEN = (AidState.DISALURKAN, AidState.DIREKAP)
_WAITS = {
    Role.OPD: (AidState.PERMINTAAN, AidState.VERIFIKASI_OPD),
    Role.KDH: (AidState.PERSETUJUAN_KDH,),
    Role.KEU: (AidState.DISETUJUI,),
}


@dataclass(frozen=True, slots=True)
class VillageSum:
    """What the public sees of unplanned aid: a village, how many were helped, and the sum in rupiah."""

    village: str
    district: str
    count: int
    total: int


def begin(user: User, values: dict[str, Any], request: HttpRequest | None = None) -> UnplannedAid:
    """Record a written request or an official's letter (U01)."""
    year = dates.today().year
    with transaction.atomic():
        number = counters.next_number("bansos-tak-terencana", year)
        aid = UnplannedAid(
            **values,
            number=f"{region().region.code.replace('.', '')}-{year}-T-{number:05d}",
            year=year,
            cash_limit=rulebook.current().after.cash_limit,
            created_by=user,
        )
        begun: UnplannedAid = MACHINE.begin(aid, AidAction.MINTA, user, request=request)
    return begun


def perform(aid: UnplannedAid, action: str, actor: User | None, **options: Any) -> UnplannedAid:
    """Do an act; core.errors say in Indonesian why not."""
    done: UnplannedAid = MACHINE.perform(aid.pk, action, actor, **options)
    return done


def available(aid: UnplannedAid, user: User) -> list[Transition]:
    """Return what a person may do now."""
    return MACHINE.available(aid, user)


def visible(user: User) -> QuerySet[UnplannedAid]:
    """Return what a person may read: an office its own, whoever decides, pays or audits everything."""
    if user.has_role(Role.KDH, Role.KEU, Role.INSPEKTORAT, Role.PENGAWAS):
        return UnplannedAid.objects.all()
    return UnplannedAid.objects.filter(Q(office__in=user.scopes(Role.OPD)) | Q(created_by=user))


def waiting(user: User) -> QuerySet[UnplannedAid]:
    """Return what waits for a person."""
    states = [state for role, held in _WAITS.items() if user.has_role(role) for state in held]
    return visible(user).filter(state__in=states)


def recap(day: dt.date) -> AidRecap | None:
    """Make the recap of last year's aid once its day has come (Permendagri 39/2012 art. 35A); None when not due.

    All cases and the recap are written together, so that the sum of the recap is that of its cases.
    """
    year = day.year - 1
    if day < rulebook.current().after.recap_day(year) or AidRecap.objects.filter(year=year).exists():
        return None
    with transaction.atomic():
        cases = list(UnplannedAid.objects.select_for_update().filter(year=year, state=AidState.DISALURKAN))
        made = AidRecap.objects.create(
            year=year, made_on=day, count=len(cases), total=sum(case.amount for case in cases)
        )
        for case in cases:
            perform(case, AidAction.REKAP, None, data={"recap": made})
    return made


def per_village(year: int) -> list[VillageSum]:
    """Return the public sums of a year, the largest first."""
    rows = (
        UnplannedAid.objects.filter(year=year, state__in=GIVEN)
        .order_by()
        .values("village_code")
        .annotate(count=Count("pk"), total=Sum("amount"))
        .order_by("-total", "village_code")
    )
    return [
        VillageSum(name_of(code), name_of(code.rpartition(".")[0]), row["count"], row["total"])
        for row in rows
        for code in [str(row["village_code"])]
    ]


def years() -> list[int]:
    """Return the years with unplanned aid that was given, newest first."""
    given = UnplannedAid.objects.filter(state__in=GIVEN)
    return list(given.order_by("-year").values_list("year", flat=True).distinct())
