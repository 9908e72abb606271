"""How many people live where, for rupiah per head."""

from django.db import models
from django.db.models import Q


class Population(models.Model):
    """The people of a kecamatan, kelurahan or desa in a year, from the region's civil registry or statistics."""

    code = models.CharField("kode wilayah", max_length=13)
    year = models.PositiveSmallIntegerField("tahun")
    people = models.PositiveIntegerField("penduduk")
    source = models.CharField("sumber", max_length=120)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["year", "code"], name="sab_population_once"),
            models.CheckConstraint(condition=Q(people__gt=0) & ~Q(source=""), name="sab_population"),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.year}"
