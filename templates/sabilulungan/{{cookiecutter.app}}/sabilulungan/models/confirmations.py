"""The chair's own word by telephone: a code sent to his number, typed in before a proposal is filed or an agreement."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from sabilulungan.enums import Action
from sabilulungan.models.proposals import Proposal
from sabilulungan.models.recipients import Officer


class ChairCode(models.Model):
    """One code sent to the chair (R18); only its keyed token is kept, and it confirms one act of one case."""

    proposal = models.ForeignKey(Proposal, models.CASCADE, related_name="chair_codes")
    officer = models.ForeignKey(Officer, models.PROTECT, related_name="+")
    action = models.CharField(max_length=24)
    token = models.CharField(max_length=64)
    sent_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    sent_at = models.DateTimeField()
    tries = models.PositiveSmallIntegerField(default=0)
    confirmed_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(action__in=[Action.AJUKAN, Action.KONFIRMASI]), name="sab_chair_code_action"
            )
        ]

    def __str__(self) -> str:
        return f"{self.proposal_id} {self.action} {self.sent_at:%Y-%m-%d %H:%M}"
