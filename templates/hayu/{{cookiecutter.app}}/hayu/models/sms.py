"""The outbox of short messages (SMS or WhatsApp), beside the mail outbox of core."""

from typing import Any

from django.db import models
from django.db.models import Q

from core.models import Notification


class ShortMessage(models.Model):
    """One short copy of a notification: at most three tries, then listed as failed.

    Whoever was served at the desk without account and mail address has no notification: the message then says itself
    of what it tells.
    """

    class State(models.TextChoices):
        """What became of it."""

        QUEUED = "QUEUED", "menunggu dikirim"
        SENT = "SENT", "terkirim"
        FAILED = "FAILED", "gagal dikirim"

    notification = models.OneToOneField(Notification, models.CASCADE, null=True, related_name="short_message")
    event = models.CharField(max_length=60, blank=True, default="", db_default="")
    subject = models.CharField(max_length=150, blank=True, default="", db_default="")
    object_type = models.CharField(max_length=60, blank=True, default="", db_default="")
    object_id = models.CharField(max_length=60, blank=True, default="", db_default="")
    created_at = models.DateTimeField(auto_now_add=True, null=True)
    state = models.CharField(max_length=8, choices=State, default=State.QUEUED)
    attempts = models.PositiveSmallIntegerField(default=0)
    next_attempt_at = models.DateTimeField(null=True, blank=True)
    last_error = models.CharField(max_length=200, blank=True)
    sent_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = "pesan pendek"
        verbose_name_plural = "pesan pendek"
        constraints = [
            models.CheckConstraint(condition=~Q(state="SENT") | Q(sent_at__isnull=False), name="hayu_sms_sent"),
            models.CheckConstraint(
                condition=Q(notification__isnull=False) | (~Q(event="") & ~Q(object_id="")), name="hayu_sms_about"
            ),
        ]
        indexes = [models.Index(fields=["state", "next_attempt_at"], name="hayu_sms_queue")]

    def __str__(self) -> str:
        return f"{self.pk} {self.state}"

    @property
    def told(self) -> Any:
        """Return what says event, subject and object: the notification it is a copy of, else the message itself."""
        return self.notification or self

    @property
    def user_id(self) -> None:
        """Return the account a message of its own goes to: none."""
        return None
