"""A month by place: what came in and what was issued in each kecamatan, or kabupaten and kota of a province."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, QuerySet

from core import dates, maps, wilayah
from hayu.domain.queries.monthly import last_day
from hayu.models import Application, Permit, Report


@dataclass(frozen=True, slots=True)
class Place:
    """One part of the region in one month: applications received, permits issued, businesses that reported."""

    code: str
    name: str
    received: int
    issued: int
    reported: int


def month(first: dt.date) -> list[Place]:
    """Return every part of the region, the most frequented first, in three queries."""
    last = last_day(first)
    begin, end = dates.at(first), dates.at(last + dt.timedelta(days=1))
    received = _counted(Application.objects.sent().filter(sent_at__gte=begin, sent_at__lt=end))
    issued = _counted(Permit.objects.filter(imported=False, issued_on__gte=first, issued_on__lte=last))
    reported = _counted(Report.objects.registered().filter(registered_at__gte=begin, registered_at__lt=end))
    places = [
        Place(place.code, place.name, *(sums.get(place.code, 0) for sums in (received, issued, reported)))
        for place in wilayah.regencies() or wilayah.districts()
    ]
    return sorted(places, key=lambda place: (-place.received - place.issued - place.reported, place.name))


def _counted(rows: QuerySet[Any]) -> dict[str, int]:
    return maps.gathered(dict(rows.order_by().values_list("district_code").annotate(number=Count("pk"))))
