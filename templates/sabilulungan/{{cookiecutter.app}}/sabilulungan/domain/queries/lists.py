"""Lists: the public one, a recipient's years, what waits for a person."""

import datetime as dt
from typing import Any

from django.db import connection
from django.db.models import Count, Q, QuerySet, Sum

from core import dates
from core.calendar import calendar
from core.models import User
from sabilulungan.domain import rulebook
from sabilulungan.domain.flow.people import offices_of
from sabilulungan.domain.queries.public import rows_of
from sabilulungan.enums import CLASSIC_STAGES, ENDS_WITHOUT_MONEY, Form, Role, Stage, State
from sabilulungan.models import EnactedBudget, Proposal, ProposalQuerySet, Recipient
from sabilulungan.rules.flow import STATE_OF
from sabilulungan.rules.profile import Profile

DECIDED = (State.DISETUJUI, State.DITOLAK, State.TIDAK_DIPERTIMBANGKAN)
REPORT_SOON = 60  # days before the last day of a report in which it stands among what waits
READS_ALL = (
    Role.TU, Role.KDH, Role.TP, Role.KETUA_TP, Role.TAPD, Role.KEU, Role.INSPEKTORAT, Role.PENGAWAS,
)  # fmt: skip
ROUTED = tuple(Stage)[tuple(Stage).index(Stage.EVALUASI) :]  # before, the office is only the applicant's guess
OUTCOMES = {
    "berjalan": "Sedang berjalan",
    "terlambat": "Terlambat di tahap sekarang",
    "disetujui": "Disetujui",
    "dibayar": "Sudah dibayar atau diserahkan",
    "dilaporkan": "Sudah dipertanggungjawabkan",
    "belum-lapor": "Terlambat melapor atau dalam sanksi",
    "tidak": "Ditolak atau tidak dipertimbangkan",
    "ditarik": "Ditarik atau kedaluwarsa",
}


def public_list() -> ProposalQuerySet:
    """Return every filed proposal, newest first, ready for rows."""
    return rows_of(Proposal.objects.public())


def outcome(rows: QuerySet[Proposal], value: str) -> QuerySet[Proposal]:
    """Return the rows of an outcome in plain words."""
    if value == "terlambat":
        return rows.filter(overdue())
    if value == "disetujui":
        return rows.filter(amount_approved__isnull=False)
    if value == "dibayar":
        return rows.filter(amount_paid__isnull=False)
    if value == "dilaporkan":
        return rows.filter(amount_accounted__isnull=False)
    if value == "belum-lapor":
        unreported = Q(state__in=[State.PELAKSANAAN, State.LPJ_PERBAIKAN], due_on__lt=dates.today())
        return rows.filter(unreported | Q(state=State.SANKSI))
    if value == "tidak":
        return rows.filter(state__in=[State.DITOLAK, State.TIDAK_DIPERTIMBANGKAN, State.TIDAK_DIANGGARKAN])
    if value == "ditarik":
        return rows.filter(state__in=[State.DITARIK, State.KEDALUWARSA, State.DIBATALKAN])
    return rows.exclude(state__in=ENDS_WITHOUT_MONEY).filter(amount_approved__isnull=True)


def overdue() -> Q:
    """Return what lies longer than allowed where it is now: at least one working day past its due day."""
    last_working_day = calendar().add(dates.today() + dt.timedelta(days=1), -1)
    return Q(due_on__lt=last_working_day) & ~Q(state__in=(*ENDS_WITHOUT_MONEY, State.SELESAI))


# From year to next lower year by the index; a DISTINCT would read every proposal for a handful of years.
_YEARS = """
    WITH RECURSIVE found(year) AS (
        SELECT MAX(budget_year) FROM sabilulungan_proposal WHERE number IS NOT NULL
        UNION ALL
        SELECT (
            SELECT MAX(budget_year) FROM sabilulungan_proposal
            WHERE number IS NOT NULL AND budget_year < found.year
        ) FROM found WHERE found.year IS NOT NULL
    ) SELECT year FROM found WHERE year IS NOT NULL"""


def years() -> list[int]:
    """Return the budget years of filed proposals, newest first."""
    with connection.cursor() as cursor:
        cursor.execute(_YEARS)
        return [year for (year,) in cursor.fetchall()]


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
    return mine | _waiting_later(user, profile)


def _waiting_later(user: User, profile: Profile) -> Q:
    """Return what waits after approval: for the budget team, finance, whoever signs, and the office of goods."""
    mine = Q(pk__in=[])
    money = Q(form=Form.UANG)
    office = Q(office__in=user.scopes(Role.OPD))
    if user.has_role(Role.TAPD):
        mine |= Q(state=State.DISETUJUI, budget_year__in=EnactedBudget.objects.values("budget_year"))
    if user.has_role(Role.KEU):
        mine |= Q(state=State.DIANGGARKAN) | money & Q(state__in=[State.PENCAIRAN, State.LPJ_DIPERIKSA])
    if user.has_role(Role.OPD):
        mine |= ~money & office & Q(state__in=[State.PENCAIRAN, State.LPJ_DIPERIKSA])
    signer = profile.after.agreement_signer
    if user.has_role(signer):
        unsigned = Q(state=State.DITETAPKAN, agreement__isnull=False)
        mine |= unsigned & Q(office__in=user.scopes(signer)) if signer == Role.KEPALA_OPD else unsigned
    return mine


def own_matters(user: User) -> QuerySet[Proposal, Any]:
    """Return the keys of the cases of recipients a person applies for, is an officer of, or declared a tie to."""
    own = Q(recipient__public_id__in=user.scopes(Role.PEMOHON)) | Q(recipient__interests__user=user)
    if user.nik_token:
        own |= Q(recipient__officers__nik_token=user.nik_token)
    return Proposal.objects.filter(own).values("pk")


def queue(user: User) -> ProposalQuerySet:
    """Return what waits for a person at the desk, the most urgent first, his own matters left out."""
    waiting = Proposal.objects.filter(_waiting(user))
    return rows_of(waiting.exclude(pk__in=own_matters(user))).order_by("due_on", "pk")


def late(user: User) -> ProposalQuerySet | None:
    """Return the cases past their day, the longest first; an office reads its own.

    None for whoever reads neither.
    """
    rows = rows_of(Proposal.objects.public().filter(overdue())).order_by("due_on", "pk")
    if user.has_role(*READS_ALL):
        return rows
    offices = offices_of(user)
    return rows.filter(office__in=offices, stage__in=ROUTED) if offices else None


def queue_counts(user: User) -> dict[str, int]:
    """Return how many cases wait for a person, and how many of them are at least one working day late."""
    late = Count("pk", filter=overdue())
    found = queue(user).order_by().aggregate(all=Count("pk"), late=late)
    return {"all": found["all"], "late": found["late"]}


def own(user: User) -> ProposalQuerySet:
    """Return an applicant's proposals, drafts among them, and an operator's paper ones."""
    mine = Q(recipient__public_id__in=user.scopes(Role.PEMOHON))
    if user.has_role(Role.OPERATOR):
        mine |= Q(on_paper=True, created_by=user)
    return rows_of(Proposal.objects.filter(mine)).order_by("-updated_at")


def waits_for_applicant() -> Q:
    """Return what applicants must act on: drafts, repairs, agreements, pay-out papers, reports soon due."""
    soon = dates.today() + dt.timedelta(days=REPORT_SOON)
    return (
        Q(state__in=[State.DRAF, State.PERBAIKAN, State.PERJANJIAN, State.LPJ_PERBAIKAN])
        | Q(state=State.DITETAPKAN, agreement__isnull=True)
        | Q(state=State.PELAKSANAAN, due_on__lte=soon)
    )


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
