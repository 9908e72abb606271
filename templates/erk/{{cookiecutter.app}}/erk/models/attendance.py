"""Attendance, leave and overtime as imported (erk.md section 8). Reasons for leave are personal data."""

from django.db import models
from django.db.models import F, Q

from erk.enums import JenisCuti, StatusHadir
from erk.models.people import Pegawai


class Kehadiran(models.Model):
    """One working day of an employee: clock times in the region's zone, status, minutes late and left early.

    A present day without a record of arrival or leaving counts as a missing record.
    """

    pegawai = models.ForeignKey(Pegawai, models.PROTECT, related_name="kehadiran")
    tanggal = models.DateField("tanggal")
    masuk = models.TimeField("masuk", null=True, blank=True)
    pulang = models.TimeField("pulang", null=True, blank=True)
    status = models.CharField("status", max_length=10, choices=StatusHadir)
    menit_tl = models.PositiveSmallIntegerField("menit terlambat", default=0)
    menit_psw = models.PositiveSmallIntegerField("menit pulang sebelum waktu", default=0)
    apel_absen = models.BooleanField("tidak ikut apel Senin", default=False)
    sumber = models.CharField("sumber", max_length=40)

    class Meta:
        verbose_name = "kehadiran"
        verbose_name_plural = "kehadiran"
        constraints = [models.UniqueConstraint(fields=["pegawai", "tanggal"], name="erk_kehadiran_sekali")]
        indexes = [models.Index(fields=["tanggal", "status"], name="erk_kehadiran_tanggal")]

    def __str__(self) -> str:
        return f"{self.pegawai_id} {self.tanggal} {self.status}"


class Cuti(models.Model):
    """A leave from one day to another. Only an approved one changes minutes or money."""

    pegawai = models.ForeignKey(Pegawai, models.PROTECT, related_name="cuti")
    jenis = models.CharField("jenis", max_length=14, choices=JenisCuti)
    mulai = models.DateField("mulai")
    akhir = models.DateField("sampai")
    dokumen = models.CharField("nomor surat", max_length=120)
    disetujui = models.BooleanField("disetujui", default=False)

    class Meta:
        verbose_name = "cuti"
        verbose_name_plural = "cuti"
        constraints = [models.CheckConstraint(condition=Q(akhir__gte=F("mulai")), name="erk_cuti_periode")]
        indexes = [models.Index(fields=["pegawai", "mulai"], name="erk_cuti_pegawai")]

    def __str__(self) -> str:
        return f"{self.pegawai_id} {self.jenis} {self.mulai}"


class Lembur(models.Model):
    """An overtime order (SPT): raises the daily cap of one day."""

    pegawai = models.ForeignKey(Pegawai, models.PROTECT, related_name="lembur")
    tanggal = models.DateField("tanggal")
    spt = models.CharField("nomor SPT", max_length=120)

    class Meta:
        verbose_name = "lembur"
        verbose_name_plural = "lembur"
        constraints = [models.UniqueConstraint(fields=["pegawai", "tanggal"], name="erk_lembur_sekali")]

    def __str__(self) -> str:
        return f"{self.pegawai_id} {self.tanggal}"


class GangguanAbsensi(models.Model):
    """A day on which the attendance system failed for the whole region: nobody is late on it."""

    tanggal = models.DateField("tanggal", unique=True)
    keterangan = models.CharField("keterangan", max_length=200)

    class Meta:
        verbose_name = "gangguan absensi"
        verbose_name_plural = "gangguan absensi"

    def __str__(self) -> str:
        return f"{self.tanggal} {self.keterangan}"
