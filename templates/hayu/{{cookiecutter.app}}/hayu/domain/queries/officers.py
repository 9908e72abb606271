"""What waits for an officer, and what an officer may read."""

import datetime as dt
from dataclasses import dataclass

from django.db.models import Q, QuerySet

from core import dates
from core.calendar import calendar
from core.models import User
from hayu.domain.people import READS_ALL
from hayu.domain.permits import supervision
from hayu.enums import Channel, Outcome, PermitState, Role, State
from hayu.models import Inspection, Permit, Report


@dataclass(frozen=True, slots=True)
class Due:
    """A deadline in working days from today: negative when it has passed."""

    day: dt.date
    left: int

    @property
    def words(self) -> str:
        """Return the deadline as people say it."""
        if self.left < 0:
            return f"terlambat {-self.left} hari kerja"
        return "hari ini" if self.left == 0 else f"{self.left} hari kerja lagi"

    @property
    def tone(self) -> str:
        """Return the tone of its badge."""
        return "bad" if self.left < 0 else "waiting" if self.left <= 3 else "neutral"


def due(day: dt.date) -> Due:
    """Return how far a deadline is, in working days of the region."""
    today = dates.today()
    left = calendar().count(today, day) if day >= today else -max(calendar().count(day, today), 1)
    return Due(day, left)


def readable(user: User) -> QuerySet[Report]:
    """Return the sent reports an officer may read, newest first."""
    rows = Report.objects.registered()
    if user.has_role(*READS_ALL):
        return rows
    if user.has_role(Role.PENGAWAS):
        return rows.within(user.scopes(Role.PENGAWAS))
    return rows.none()


def not_own(rows: QuerySet[Report], user: User) -> QuerySet[Report]:
    """Leave out an officer's own business."""
    rows = rows.exclude(applicant=user)
    return rows.exclude(nik_token=user.nik_token) if user.nik_token else rows


def to_inspect(user: User) -> QuerySet[Report]:
    """Return the reports this inspector is to visit, nearest deadline first."""
    if not user.has_role(Role.PENGAWAS):
        return Report.objects.none()
    rows = Report.objects.filter(state=State.DIJADWALKAN_PERIKSA).within(user.scopes(Role.PENGAWAS))
    return not_own(rows, user).order_by("inspect_by", "pk")


def to_decide(user: User) -> QuerySet[Report]:
    """Return the frozen reports and those with two warnings, on which the head decides; longest waiting first."""
    if not user.has_role(Role.PENANDATANGAN):
        return Report.objects.none()
    rows = Report.objects.filter(
        Q(state=State.DIBEKUKAN) | Q(warnings__gte=2, state__in=[State.TERDAFTAR, State.PERLU_PEMBETULAN])
    )
    return not_own(rows, user).order_by("state_since", "pk")


def overdue_suspensions(user: User) -> QuerySet[Permit]:
    """Return the permits whose suspension has run out, on which the head decides: restore or revoke."""
    if not user.has_role(Role.PENANDATANGAN):
        return Permit.objects.none()
    rows = Permit.objects.filter(state=PermitState.DIBEKUKAN, suspended_until__lt=dates.today()).exclude(holder=user)
    if user.nik_token:
        rows = rows.exclude(nik_token=user.nik_token)
    return rows.select_related("type_version").order_by("suspended_until", "pk")


def at_desk(user: User) -> QuerySet[Report]:
    """Return what came in at the desk: drafts of this officer first, then the reports by date."""
    if not user.has_role(Role.LOKET):
        return Report.objects.none()
    rows = Report.objects.filter(channel=Channel.LOKET).filter(~Q(state=State.DRAF) | Q(filed_by=user))
    return rows.order_by("-created_at", "-pk")


def drafts_of(user: User) -> QuerySet[Report]:
    """Return the unfinished reports a desk officer began."""
    return at_desk(user).filter(state=State.DRAF)


def waiting(user: User) -> int:
    """Return how many things wait for an officer."""
    watched = supervision.waiting(user).count() + overdue_suspensions(user).count()
    return to_inspect(user).count() + to_decide(user).count() + watched


@dataclass(frozen=True, slots=True)
class SampleAudit:
    """How far this year's inspections after the report are."""

    chosen: int
    inspected: int
    wrong: int
    overdue: int


def sample_audit() -> SampleAudit:
    """Return the progress of this year's sample: chosen, visited, not as reported, past their day."""
    start = dates.at(dates.today().replace(month=1, day=1))
    visits = Inspection.objects.filter(visited_at__gte=start)
    waiting = Report.objects.filter(state=State.DIJADWALKAN_PERIKSA)
    return SampleAudit(
        chosen=Report.objects.exclude(sample_rule="").filter(drawn_on__gte=start.date()).count(),
        inspected=visits.count(),
        wrong=visits.filter(outcome=Outcome.TIDAK_SESUAI).count(),
        overdue=waiting.filter(inspect_by__lt=dates.today()).count(),
    )
