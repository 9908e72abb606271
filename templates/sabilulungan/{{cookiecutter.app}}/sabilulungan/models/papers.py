"""Papers the app makes that carry an official number of their own."""

from django.conf import settings
from django.db import models

from sabilulungan.models.proposals import Proposal


class IssuedPaper(models.Model):
    """A numbered paper about a case: its kind, the step or round it belongs to, and the number given once."""

    proposal = models.ForeignKey(Proposal, models.PROTECT, related_name="issued_papers")
    kind = models.CharField(max_length=30)
    round = models.PositiveIntegerField(default=1)
    number = models.CharField(max_length=120)
    issued_on = models.DateField()
    issued_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["proposal", "kind", "round"], name="sab_paper_once")]

    def __str__(self) -> str:
        return self.number
