"""What happens to a month after its preview: the office's list, objections, corrections, outages, hand payment."""

from django.db import models
from django.db.models import F, Q

from core.models import Case, User
from erk.enums import (
    COMPUTED_CORRECTIONS,
    OFFICE_STATES,
    OPEN_CORRECTIONS,
    OPEN_OBJECTIONS,
    CorrectionState,
    MonthState,
    ObjectionState,
)
from erk.looks import CORRECTION_LOOKS, MONTH_LOOKS, OBJECTION_LOOKS
from erk.models.month import KebijakanVersi, Rekap
from erk.models.people import Opd, Pegawai


class BulanOpd(Case):
    """The month of one agency, from the preview to the payment; its recaps follow its state.

    `sanggah_sampai` is the last day to object. `orang` and `jumlah` are people and rupiah of the list as signed;
    a list that no longer matches its recaps is neither verified nor made final.
    """

    STATES = MONTH_LOOKS

    opd = models.ForeignKey(Opd, models.PROTECT, related_name="bulan")
    bulan = models.DateField("bulan")
    sanggah_sampai = models.DateField("sanggahan sampai")
    orang = models.PositiveIntegerField("pegawai", default=0)
    jumlah = models.PositiveBigIntegerField("jumlah TPP", default=0)
    dibayar_pada = models.DateField("tanggal bayar", null=True)
    sp2d = models.CharField("nomor SP2D", max_length=60, blank=True)

    class Meta:
        verbose_name = "bulan perangkat daerah"
        verbose_name_plural = "bulan perangkat daerah"
        ordering = ["bulan", "opd__nama"]
        constraints = [
            models.UniqueConstraint(fields=["opd", "bulan"], name="erk_bulanopd_sekali"),
            models.CheckConstraint(condition=Q(state__in=OFFICE_STATES), name="erk_bulanopd_state"),
            models.CheckConstraint(
                condition=(Q(state=MonthState.DIBAYAR, dibayar_pada__isnull=False) & ~Q(sp2d=""))
                | (~Q(state=MonthState.DIBAYAR) & Q(dibayar_pada__isnull=True)),
                name="erk_bulanopd_dibayar",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.opd.singkatan} {self.bulan:%Y-%m}"


class Sanggah(Case):
    """An employee's objection to the own month. `batas`: the last day to decide on it."""

    STATES = OBJECTION_LOOKS

    rekap = models.ForeignKey(Rekap, models.PROTECT, related_name="sanggah")
    alasan = models.TextField("yang disanggah")
    batas = models.DateField("diputuskan paling lambat")
    telaah = models.TextField("telaah", blank=True)
    putusan = models.TextField("putusan", blank=True)

    class Meta:
        verbose_name = "sanggahan"
        verbose_name_plural = "sanggahan"
        ordering = ["batas", "pk"]
        constraints = [
            models.CheckConstraint(condition=Q(state__in=ObjectionState.values), name="erk_sanggah_state"),
            models.UniqueConstraint(
                fields=["rekap"], condition=Q(state__in=OPEN_OBJECTIONS), name="erk_sanggah_satu_terbuka"
            ),
            models.CheckConstraint(
                condition=Q(state__in=OPEN_OBJECTIONS) | ~Q(putusan=""), name="erk_sanggah_berputusan"
            ),
        ]

    def __str__(self) -> str:
        return f"Sanggahan {self.rekap}"


class Koreksi(Case):
    """A correction of a final month of one employee: `tpp_baru` − `tpp_lama` is paid or taken back.

    The recap keeps its slip; `masukan`, `rincian` and `kebijakan` are those of the new computation.
    """

    STATES = CORRECTION_LOOKS

    rekap = models.ForeignKey(Rekap, models.PROTECT, related_name="koreksi")
    alasan = models.TextField("alasan")
    tpp_lama = models.PositiveBigIntegerField("TPP semula")
    tpp_baru = models.PositiveBigIntegerField("TPP baru", null=True)
    selisih = models.BigIntegerField("selisih", null=True)
    menit_setuju = models.PositiveIntegerField("menit disetujui", null=True)
    menit_pengganti = models.PositiveIntegerField("menit pengganti", null=True)
    kebijakan = models.ForeignKey(KebijakanVersi, models.PROTECT, null=True, related_name="+")
    masukan = models.JSONField("masukan", null=True)
    rincian = models.JSONField("rincian", null=True)
    dibayar_pada = models.DateField("tanggal bayar", null=True)

    class Meta:
        verbose_name = "koreksi"
        verbose_name_plural = "koreksi"
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(condition=Q(state__in=CorrectionState.values), name="erk_koreksi_state"),
            models.UniqueConstraint(
                fields=["rekap"], condition=Q(state__in=OPEN_CORRECTIONS), name="erk_koreksi_satu_terbuka"
            ),
            models.CheckConstraint(
                condition=~Q(state__in=COMPUTED_CORRECTIONS) | Q(selisih=F("tpp_baru") - F("tpp_lama")),
                name="erk_koreksi_selisih",
            ),
            models.CheckConstraint(
                condition=~Q(state=CorrectionState.DIBAYAR) | Q(dibayar_pada__isnull=False), name="erk_koreksi_dibayar"
            ),
        ]

    def __str__(self) -> str:
        return f"Koreksi {self.rekap}"


class GangguanLayanan(models.Model):
    """Minutes on one day in which E-RK itself did not work. A long one moves what closes on that day (section 17)."""

    tanggal = models.DateField("tanggal")
    mulai = models.TimeField("sejak")
    selesai = models.TimeField("sampai")
    menit = models.PositiveSmallIntegerField("menit")
    keterangan = models.CharField("keterangan", max_length=200)
    dicatat_oleh = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")

    class Meta:
        verbose_name = "gangguan layanan"
        verbose_name_plural = "gangguan layanan"
        ordering = ["-tanggal", "-mulai"]
        constraints = [
            models.CheckConstraint(condition=Q(selesai__gt=F("mulai")), name="erk_gangguan_jam"),
            models.UniqueConstraint(fields=["tanggal", "mulai"], name="erk_gangguan_sekali"),
        ]

    def __str__(self) -> str:
        return f"{self.tanggal} {self.mulai:%H.%M}–{self.selesai:%H.%M}"


class BayarManual(models.Model):
    """What the finance office paid by hand for a month while E-RK could not be used (erk.md section 17).

    The pay list takes it off, so nothing is paid twice. `dasar`: why it was paid by hand.
    """

    pegawai = models.ForeignKey(Pegawai, models.PROTECT, related_name="bayar_manual")
    bulan = models.DateField("bulan")
    jumlah = models.PositiveBigIntegerField("jumlah")
    dibayar_pada = models.DateField("tanggal bayar")
    sp2d = models.CharField("nomor SP2D", max_length=60)
    dasar = models.CharField("dasar", max_length=200)
    dicatat_oleh = models.ForeignKey(User, models.PROTECT, related_name="+")

    class Meta:
        verbose_name = "pembayaran manual"
        verbose_name_plural = "pembayaran manual"
        ordering = ["bulan", "pegawai__nama"]
        constraints = [
            models.UniqueConstraint(fields=["pegawai", "bulan"], name="erk_bayarmanual_sekali"),
            models.CheckConstraint(condition=Q(jumlah__gt=0) & ~Q(sp2d=""), name="erk_bayarmanual_isi"),
        ]

    def __str__(self) -> str:
        return f"{self.pegawai.nama} {self.bulan:%Y-%m}"
