"""Red and yellow flags, recorded exceptions, declared interests."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from sabilulungan.enums import FlagDecision, Severity
from sabilulungan.models.proposals import Proposal
from sabilulungan.models.recipients import Recipient


class Flag(models.Model):
    """A signal on a proposal, or that two belong together (section 13). Red blocks until a second person closes it.

    `facts` is a digest of what the signal rests on: the same facts are never signalled twice, other facts of the same
    rule are a signal of their own, so a closed one stays closed with its decision and still hides nothing new.
    """

    proposal = models.ForeignKey(Proposal, models.PROTECT, related_name="flags")
    other = models.ForeignKey(Proposal, models.PROTECT, null=True, related_name="+")
    rule = models.CharField(max_length=3)
    facts = models.CharField(max_length=32, blank=True, db_default="")
    severity = models.CharField(max_length=8)
    score = models.PositiveSmallIntegerField()
    sentence = models.CharField(max_length=200)
    found_at = models.DateTimeField(auto_now_add=True)
    closed_at = models.DateTimeField(null=True)
    closed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    reason = models.TextField(blank=True)
    decision = models.CharField("keputusan", max_length=8, blank=True, db_default="")
    answer = models.TextField("jawaban penerima", blank=True, db_default="")
    answered_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    answered_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["rule", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["proposal", "other", "rule", "facts"], name="sab_flag_once_of_facts"),
            models.UniqueConstraint(
                fields=["proposal", "rule", "facts"], condition=Q(other__isnull=True), name="sab_own_flag_once_of_facts"
            ),
            models.CheckConstraint(condition=Q(severity__in=Severity.values), name="sab_flag_severity"),
            models.CheckConstraint(
                condition=Q(closed_at__isnull=True, closed_by__isnull=True, reason="")
                | Q(closed_at__isnull=False, closed_by__isnull=False) & ~Q(reason=""),
                name="sab_closed_flag_says_why",
            ),
            models.CheckConstraint(
                condition=Q(answer="", answered_by__isnull=True, answered_at__isnull=True)
                | ~Q(answer="") & Q(answered_by__isnull=False, answered_at__isnull=False),
                name="sab_answered_flag_is_whole",
            ),
            models.CheckConstraint(
                condition=Q(decision="") | Q(decision__in=FlagDecision.values, closed_at__isnull=False),
                name="sab_decided_flag_is_closed",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.rule} {self.proposal_id} – {self.other_id}"

    @property
    def confirmed(self) -> bool:
        """Return whether a second person found the signal to be true; a red one then still blocks."""
        return self.decision == FlagDecision.TERBUKTI


class RuleException(models.Model):
    """A recorded and public exception from R04 or R10 for one recipient and budget year, with its legal basis."""

    recipient = models.ForeignKey(Recipient, models.PROTECT, related_name="exceptions")
    budget_year = models.PositiveSmallIntegerField()
    rule = models.CharField(max_length=3)
    legal_basis = models.CharField("dasar hukum", max_length=300)
    granted_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    granted_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["recipient", "budget_year", "rule"], name="sab_exception_once"),
            models.CheckConstraint(condition=Q(rule__in=["R04", "R10"]), name="sab_exception_rule"),
            models.CheckConstraint(condition=~Q(legal_basis=""), name="sab_exception_has_basis"),
        ]

    def __str__(self) -> str:
        return f"{self.rule} TA {self.budget_year}"


class DeclaredInterest(models.Model):
    """An officer's own declaration of kinship or another tie to a recipient; he then acts on none of its cases."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    recipient = models.ForeignKey(Recipient, models.PROTECT, related_name="interests")
    relation = models.CharField("hubungan", max_length=200)
    declared_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user", "recipient"], name="sab_interest_once")]

    def __str__(self) -> str:
        return f"{self.user_id} – {self.recipient_id}"
