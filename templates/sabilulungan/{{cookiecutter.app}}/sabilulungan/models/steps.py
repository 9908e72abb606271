"""The timeline of a proposal, one row per transition. The sealed copy is core's audit chain."""

from django.conf import settings
from django.db import models

from sabilulungan.models.proposals import Proposal


class CaseStep(models.Model):
    """A transition as pages show it: from, to, role, when, by which due day, amount, public reason, items to mend."""

    proposal = models.ForeignKey(Proposal, models.PROTECT, related_name="steps")
    transition = models.CharField(max_length=24)
    action = models.CharField(max_length=24)
    source = models.CharField(max_length=24)
    target = models.CharField(max_length=24)
    role = models.CharField(max_length=24)
    actor = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField(db_index=True)
    due_on = models.DateField(null=True)
    amount = models.BigIntegerField(null=True)
    reason = models.TextField(blank=True)
    items = models.JSONField(default=list)
    facts = models.JSONField(default=dict)

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.transition} {self.source} -> {self.target}"
