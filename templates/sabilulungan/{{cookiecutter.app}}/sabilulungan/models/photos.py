"""What the photographs of proposals, field visits and reports look like, for finding copies (F06, F14)."""

from django.db import models
from django.db.models import Q

from core.models import StoredFile
from sabilulungan.enums import PhotoPlace
from sabilulungan.models.proposals import Proposal


class Photo(models.Model):
    """One stored picture of a case: where it belongs, and its look (rules.looks_of_photos; "" tells nothing)."""

    stored = models.OneToOneField(StoredFile, models.CASCADE, primary_key=True, related_name="photo")
    proposal = models.ForeignKey(Proposal, models.CASCADE, related_name="photos")
    place = models.CharField(max_length=10)
    look = models.CharField(max_length=96, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(place__in=PhotoPlace.values), name="sab_photo_place"),
        ]

    def __str__(self) -> str:
        return f"{self.proposal_id} {self.place}"

    @property
    def place_label(self) -> str:
        """Return in words where it belongs."""
        return PhotoPlace(self.place).label


class PhotoPart(models.Model):
    """One part of a look (rules.looks_of_photos.parts); copies of one photograph share at least one."""

    photo = models.ForeignKey(Photo, models.CASCADE, related_name="parts")
    value = models.IntegerField()

    class Meta:
        indexes = [models.Index(fields=["value", "photo"], name="sab_photo_part")]

    def __str__(self) -> str:
        return f"{self.photo_id} {self.value}"
