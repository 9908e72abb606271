"""The catalogue of activities with their time norms, kept in versions (erk.md section 6)."""

import datetime as dt

from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.db.models.functions import StrIndex

from erk.enums import JenisJabatan
from erk.models.people import Penempatan


class KatalogQuerySet(models.QuerySet["Katalog"]):
    """Items by the day they hold."""

    def on(self, day: dt.date) -> "KatalogQuerySet":
        """Return the items that may be chosen for work on a day."""
        return self.filter(Q(berlaku_mulai__lte=day) & (Q(berlaku_akhir__isnull=True) | Q(berlaku_akhir__gte=day)))

    def open_to(self, employee: int, day: dt.date) -> "KatalogQuerySet":
        """Return the items that may be chosen for work on a day, for all or for the position held then."""
        held = Penempatan.objects.definitif().on(day).filter(pegawai_id=employee)
        meant = held.annotate(found=StrIndex(OuterRef("rumpun"), F("jabatan__jenis"))).filter(found__gt=0)
        return self.on(day).filter(Q(rumpun="") | Exists(meant))


class Katalog(models.Model):
    """One kind of work: unit of output and standard minutes for one unit. A changed norm is a new version.

    `norma_maks`: the upper edge where the norm is a range of minutes, empty where it is one number.
    `bebas` marks work outside the catalogue, allowed for a part of the month only; its norm is what was worked.
    `dari_profil`: whether it follows the national list and the region's profile; a version its keeper published
    does not, and is left alone when the profile is read again. `rumpun`: the families of positions it is for, codes
    apart by spaces, empty for all; `wajib_rhk`: it must serve a planned result of the SKP.
    """

    kode = models.CharField("kode", max_length=12)
    nama = models.CharField("nama", max_length=120)
    satuan = models.CharField("satuan", max_length=40)
    norma = models.PositiveSmallIntegerField("norma (menit)")
    norma_maks = models.PositiveSmallIntegerField("norma paling lama (menit)", null=True, blank=True)
    wajib_bukti = models.BooleanField("perlu bukti", default=False)
    maks_harian = models.PositiveSmallIntegerField("paling banyak sehari", null=True, blank=True)
    rumpun = models.CharField("rumpun jabatan", max_length=80, blank=True, default="", db_default="")
    wajib_rhk = models.BooleanField("perlu dikaitkan dengan SKP", default=False, db_default=False)
    bebas = models.BooleanField("di luar katalog", default=False)
    kelompok = models.CharField("kelompok", max_length=40)
    versi = models.PositiveSmallIntegerField("versi", default=1)
    dari_profil = models.BooleanField("menurut profil", default=True)
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

    @property
    def families(self) -> list[JenisJabatan]:
        """Return the families of positions it is for, none meaning all."""
        return [JenisJabatan(code) for code in self.rumpun.split()]

    @property
    def norm_words(self) -> str:
        """Return the norm as people write it: "30", or as a range "30–45"."""
        return f"{self.norma}–{self.norma_maks}" if self.norma_maks else str(self.norma)

    @property
    def family_words(self) -> str:
        """Return the families in words."""
        return ", ".join(str(family.label) for family in self.families)
