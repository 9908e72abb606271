"""What the region announces about hibah and aid, for a period."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q


class Announcement(models.Model):
    """A public notice, shown from its first to its last day; a wrong one is withdrawn with a reason, not rewritten."""

    title = models.CharField("judul", max_length=150)
    text = models.TextField("isi")
    first = models.DateField("tampil mulai")
    last = models.DateField("tampil sampai")
    written_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    written_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True)
    withdrawn_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    reason = models.CharField("alasan ditarik", max_length=300, blank=True)

    class Meta:
        ordering = ["-first", "-pk"]
        constraints = [
            models.CheckConstraint(condition=Q(last__gte=F("first")), name="sab_announced_in_order"),
            models.CheckConstraint(condition=~Q(title="") & ~Q(text=""), name="sab_announcement_says_something"),
            models.CheckConstraint(
                condition=Q(withdrawn_at__isnull=True, withdrawn_by__isnull=True, reason="")
                | Q(withdrawn_at__isnull=False, withdrawn_by__isnull=False) & ~Q(reason=""),
                name="sab_withdrawn_announcement_says_why",
            ),
        ]
        indexes = [models.Index(fields=["-first", "-id"], name="sab_announced")]

    def __str__(self) -> str:
        return self.title
