"""The year's targets of an employee, their review and their rating (erk.md section 7; PermenPANRB 6/2022)."""

from django.db import models
from django.db.models import Q

from core.models import Case, User
from erk.enums import RATED_PLANS, BerAkhlak, Expectation, PlanState, Rating
from erk.looks import PLAN_LOOKS
from erk.models.people import Jabatan, Pegawai


class Skp(Case):
    """One employee's targets of a year, from the draft to the final rating.

    `hasil` and `perilaku` are the two judgements, `predikat` what follows from them; together or not at all.
    """

    STATES = PLAN_LOOKS

    pegawai = models.ForeignKey(Pegawai, models.PROTECT, related_name="skp")
    jabatan = models.ForeignKey(Jabatan, models.PROTECT, related_name="+")
    tahun = models.PositiveSmallIntegerField("tahun")
    disetujui_pada = models.DateField("disetujui", null=True)
    hasil = models.CharField("hasil kerja", max_length=10, choices=Expectation.choices, blank=True)
    perilaku = models.CharField("perilaku kerja", max_length=10, choices=Expectation.choices, blank=True)
    predikat = models.CharField("predikat", max_length=20, choices=Rating.choices, blank=True)
    penilai = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")

    class Meta:
        verbose_name = "SKP"
        verbose_name_plural = "SKP"
        ordering = ["-tahun", "pegawai__nama"]
        constraints = [
            models.UniqueConstraint(fields=["pegawai", "tahun"], name="erk_skp_sekali"),
            models.CheckConstraint(condition=Q(state__in=PlanState.values), name="erk_skp_state"),
            models.CheckConstraint(
                condition=(
                    Q(state__in=RATED_PLANS, penilai__isnull=False) & ~Q(hasil="") & ~Q(perilaku="") & ~Q(predikat="")
                )
                | (~Q(state__in=RATED_PLANS) & Q(hasil="", perilaku="", predikat="", penilai__isnull=True)),
                name="erk_skp_dinilai",
            ),
        ]

    def __str__(self) -> str:
        return f"SKP {self.tahun} {self.pegawai.nama}"


class Rhk(models.Model):
    """A planned result of the year: what, measured by what, how much, and what came of it."""

    skp = models.ForeignKey(Skp, models.CASCADE, related_name="rencana")
    urut = models.PositiveSmallIntegerField("nomor")
    uraian = models.CharField("rencana hasil kerja", max_length=300)
    indikator = models.CharField("indikator", max_length=200)
    target = models.CharField("target", max_length=100)
    realisasi = models.CharField("realisasi", max_length=300, blank=True)

    class Meta:
        verbose_name = "rencana hasil kerja"
        verbose_name_plural = "rencana hasil kerja"
        ordering = ["skp", "urut"]
        constraints = [models.UniqueConstraint(fields=["skp", "urut"], name="erk_rhk_urut")]

    def __str__(self) -> str:
        return self.uraian


class PerilakuSkp(models.Model):
    """How one of the seven values was seen, with the sentence of evidence an extreme judgement needs."""

    skp = models.ForeignKey(Skp, models.CASCADE, related_name="nilai_perilaku")
    nilai = models.CharField("nilai", max_length=12, choices=BerAkhlak.choices)
    hasil = models.CharField("penilaian", max_length=10, choices=Expectation.choices)
    bukti = models.CharField("bukti", max_length=300, blank=True)

    class Meta:
        verbose_name = "penilaian perilaku"
        verbose_name_plural = "penilaian perilaku"
        ordering = ["skp", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["skp", "nilai"], name="erk_perilaku_sekali"),
            models.CheckConstraint(condition=Q(hasil=Expectation.SESUAI) | ~Q(bukti=""), name="erk_perilaku_berbukti"),
        ]

    def __str__(self) -> str:
        return f"{self.nilai} {self.hasil}"


class UmpanBalik(models.Model):
    """A note of the superior in one quarter, dated: the talk the rating rests on."""

    skp = models.ForeignKey(Skp, models.CASCADE, related_name="umpan_balik")
    tanggal = models.DateField("tanggal")
    isi = models.CharField("umpan balik", max_length=500)
    oleh = models.ForeignKey(User, models.PROTECT, related_name="+")

    class Meta:
        verbose_name = "umpan balik"
        verbose_name_plural = "umpan balik"
        ordering = ["tanggal", "pk"]

    def __str__(self) -> str:
        return f"{self.tanggal} {self.isi[:40]}"

    @property
    def triwulan(self) -> int:
        """Return the quarter of the note, 1 to 4."""
        return (self.tanggal.month + 2) // 3
