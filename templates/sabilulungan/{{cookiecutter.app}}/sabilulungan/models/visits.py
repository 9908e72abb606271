"""Field visits of the office, statements of camat and lurah, and the registry's word on an organisation."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from sabilulungan.enums import Role
from sabilulungan.models.proposals import Proposal
from sabilulungan.models.recipients import Recipient


class FieldVisit(models.Model):
    """What an officer found at the place: when, where the phone stood, whom he met. Photos are stored files."""

    proposal = models.ForeignKey(Proposal, models.PROTECT, related_name="visits")
    role = models.CharField(max_length=12)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    latitude = models.DecimalField(max_digits=9, decimal_places=6, null=True, blank=True)
    longitude = models.DecimalField(max_digits=9, decimal_places=6, null=True, blank=True)
    exists = models.BooleanField("penerima ada")
    address_matches = models.BooleanField("alamat sesuai")
    met_with = models.CharField("ditemui", max_length=150)
    result = models.TextField("hasil")

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(condition=Q(role__in=[Role.OPD, Role.WILAYAH]), name="sab_visit_role"),
            models.CheckConstraint(
                condition=Q(latitude__isnull=True, longitude__isnull=True)
                | Q(latitude__gte=-11, latitude__lte=6, longitude__gte=95, longitude__lte=141),
                name="sab_visit_in_indonesia",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.proposal_id} {self.role} {self.at:%Y-%m-%d}"


class LegalCheck(models.Model):
    """The organisation registry's word on legal status and officers; the newest counts."""

    recipient = models.ForeignKey(Recipient, models.PROTECT, related_name="legal_checks")
    valid = models.BooleanField("terdaftar dan sah")
    note = models.CharField("catatan", max_length=300)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["pk"]
        constraints = [models.CheckConstraint(condition=~Q(note=""), name="sab_legal_check_says_why")]

    def __str__(self) -> str:
        return f"{self.recipient_id} {'sah' if self.valid else 'tidak sah'}"
