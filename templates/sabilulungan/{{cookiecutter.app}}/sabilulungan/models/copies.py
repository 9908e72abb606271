"""Redacted public copies of documents: files of their own, each made of one version of the original."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from sabilulungan.models.parts import Document


class PublicCopy(models.Model):
    """A copy without personal data that everybody may read, until it is withdrawn. The original stays private."""

    document = models.ForeignKey(Document, models.PROTECT, related_name="public_copies")
    original = models.ForeignKey("core.StoredFile", models.PROTECT, related_name="+")
    copy = models.OneToOneField("core.StoredFile", models.PROTECT, related_name="+")
    published_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    published_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True)
    withdrawn_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    reason = models.CharField("alasan ditarik", max_length=300, blank=True)

    class Meta:
        ordering = ["document", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["document"], condition=Q(withdrawn_at__isnull=True), name="sab_one_public_copy"
            ),
            models.CheckConstraint(condition=~Q(copy=F("original")), name="sab_copy_is_no_original"),
            models.CheckConstraint(
                condition=Q(withdrawn_at__isnull=True, withdrawn_by__isnull=True, reason="")
                | Q(withdrawn_at__isnull=False, withdrawn_by__isnull=False) & ~Q(reason=""),
                name="sab_withdrawn_copy_says_why",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.document} {self.published_at:%Y-%m-%d}"
