"""Messages to people: their inbox, and the outbox that mail is sent from."""

from django.db import models
from django.db.models import Q


class Notification(models.Model):
    """One message to one person: always in the inbox of an account, and by mail when there is an address."""

    class Mail(models.TextChoices):
        """What became of the mail copy."""

        NONE = "NONE", "tidak dikirim lewat surel"
        QUEUED = "QUEUED", "menunggu dikirim"
        SENT = "SENT", "terkirim"
        FAILED = "FAILED", "gagal dikirim"

    user = models.ForeignKey("core.User", models.CASCADE, null=True, related_name="notifications")
    address = models.EmailField(blank=True)
    event = models.CharField(max_length=60)
    subject = models.CharField(max_length=150)
    body = models.TextField()
    link = models.CharField(max_length=200, blank=True)
    object_type = models.CharField(max_length=60, blank=True)
    object_id = models.CharField(max_length=60, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)
    read_at = models.DateTimeField(null=True)
    mail = models.CharField(max_length=8, choices=Mail, default=Mail.NONE)
    attempts = models.PositiveSmallIntegerField(default=0)
    next_attempt_at = models.DateTimeField(null=True)
    last_error = models.CharField(max_length=200, blank=True)
    sent_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-created_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(user__isnull=False) | ~Q(address=""), name="core_notification_reachable"
            ),
            models.CheckConstraint(condition=~Q(mail="SENT") | Q(sent_at__isnull=False), name="core_notification_sent"),
        ]
        indexes = [
            models.Index(fields=["mail", "next_attempt_at"], name="core_notification_queue"),
            models.Index(fields=["user", "read_at"], name="core_notification_inbox"),
        ]

    def __str__(self) -> str:
        return f"{self.event}: {self.subject}"
