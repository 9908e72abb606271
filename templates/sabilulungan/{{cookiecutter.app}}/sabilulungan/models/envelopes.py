"""What may be given out of a year's money before the APBD is enacted: for hibah and aid, and for each office."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from sabilulungan.enums import Kind


class EnvelopeLimit(models.Model):
    """A limit (pagu) as set on a day, with its basis; the newest row of a year, kind and office counts.

    `office` is empty for the whole of a kind. Amounts are whole rupiah.
    """

    budget_year = models.PositiveSmallIntegerField("tahun anggaran")
    kind = models.CharField("jenis", max_length=8)
    office = models.CharField("dinas", max_length=40, blank=True)
    amount = models.BigIntegerField("pagu")
    basis = models.CharField("dasar", max_length=200)
    set_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    set_at = models.DateTimeField()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=Kind.values), name="sab_limit_kind"),
            models.CheckConstraint(condition=Q(amount__gte=0), name="sab_limit_amount"),
            models.CheckConstraint(condition=~Q(basis=""), name="sab_limit_has_basis"),
        ]
        indexes = [models.Index(fields=["budget_year", "kind", "office"], name="sab_limit_year")]

    def __str__(self) -> str:
        return f"{self.kind} {self.office} {self.budget_year}"
