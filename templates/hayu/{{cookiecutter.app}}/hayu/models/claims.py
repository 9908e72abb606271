"""Claims of permits that have no account: taken over from an old archive, or applied for at the desk."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from core.models import Case
from core.models.files import new_public_id
from hayu.enums import ClaimState
from hayu.models.issued import Permit
from hayu.rules import looks


class Claim(Case):
    """One person's claim of one permit, decided at the desk where the identity card is shown."""

    STATES = looks.CLAIM_STATES

    public_id = models.CharField(max_length=32, unique=True, default=new_public_id, editable=False)
    permit = models.ForeignKey(Permit, models.PROTECT, related_name="claims")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    class Meta:
        verbose_name = "permintaan izin lama"
        verbose_name_plural = "permintaan izin lama"
        ordering = ["created_at", "pk"]
        constraints = [
            models.CheckConstraint(condition=Q(state__in=ClaimState.values), name="hayu_claim_state"),
            models.UniqueConstraint(
                fields=["permit"], condition=Q(state=ClaimState.DIMINTA), name="hayu_claim_one_open"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.permit.number} {self.person.username}"
