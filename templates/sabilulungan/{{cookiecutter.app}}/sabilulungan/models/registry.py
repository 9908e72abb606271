"""What the civil registry was asked about the officers of a case, and the verdict (F10)."""

from django.db import models
from django.db.models import Q

from sabilulungan.enums import RegistryVerdict
from sabilulungan.models.proposals import Proposal
from sabilulungan.models.recipients import Officer


class RegistryCheck(models.Model):
    """One officer of one case: when the registry was asked last, and its verdict once it answered. No name is kept."""

    proposal = models.ForeignKey(Proposal, models.CASCADE, related_name="registry_checks")
    officer = models.ForeignKey(Officer, models.CASCADE, related_name="+")
    asked_at = models.DateTimeField()
    verdict = models.CharField(max_length=14, blank=True)
    checked_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["proposal", "officer"], name="sab_registry_check_once"),
            models.CheckConstraint(
                condition=Q(verdict="", checked_at__isnull=True)
                | Q(verdict__in=[value for value in RegistryVerdict.values if value], checked_at__isnull=False),
                name="sab_registry_verdict",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.proposal_id} {self.officer_id} {self.verdict}"
