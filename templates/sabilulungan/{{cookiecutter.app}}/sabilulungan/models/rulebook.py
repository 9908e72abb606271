"""The region's rules as they were: profile versions, and windows opened by decision."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q


class ProfileVersion(models.Model):
    """One version of the profile's section `grants`; a case keeps the one under which it was filed (section 16)."""

    digest = models.CharField(max_length=64, unique=True)
    content = models.JSONField()
    created_at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return f"{self.pk} {self.digest[:12]}"


class WindowOpening(models.Model):
    """A window the region's admin opened for one budget year, with its legal basis (R01)."""

    budget_year = models.PositiveSmallIntegerField("tahun anggaran")
    opens = models.DateField("dibuka")
    closes = models.DateField("ditutup")
    basis = models.CharField("dasar", max_length=200)
    opened_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(closes__gte=F("opens")), name="sab_opening_in_order"),
            models.CheckConstraint(condition=~Q(basis=""), name="sab_opening_has_basis"),
        ]

    def __str__(self) -> str:
        return f"TA {self.budget_year}: {self.opens} – {self.closes}"
