"""Files taken in, first tried and then applied, and reports of wrong superiors."""

from django.db import models
from django.db.models import Q

from core.codes import new_code
from core.models import Case, User
from erk.enums import ImportKind, ReportState
from erk.looks import REPORT_LOOKS
from erk.models.people import Jabatan, Opd, Pegawai


class Impor(models.Model):
    """A file as it was read: rows to apply and faults by row. Its rows are emptied once applied: they are elsewhere.

    `lingkup` is the agency its sender may change, empty for the whole region.
    """

    kode = models.CharField(max_length=12, unique=True, default=new_code, editable=False)
    jenis = models.CharField("jenis", max_length=10, choices=ImportKind)
    lingkup = models.CharField("lingkup", max_length=20, blank=True)
    nama_berkas = models.CharField("berkas", max_length=150)
    sidik = models.CharField(max_length=64)
    baris = models.JSONField("baris")
    galat = models.JSONField("galat")
    jumlah = models.PositiveIntegerField("jumlah baris")
    dibuat_oleh = models.ForeignKey(User, models.PROTECT, related_name="+")
    dibuat_pada = models.DateTimeField(auto_now_add=True)
    diterapkan_pada = models.DateTimeField("diterapkan", null=True)
    diterapkan = models.PositiveIntegerField("baris diterapkan", default=0)

    class Meta:
        verbose_name = "impor"
        verbose_name_plural = "impor"
        ordering = ["-pk"]

    def __str__(self) -> str:
        return f"{self.get_jenis_display()} {self.nama_berkas}"

    @property
    def siap(self) -> int:
        """Return how many rows are without fault."""
        return self.jumlah - len(self.galat)


class LaporanAtasan(Case):
    """An employee's report that the application knows the wrong superior; it blocks the approval of the work."""

    STATES = REPORT_LOOKS

    pegawai = models.ForeignKey(Pegawai, models.PROTECT, related_name="laporan_atasan")
    opd = models.ForeignKey(Opd, models.PROTECT, related_name="+")
    jabatan_tercatat = models.ForeignKey(Jabatan, models.PROTECT, null=True, related_name="+")
    seharusnya = models.CharField("atasan seharusnya", max_length=200)
    batas = models.DateField("diselesaikan paling lambat")
    jawaban = models.TextField("jawaban", blank=True)

    class Meta:
        verbose_name = "laporan atasan"
        verbose_name_plural = "laporan atasan"
        ordering = ["batas", "pk"]
        constraints = [
            models.CheckConstraint(condition=Q(state__in=ReportState.values), name="erk_laporan_state"),
            models.UniqueConstraint(
                fields=["pegawai"], condition=Q(state=ReportState.DILAPORKAN), name="erk_laporan_satu_terbuka"
            ),
            models.CheckConstraint(
                condition=Q(state=ReportState.DILAPORKAN) | ~Q(jawaban=""), name="erk_laporan_berjawaban"
            ),
        ]

    def __str__(self) -> str:
        return f"Laporan atasan {self.pegawai.nama}"
