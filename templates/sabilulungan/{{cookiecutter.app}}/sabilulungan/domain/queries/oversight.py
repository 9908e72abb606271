"""What only the auditor sees: who approves without a cut (F13), which signals wait, whose word is final too often."""

import datetime as dt
from dataclasses import dataclass

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import TruncDate

from core import dates
from core.models import User
from sabilulungan.domain import rulebook
from sabilulungan.enums import Severity
from sabilulungan.models import CaseStep, Evaluation, Flag, Proposal, RuleException
from sabilulungan.rules.duplicates import uncut_too_often

MOST_ROWS = 50
MOST_NAMES = 10


@dataclass(frozen=True, slots=True)
class EvaluatorRow:
    """An evaluator in one office: cases approved on his word, how many without any cut, and whether F13 speaks."""

    name: str
    office: str
    approved: int
    uncut: int
    marked: bool

    @property
    def percent(self) -> int:
        """Return the share without a cut in percent, rounded down."""
        return self.uncut * 100 // self.approved


def evaluators() -> list[EvaluatorRow]:
    """Return whoever recommended what was approved, the most without a cut first (F13). Two queries."""
    last = Evaluation.objects.filter(proposal=OuterRef("pk")).order_by("-pk").values("by")[:1]
    rows = (
        Proposal.objects.filter(amount_approved__isnull=False)
        .annotate(evaluator=Subquery(last))
        .exclude(evaluator__isnull=True)
        .values("evaluator", "office")
        .annotate(approved=Count("pk"), uncut=Count("pk", filter=Q(amount_opd=F("amount_asked"))))
        .order_by("-uncut", "-approved")[:MOST_ROWS]
    )
    found = list(rows)
    names = dict(User.objects.filter(pk__in=[row["evaluator"] for row in found]).values_list("pk", "full_name"))
    profile = rulebook.current()
    return [
        EvaluatorRow(
            names[row["evaluator"]], profile.office_short(row["office"]), row["approved"], row["uncut"],
            uncut_too_often(row["uncut"], row["approved"]),
        )
        for row in found
    ]  # fmt: skip


def waiting_signals() -> QuerySet[Flag]:
    """Return the red flags nobody has decided, the oldest first."""
    rows = Flag.objects.filter(severity=Severity.RED, closed_at__isnull=True)
    return rows.select_related("proposal__recipient").order_by("found_at", "pk")[:MOST_ROWS]


def exceptions() -> QuerySet[RuleException]:
    """Return the recorded exceptions from R04 and R10, the newest first."""
    return RuleException.objects.select_related("recipient", "granted_by").order_by("-granted_at", "-pk")[:MOST_ROWS]


def same_day() -> QuerySet[CaseStep]:
    """Return the approvals on the very day the office recommended, the newest first."""
    recommended = CaseStep.objects.filter(proposal=OuterRef("proposal"), transition="T07", at__date=OuterRef("day"))
    approvals = CaseStep.objects.filter(transition="T12").annotate(day=TruncDate("at"))
    rows = approvals.filter(Exists(recommended))
    return rows.select_related("proposal__recipient", "actor").order_by("-at")[:MOST_ROWS]


def busiest() -> list[tuple[str, int]]:
    """Return who acted most on cases within a year, and how often."""
    since = dates.now() - dt.timedelta(days=365)
    rows = CaseStep.objects.filter(at__gte=since, actor__isnull=False).order_by().values("actor__full_name")
    counted = rows.annotate(count=Count("pk")).order_by("-count", "actor__full_name")[:MOST_NAMES]
    return [(row["actor__full_name"], row["count"]) for row in counted]


def rises() -> QuerySet[CaseStep]:
    """Return the acts that raised an amount, the newest first; each has its public reason (R15)."""
    rows = CaseStep.objects.filter(facts__has_key="alasan_naik")
    return rows.select_related("proposal", "actor").order_by("-at")[:MOST_ROWS]
