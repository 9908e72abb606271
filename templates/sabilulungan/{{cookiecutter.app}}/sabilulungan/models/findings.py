"""Red and yellow flags, recorded exceptions, declared interests."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from sabilulungan.enums import Severity
from sabilulungan.models.proposals import Proposal
from sabilulungan.models.recipients import Recipient


class Flag(models.Model):
    """A signal that two proposals belong together (section 13). Red blocks until a second person closes it."""

    proposal = models.ForeignKey(Proposal, models.PROTECT, related_name="flags")
    other = models.ForeignKey(Proposal, models.PROTECT, related_name="+")
    rule = models.CharField(max_length=3)
    severity = models.CharField(max_length=8)
    score = models.PositiveSmallIntegerField()
    sentence = models.CharField(max_length=200)
    found_at = models.DateTimeField(auto_now_add=True)
    closed_at = models.DateTimeField(null=True)
    closed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    reason = models.TextField(blank=True)

    class Meta:
        ordering = ["rule", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["proposal", "other", "rule"], name="sab_flag_once"),
            models.CheckConstraint(condition=Q(severity__in=Severity.values), name="sab_flag_severity"),
            models.CheckConstraint(
                condition=Q(closed_at__isnull=True, closed_by__isnull=True, reason="")
                | Q(closed_at__isnull=False, closed_by__isnull=False) & ~Q(reason=""),
                name="sab_closed_flag_says_why",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.rule} {self.proposal_id} – {self.other_id}"


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
