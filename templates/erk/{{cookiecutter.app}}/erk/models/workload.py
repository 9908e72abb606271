"""Workload summed by month, so that leaders' pages read hundreds of rows instead of millions (erk.md section 12).

Written by `erk.domain.summaries` alone, from the log; they can be thrown away and written again at any time.
"""

from django.db import models
from django.db.models import F, Q

from erk.models.people import Opd, Pegawai


class BebanOpd(models.Model):
    """An agency's month: how far it was measured, by which target, and counts of its entries.

    `sampai` is the last day measured; `hari_kerja` working days up to it; `target` minutes for a person present on
    all of them. `menit_norma` is Σ norm × volume of what counts; `dicatat` all entries, of which `diajukan` were
    handed in, `ditolak` rejected, and `malam` count and ended after 18.00. `menit_lembur`: minutes that count only
    because of an overtime order.
    """

    opd = models.ForeignKey(Opd, models.PROTECT, related_name="+")
    bulan = models.DateField("bulan")
    sampai = models.DateField("sampai")
    hari_kerja = models.PositiveSmallIntegerField("hari kerja")
    target = models.PositiveIntegerField("target menit")
    menit_norma = models.PositiveBigIntegerField("menit norma")
    dicatat = models.PositiveIntegerField("dicatat")
    diajukan = models.PositiveIntegerField("diajukan")
    ditolak = models.PositiveIntegerField("ditolak")
    malam = models.PositiveIntegerField("sesudah pukul 18")
    menit_lembur = models.PositiveBigIntegerField("menit lembur", default=0, db_default=0)
    dihitung_pada = models.DateTimeField("dihitung")

    class Meta:
        verbose_name = "beban perangkat daerah"
        verbose_name_plural = "beban perangkat daerah"
        ordering = ["bulan", "opd__nama"]
        constraints = [
            models.UniqueConstraint(fields=["bulan", "opd"], name="erk_bebanopd_sekali"),
            models.CheckConstraint(
                condition=Q(diajukan__lte=F("dicatat")) & Q(ditolak__lte=F("diajukan")) & Q(malam__lte=F("dicatat")),
                name="erk_bebanopd_bagian",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.opd.singkatan} {self.bulan:%Y-%m}"


class BebanPegawai(models.Model):
    """A person's month in the agency of the last placement: minutes worked (daily cap, no leave credit), days present.

    `unit` is the position answered to, `rumpun` the family of positions, both as they were in that month.
    """

    pegawai = models.ForeignKey(Pegawai, models.PROTECT, related_name="+")
    opd = models.ForeignKey(Opd, models.PROTECT, related_name="+")
    bulan = models.DateField("bulan")
    unit = models.CharField("unit", max_length=150)
    rumpun = models.CharField("kelompok jabatan", max_length=40)
    menit = models.PositiveIntegerField("menit kerja")
    hari_hadir = models.PositiveSmallIntegerField("hari hadir")

    class Meta:
        verbose_name = "beban pegawai"
        verbose_name_plural = "beban pegawai"
        ordering = ["bulan", "pegawai__nama"]
        constraints = [models.UniqueConstraint(fields=["bulan", "pegawai"], name="erk_bebanpegawai_sekali")]
        indexes = [models.Index(fields=["bulan", "opd"], name="erk_bebanpegawai_opd")]

    def __str__(self) -> str:
        return f"{self.pegawai.nama} {self.bulan:%Y-%m}"
