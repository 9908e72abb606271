"""What people say about a proposal, and who follows it by e-mail."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from core.codes import new_code
from core.fields import EncryptedTextField
from sabilulungan.enums import VoiceKind, VoiceState
from sabilulungan.models.proposals import Proposal


class CitizenVoice(models.Model):
    """A comment, a report or a recipient's correction: ticket, text, answer deadline and answer."""

    ticket = models.CharField(max_length=12, unique=True, default=new_code, editable=False)
    proposal = models.ForeignKey(Proposal, models.PROTECT, related_name="voices")
    kind = models.CharField(max_length=10)
    state = models.CharField(max_length=10, default=VoiceState.BARU, db_index=True)
    name = models.CharField("nama", max_length=100, blank=True)
    email = EncryptedTextField("surel", blank=True)
    text = models.TextField("isi")
    source_token = models.CharField(max_length=64, blank=True, db_index=True)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    created_at = models.DateTimeField("masuk")
    due_on = models.DateField("dijawab paling lambat")
    answer = models.TextField("jawaban", blank=True)
    answered_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    answered_at = models.DateTimeField("dijawab", null=True)

    class Meta:
        ordering = ["pk"]
        indexes = [models.Index(fields=["state", "due_on"], name="sab_voice_due")]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=VoiceKind.values, state__in=VoiceState.values), name="sab_voice_kind"
            ),
            models.CheckConstraint(condition=~Q(text=""), name="sab_voice_says_something"),
            models.CheckConstraint(
                condition=Q(state=VoiceState.BARU, answered_at__isnull=True, answer="")
                | ~Q(state=VoiceState.BARU) & Q(answered_at__isnull=False, answered_by__isnull=False) & ~Q(answer=""),
                name="sab_voice_answered_whole",
            ),
        ]

    def __str__(self) -> str:
        return self.ticket

    @property
    def kind_label(self) -> str:
        """Return the kind in words."""
        return str(VoiceKind(self.kind).label)

    @property
    def state_label(self) -> str:
        """Return the state in words."""
        return str(VoiceState(self.state).label)


class Follower(models.Model):
    """An address that wants to hear when a proposal moves; nothing is sent before its owner confirms."""

    key = models.CharField(max_length=12, unique=True, default=new_code, editable=False)
    proposal = models.ForeignKey(Proposal, models.CASCADE, related_name="followers")
    email = EncryptedTextField("surel")
    email_token = models.CharField(max_length=64)
    created_at = models.DateTimeField()
    confirmed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["proposal", "email_token"], name="sab_follower_once")]

    def __str__(self) -> str:
        return f"{self.proposal_id} {self.key}"
