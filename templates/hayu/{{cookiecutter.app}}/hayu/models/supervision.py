"""Inspections of issued permits, from the plan to the day it is closed."""

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q

from core.models import Case
from core.models.files import new_public_id
from hayu.enums import FollowUp, InspectionState, Outcome, PermitFinding, Trigger
from hayu.models.issued import Permit
from hayu.models.service import Complaint
from hayu.rules import looks

USER = settings.AUTH_USER_MODEL
S = InspectionState


class Supervision(Case):
    """One inspection of a permit: planned, appointed, made with minutes and photos, followed up, closed."""

    STATES = looks.INSPECTION_STATES

    public_id = models.CharField(max_length=32, unique=True, default=new_public_id, editable=False)
    permit = models.ForeignKey(Permit, models.PROTECT, related_name="supervisions")
    trigger = models.CharField("sebab", max_length=12, choices=Trigger)
    complaint = models.ForeignKey(Complaint, models.PROTECT, null=True, blank=True, related_name="supervisions")
    scheduled_for = models.DateField("dijadwalkan", null=True, blank=True)
    officer = models.ForeignKey(USER, models.PROTECT, null=True, blank=True, related_name="+")
    visited_at = models.DateTimeField("waktu pemeriksaan", null=True, blank=True)
    outcome = models.CharField("hasil", max_length=12, choices=Outcome, blank=True)
    findings = models.JSONField("temuan", default=list, blank=True)
    note = models.TextField("yang dilihat", blank=True, max_length=2000)
    holder_present = models.BooleanField("pemegang izin hadir", default=False)
    latitude = models.DecimalField(max_digits=9, decimal_places=6, null=True, blank=True)
    longitude = models.DecimalField(max_digits=9, decimal_places=6, null=True, blank=True)
    follow_up = models.CharField("tindak lanjut", max_length=12, choices=FollowUp, blank=True)
    fix_by = models.DateField("dibetulkan paling lambat", null=True, blank=True)

    class Meta:
        verbose_name = "pemeriksaan izin"
        verbose_name_plural = "pemeriksaan izin"
        ordering = ["scheduled_for", "pk"]
        constraints = [
            models.CheckConstraint(condition=Q(state__in=S.values), name="hayu_supervision_state"),
            models.CheckConstraint(
                condition=Q(state=S.DIRENCANAKAN) | Q(scheduled_for__isnull=False), name="hayu_supervision_day"
            ),
            models.CheckConstraint(
                condition=Q(state__in=S.before_minutes(), outcome="", visited_at=None, latitude=None, longitude=None)
                | (
                    ~Q(state__in=S.before_minutes())
                    & ~Q(outcome="")
                    & Q(visited_at__isnull=False, latitude__isnull=False, longitude__isnull=False)
                ),
                name="hayu_supervision_minutes",
            ),
            models.CheckConstraint(
                condition=~Q(outcome=Outcome.TIDAK_SESUAI) | ~Q(findings=[]), name="hayu_supervision_findings"
            ),
            models.UniqueConstraint(fields=["permit"], condition=~Q(state=S.DITUTUP), name="hayu_supervision_one_open"),
        ]

    def __str__(self) -> str:
        return f"{self.permit.number} {self.get_trigger_display()}"

    @property
    def finding_labels(self) -> list[str]:
        """Return the findings in words."""
        labels: dict[Any, Any] = dict(PermitFinding.choices)
        return [str(labels.get(code, code)) for code in self.findings]
