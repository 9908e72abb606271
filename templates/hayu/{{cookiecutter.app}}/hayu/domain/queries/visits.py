"""The officers' calendar: visits of applications beside inspections of issued permits, each only to its readers."""

import datetime as dt
from dataclasses import dataclass

from django.db.models import QuerySet

from core.models import User
from hayu.domain.permits import supervision
from hayu.domain.queries.applications import readable
from hayu.enums import AppState, InspectionState
from hayu.models import Application, Supervision, Visit


@dataclass(frozen=True, slots=True)
class Appointment:
    """One visit on its day: of an application, or of an issued permit, which is the other one then."""

    day: dt.date
    title: str
    where: str
    who: str
    number: str
    done: bool
    application: Application | None = None
    inspection: Supervision | None = None


def appointed(user: User, first: dt.date, last: dt.date) -> list[Appointment]:
    """Return what is appointed from the first to the last day and this officer may read, by day."""
    return _of(
        Visit.objects.filter(scheduled_for__range=(first, last)),
        Supervision.objects.filter(scheduled_for__range=(first, last)),
        user,
    )


def missed(user: User, today: dt.date) -> list[Appointment]:
    """Return what was appointed before a day and has no minutes yet, the oldest first."""
    return _of(
        Visit.objects.filter(scheduled_for__lt=today, visited_at=None, application__state=AppState.PENINJAUAN),
        Supervision.objects.filter(
            scheduled_for__lt=today, state__in=[InspectionState.DIJADWALKAN, InspectionState.BERJALAN]
        ),
        user,
    )  # fmt: skip


def _of(visits: QuerySet[Visit], inspections: QuerySet[Supervision], user: User) -> list[Appointment]:
    visits = visits.filter(application__in=readable(user).values("pk"))
    found = [_visit(row) for row in visits.select_related("application__type_version", "officer").order_by("pk")]
    seen = supervision.open_to(user).filter(pk__in=inspections.values("pk")).order_by("pk")
    return sorted([*found, *map(_inspection, seen)], key=lambda row: row.day)


def _visit(row: Visit) -> Appointment:
    about = row.application
    return Appointment(
        row.scheduled_for, about.type.name, f"{about.address}, {about.place}", row.officer.full_name,
        str(about.receipt), row.visited_at is not None, application=about,
    )  # fmt: skip


def _inspection(row: Supervision) -> Appointment:
    permit = row.permit
    who = row.officer.full_name if row.officer else str(row.get_trigger_display())
    return Appointment(
        row.scheduled_for, f"{permit.type.product}: {permit.object_text}",
        f"{permit.address}, {permit.place}", who, permit.number, row.visited_at is not None, inspection=row,
    )  # fmt: skip
