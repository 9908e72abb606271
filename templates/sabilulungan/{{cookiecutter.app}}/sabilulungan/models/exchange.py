"""What other governments paid, exchanged as keyed tokens: neither side learns a number it does not hold itself."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from core.fields import EncryptedTextField


class Exchange(models.Model):
    """One file of another government (province, neighbour region), with the key agreed with it."""

    giver = models.CharField("pemberi", max_length=80)
    key = EncryptedTextField()
    sha256 = models.CharField(max_length=64, unique=True)
    imported_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    imported_at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return f"{self.giver} {self.imported_at:%Y-%m-%d}"


class PaidElsewhere(models.Model):
    """One payment of another government to whoever holds the number behind the token. Amounts are whole rupiah."""

    exchange = models.ForeignKey(Exchange, models.CASCADE, related_name="payments")
    token = models.CharField(max_length=64, db_index=True)
    budget_year = models.PositiveSmallIntegerField("tahun anggaran")
    amount = models.BigIntegerField("dibayar")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["exchange", "token", "budget_year"], name="sab_paid_elsewhere_once"),
            models.CheckConstraint(condition=Q(amount__gt=0), name="sab_paid_elsewhere_amount"),
        ]

    def __str__(self) -> str:
        return f"{self.exchange_id} {self.budget_year}"
