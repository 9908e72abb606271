"""Inspections after a report (minutes of inspection, BAP)."""

from typing import Any

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q

from hayu.enums import Finding, Outcome
from hayu.models.reports import Report


class Inspection(models.Model):
    """One visit: who, when, where (position of the phone), what was found. Its photos are stored files."""

    report = models.ForeignKey(Report, models.PROTECT, related_name="inspections")
    officer = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    visited_at = models.DateTimeField("waktu kunjungan")
    outcome = models.CharField("hasil", max_length=12, choices=Outcome)
    findings = models.JSONField("temuan", default=list, blank=True)
    note = models.TextField("catatan", blank=True, max_length=2000)
    owner_present = models.BooleanField("pemilik hadir", default=True)
    latitude = models.DecimalField(
        max_digits=9, decimal_places=6, validators=[MinValueValidator(-90), MaxValueValidator(90)]
    )
    longitude = models.DecimalField(
        max_digits=9, decimal_places=6, validators=[MinValueValidator(-180), MaxValueValidator(180)]
    )
    fix_by = models.DateField("dibetulkan paling lambat", null=True, blank=True)

    class Meta:
        verbose_name = "pemeriksaan"
        verbose_name_plural = "pemeriksaan"
        ordering = ["-visited_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(outcome=Outcome.SESUAI, fix_by=None, findings=[])
                | (Q(outcome=Outcome.TIDAK_SESUAI, fix_by__isnull=False) & ~Q(findings=[])),
                name="hayu_inspection_outcome",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.report_id} {self.outcome} {self.visited_at:%Y-%m-%d}"

    @property
    def finding_labels(self) -> list[str]:
        """Return the findings in words."""
        labels: dict[Any, Any] = dict(Finding.choices)
        return [str(labels.get(code, code)) for code in self.findings]
