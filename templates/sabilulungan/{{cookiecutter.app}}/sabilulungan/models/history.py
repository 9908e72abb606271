"""What recipients got before this system: imported from the region's own register, for the rules and the public."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from sabilulungan.enums import Kind
from sabilulungan.models.recipients import Recipient


class ImportBatch(models.Model):
    """One imported file, by its hash, so that the same file is never taken twice."""

    file_name = models.CharField(max_length=150)
    sha256 = models.CharField(max_length=64, unique=True)
    rows = models.PositiveIntegerField()
    imported_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    imported_at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return f"{self.file_name} {self.imported_at:%Y-%m-%d}"


class PastGrant(models.Model):
    """One payment of a budget year before this system. Amounts are whole rupiah."""

    recipient = models.ForeignKey(Recipient, models.PROTECT, related_name="past_grants")
    batch = models.ForeignKey(ImportBatch, models.PROTECT, related_name="grants")
    budget_year = models.PositiveSmallIntegerField("tahun anggaran")
    kind = models.CharField("jenis", max_length=8)
    title = models.CharField("kegiatan", max_length=150)
    amount = models.BigIntegerField("dibayar")
    reported = models.BooleanField("dilaporkan")

    class Meta:
        ordering = ["-budget_year", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["recipient", "budget_year", "kind", "title"], name="sab_past_grant_once"),
            models.CheckConstraint(condition=Q(kind__in=Kind.values, amount__gt=0), name="sab_past_grant"),
        ]

    def __str__(self) -> str:
        return f"{self.budget_year} {self.title}"
