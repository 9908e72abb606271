"""Signs of dishonest minutes, the monthly sample, and lists of who was at which meeting (erk.md section 13)."""

from django.db import models
from django.db.models import F, Q

from core.models import Case, User
from erk.enums import AnomalyCode, AnomalyState, Verdict
from erk.looks import ANOMALY_LOOKS
from erk.models.activity import Aktivitas
from erk.models.people import Opd, Pegawai


class Anomali(Case):
    """One sign about one person's month; a superior's signs are about the superior. Closed with a verdict and why."""

    STATES = ANOMALY_LOOKS

    pegawai = models.ForeignKey(Pegawai, models.PROTECT, related_name="anomali")
    opd = models.ForeignKey(Opd, models.PROTECT, related_name="+")
    bulan = models.DateField("bulan")
    kode = models.CharField("tanda", max_length=14, choices=AnomalyCode)
    poin = models.PositiveSmallIntegerField("poin")
    rincian = models.JSONField("rincian")
    putusan = models.CharField("putusan", max_length=10, choices=Verdict, blank=True)
    penjelasan = models.TextField("penjelasan", blank=True)

    class Meta:
        verbose_name = "anomali"
        verbose_name_plural = "anomali"
        ordering = ["bulan", "pegawai", "kode"]
        constraints = [
            models.UniqueConstraint(fields=["pegawai", "bulan", "kode"], name="erk_anomali_sekali"),
            models.CheckConstraint(
                condition=Q(state=AnomalyState.TERBUKA) | (~Q(putusan="") & ~Q(penjelasan="")),
                name="erk_anomali_berputusan",
            ),
        ]
        indexes = [models.Index(fields=["bulan", "state"], name="erk_anomali_bulan")]

    def __str__(self) -> str:
        return f"{self.kode} {self.pegawai.nama} {self.bulan:%Y-%m}"


class Sampel(models.Model):
    """One approved activity of the month's random sample, and what the verifier found."""

    aktivitas = models.OneToOneField(Aktivitas, models.PROTECT, related_name="sampel")
    bulan = models.DateField("bulan")
    putusan = models.CharField("putusan", max_length=10, choices=Verdict, blank=True)
    penjelasan = models.TextField("penjelasan", blank=True)
    oleh = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    pada = models.DateTimeField("diperiksa", null=True)

    class Meta:
        verbose_name = "sampel"
        verbose_name_plural = "sampel"
        ordering = ["pk"]
        indexes = [models.Index(fields=["bulan", "putusan"], name="erk_sampel_bulan")]

    def __str__(self) -> str:
        return f"Sampel {self.aktivitas_id}"


class Rapat(models.Model):
    """A meeting with a shared list of who was there."""

    kode = models.CharField("kode", max_length=30, unique=True)
    opd = models.ForeignKey(Opd, models.PROTECT, related_name="+")
    judul = models.CharField("judul", max_length=200)
    tanggal = models.DateField("tanggal")
    mulai = models.TimeField("mulai")
    selesai = models.TimeField("selesai")
    hadir = models.ManyToManyField(Pegawai, related_name="rapat")

    class Meta:
        verbose_name = "rapat"
        verbose_name_plural = "rapat"
        ordering = ["tanggal", "mulai"]
        constraints = [models.CheckConstraint(condition=Q(selesai__gt=F("mulai")), name="erk_rapat_jam")]

    def __str__(self) -> str:
        return f"{self.judul} {self.tanggal}"
