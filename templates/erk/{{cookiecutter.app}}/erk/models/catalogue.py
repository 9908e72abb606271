"""The catalogue of activities with their time norms, kept in versions (erk.md section 6)."""

import datetime as dt

from django.db import models
from django.db.models import F, Q


class KatalogQuerySet(models.QuerySet["Katalog"]):
    """Items by the day they hold."""

    def on(self, day: dt.date) -> "KatalogQuerySet":
        """Return the items that may be chosen for work on a day."""
        return self.filter(Q(berlaku_mulai__lte=day) & (Q(berlaku_akhir__isnull=True) | Q(berlaku_akhir__gte=day)))


class Katalog(models.Model):
    """One kind of work: unit of output and standard minutes for one unit. A changed norm is a new version.

    `bebas` marks work outside the catalogue, allowed for a part of the month only; its norm is what was worked.
    """

    kode = models.CharField("kode", max_length=12)
    nama = models.CharField("nama", max_length=120)
    satuan = models.CharField("satuan", max_length=40)
    norma = models.PositiveSmallIntegerField("norma (menit)")
    wajib_bukti = models.BooleanField("perlu bukti", default=False)
    maks_harian = models.PositiveSmallIntegerField("paling banyak sehari", null=True, blank=True)
    bebas = models.BooleanField("di luar katalog", default=False)
    kelompok = models.CharField("kelompok", max_length=40)
    versi = models.PositiveSmallIntegerField("versi", default=1)
    berlaku_mulai = models.DateField("berlaku mulai")
    berlaku_akhir = models.DateField("berlaku sampai", null=True, blank=True)

    objects = KatalogQuerySet.as_manager()

    class Meta:
        verbose_name = "katalog aktivitas"
        verbose_name_plural = "katalog aktivitas"
        ordering = ["kelompok", "nama"]
        constraints = [
            models.UniqueConstraint(fields=["kode", "versi"], name="erk_katalog_versi"),
            models.UniqueConstraint(
                fields=["kode"], condition=Q(berlaku_akhir__isnull=True), name="erk_katalog_satu_berlaku"
            ),
            models.CheckConstraint(condition=Q(norma__gt=0), name="erk_katalog_norma"),
            models.CheckConstraint(
                condition=Q(berlaku_akhir__isnull=True) | Q(berlaku_akhir__gte=F("berlaku_mulai")),
                name="erk_katalog_periode",
            ),
        ]

    def __str__(self) -> str:
        return self.nama
