"""Lists: the public one, a recipient's years, what waits for a person."""

import datetime as dt

from django.db.models import Count, Q, QuerySet, Sum

from core import dates
from core.calendar import calendar
from core.models import User
from sabilulungan.domain import rulebook
from sabilulungan.domain.queries.public import rows_of
from sabilulungan.enums import CLASSIC_STAGES, ENDS_WITHOUT_MONEY, Role, State
from sabilulungan.models import Proposal, ProposalQuerySet, Recipient
from sabilulungan.rules.flow import STATE_OF

DECIDED = (State.DISETUJUI, State.DITOLAK, State.TIDAK_DIPERTIMBANGKAN)
OUTCOMES = {
    "berjalan": "Sedang berjalan",
    "disetujui": "Disetujui",
    "tidak": "Ditolak atau tidak dipertimbangkan",
    "ditarik": "Ditarik atau kedaluwarsa",
}


def public_list() -> ProposalQuerySet:
    """Return every filed proposal, newest first, ready for rows."""
    return rows_of(Proposal.objects.public())


def outcome(rows: QuerySet[Proposal], value: str) -> QuerySet[Proposal]:
    """Return the rows of an outcome in plain words."""
    if value == "disetujui":
        return rows.filter(amount_approved__isnull=False)
    if value == "tidak":
        return rows.filter(state__in=[State.DITOLAK, State.TIDAK_DIPERTIMBANGKAN, State.TIDAK_DIANGGARKAN])
    if value == "ditarik":
        return rows.filter(state__in=[State.DITARIK, State.KEDALUWARSA, State.DIBATALKAN])
    return rows.exclude(state__in=ENDS_WITHOUT_MONEY).filter(amount_approved__isnull=True)


def years() -> list[int]:
    """Return the budget years of filed proposals, newest first."""
    return list(Proposal.objects.public().order_by("-budget_year").values_list("budget_year", flat=True).distinct())


def newest_decisions(limit: int = 6) -> ProposalQuerySet:
    """Return the latest approvals and refusals."""
    return public_list().filter(state__in=DECIDED).order_by("-state_since", "-pk")[:limit]


def of_recipient(recipient: Recipient) -> ProposalQuerySet:
    """Return a recipient's filed proposals, newest budget year first."""
    return public_list().filter(recipient=recipient).order_by("-budget_year", "-pk")


def _waiting(user: User) -> Q:
    profile = rulebook.current()
    mine = Q(pk__in=[])
    for stage in CLASSIC_STAGES:
        rule = profile.step(stage)
        if not rule.on or rule.owner not in user.roles():
            continue
        part = Q(state=STATE_OF[stage])
        if rule.owner == Role.OPD:
            part &= Q(office__in=user.scopes(Role.OPD))
        mine |= part
    return mine


def queue(user: User) -> ProposalQuerySet:
    """Return what waits for a person at the desk, the most urgent first, his own matters left out."""
    own = Q(recipient__public_id__in=user.scopes(Role.PEMOHON)) | Q(recipient__interests__user=user)
    if user.nik_token:
        own |= Q(recipient__officers__nik_token=user.nik_token)
    waiting = Proposal.objects.filter(_waiting(user))
    own_keys = Proposal.objects.filter(own).values("pk")
    return rows_of(waiting.exclude(pk__in=own_keys)).order_by("due_on", "pk")


def queue_counts(user: User) -> dict[str, int]:
    """Return how many cases wait for a person, and how many of them are at least one working day late."""
    last_working_day = calendar().add(dates.today() + dt.timedelta(days=1), -1)
    late = Count("pk", filter=Q(due_on__lt=last_working_day))
    found = queue(user).order_by().aggregate(all=Count("pk"), late=late)
    return {"all": found["all"], "late": found["late"]}


def own(user: User) -> ProposalQuerySet:
    """Return an applicant's proposals, drafts among them, and an operator's paper ones."""
    mine = Q(recipient__public_id__in=user.scopes(Role.PEMOHON))
    if user.has_role(Role.OPERATOR):
        mine |= Q(on_paper=True, created_by=user)
    return rows_of(Proposal.objects.filter(mine)).order_by("-updated_at")


def needs_applicant(user: User) -> int:
    """Return how many of an applicant's proposals wait for him: drafts and returned ones."""
    return own(user).filter(state__in=[State.DRAF, State.PERBAIKAN]).count()


def totals(rows: QuerySet[Proposal]) -> dict[str, tuple[int, int]]:
    """Return the four true numbers: (rupiah, count) asked, approved, paid, accounted for."""
    found = rows.order_by().aggregate(
        asked=Sum("amount_asked"),
        asked_n=Count("pk"),
        approved=Sum("amount_approved"),
        approved_n=Count("amount_approved"),
        paid=Sum("amount_paid"),
        paid_n=Count("amount_paid"),
        accounted=Sum("amount_accounted"),
        accounted_n=Count("amount_accounted"),
    )
    return {name: (found[name] or 0, found[f"{name}_n"]) for name in ("asked", "approved", "paid", "accounted")}
