"""What an applicant sees of their own."""

from django.db.models import Case, IntegerField, QuerySet, Value, When

from core.models import User
from hayu.enums import State
from hayu.models import Report


def mine(user: User) -> QuerySet[Report]:
    """Return a person's reports: what waits for them first, then drafts, then by date."""
    urgency = Case(
        When(state=State.PERLU_PEMBETULAN, then=Value(0)),
        When(state=State.DIBEKUKAN, then=Value(1)),
        When(state=State.DRAF, then=Value(2)),
        default=Value(3),
        output_field=IntegerField(),
    )
    return Report.objects.filter(applicant=user).annotate(urgency=urgency).order_by("urgency", "-created_at", "-pk")


def waiting(user: User) -> int:
    """Return how many of them wait for the owner."""
    return Report.objects.filter(applicant=user, state__in=[State.PERLU_PEMBETULAN, State.DRAF]).count()
