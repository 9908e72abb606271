"""Policy versions, trials of them, disciplinary cuts, ratings, the monthly recap (erk.md sections 10, 14, 18)."""

from django.db import models
from django.db.models import F, Q

from core.models import Case, User
from erk.enums import MonthState
from erk.looks import MONTH_LOOKS
from erk.models.people import Jabatan, Opd, Pegawai


class KebijakanVersi(models.Model):
    """One version of the region's rules, never changed: noted when a month was computed by it, or published ahead.

    `diterbitkan_oleh` marks the published ones; from `berlaku` on they hold instead of the profile's.
    """

    versi = models.CharField("versi", max_length=30, unique=True)
    berlaku = models.DateField("berlaku mulai")
    dasar = models.CharField("dasar hukum", max_length=200)
    nilai = models.JSONField("nilai")
    diterbitkan_oleh = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    dicatat_pada = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = "versi kebijakan"
        verbose_name_plural = "versi kebijakan"
        ordering = ["berlaku", "pk"]

    def __str__(self) -> str:
        return self.versi


class UjiKebijakan(models.Model):
    """A draft of the rules tried on a computed month: what it says so far, and whether it has ended.

    `nilai` are the draft's values, `sidik` their digest; `dihitung` the agencies reckoned, of `perangkat` in all;
    `hasil` what `domain.trial.Trial` holds. Sums only: nothing of it names a person. `terputus`: it ended by a fault
    of the application, without a result.
    """

    dibuat_oleh = models.ForeignKey(User, models.PROTECT, related_name="+")
    dibuat_pada = models.DateTimeField("dimulai")
    bulan = models.DateField("bulan")
    nilai = models.JSONField("rancangan")
    sidik = models.CharField(max_length=8)
    perangkat = models.PositiveIntegerField("perangkat daerah")
    dihitung = models.JSONField("sudah dihitung", default=list)
    hasil = models.JSONField("hasil", default=dict)
    selesai_pada = models.DateTimeField("selesai", null=True)
    terputus = models.BooleanField("terputus", default=False, db_default=False)

    class Meta:
        verbose_name = "uji coba kebijakan"
        verbose_name_plural = "uji coba kebijakan"
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["dibuat_oleh", "bulan", "sidik"],
                condition=Q(selesai_pada__isnull=True),
                name="erk_uji_satu_berjalan",
            )
        ]

    def __str__(self) -> str:
        return f"{self.bulan:%Y-%m} {self.sidik}"


class Hukuman(models.Model):
    """A disciplinary cut with its decree (PP 94/2021); entered by hand, never by the application."""

    pegawai = models.ForeignKey(Pegawai, models.PROTECT, related_name="hukuman")
    persen = models.DecimalField("potongan (%)", max_digits=5, decimal_places=2)
    mulai = models.DateField("mulai")
    akhir = models.DateField("sampai")
    sk = models.CharField("nomor SK", max_length=120)

    class Meta:
        verbose_name = "hukuman disiplin"
        verbose_name_plural = "hukuman disiplin"
        constraints = [
            models.CheckConstraint(condition=Q(akhir__gte=F("mulai")), name="erk_hukuman_periode"),
            models.CheckConstraint(condition=Q(persen__gt=0, persen__lte=100), name="erk_hukuman_persen"),
        ]

    def __str__(self) -> str:
        return f"{self.pegawai_id} {self.persen} %"


class Penilaian(models.Model):
    """SKP achievement and behaviour of a month, 0 to 1; needed only where the policy weighs them."""

    pegawai = models.ForeignKey(Pegawai, models.PROTECT, related_name="penilaian")
    bulan = models.DateField("bulan")
    capaian_skp = models.DecimalField("capaian SKP", max_digits=5, decimal_places=4)
    perilaku = models.DecimalField("perilaku", max_digits=5, decimal_places=4)

    class Meta:
        verbose_name = "penilaian"
        verbose_name_plural = "penilaian"
        constraints = [
            models.UniqueConstraint(fields=["pegawai", "bulan"], name="erk_penilaian_sekali"),
            models.CheckConstraint(
                condition=Q(capaian_skp__range=(0, 1), perilaku__range=(0, 1)), name="erk_penilaian_rentang"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.pegawai_id} {self.bulan:%Y-%m}"


class Rekap(Case):
    """One month of one employee: minutes, every term of the allowance, the inputs and the rule version.

    `masukan` and `kebijakan` are enough to compute the same slip again, for ever; `rincian` says where the terms
    come from, day by day.
    """

    STATES = MONTH_LOOKS

    pegawai = models.ForeignKey(Pegawai, models.PROTECT, related_name="rekap")
    bulan = models.DateField("bulan")
    opd = models.ForeignKey(Opd, models.PROTECT, related_name="rekap")
    jabatan = models.ForeignKey(Jabatan, models.PROTECT, related_name="+")
    kelas = models.PositiveSmallIntegerField("kelas jabatan")
    menit_setuju = models.PositiveIntegerField("menit disetujui")
    menit_pengganti = models.PositiveIntegerField("menit pengganti")
    target = models.PositiveIntegerField("target menit")
    tpp = models.PositiveBigIntegerField("TPP")
    prod = models.PositiveBigIntegerField("bagian produktivitas")
    dis = models.PositiveBigIntegerField("bagian disiplin")
    pagu = models.PositiveBigIntegerField("pagu")
    bagian_hadir = models.DecimalField("bagian hari hadir", max_digits=7, decimal_places=6)
    kebijakan = models.ForeignKey(KebijakanVersi, models.PROTECT, related_name="+")
    masukan = models.JSONField("masukan")
    rincian = models.JSONField("rincian")
    sidik = models.CharField(max_length=64)
    dihitung_pada = models.DateTimeField("dihitung")

    class Meta:
        verbose_name = "rekap bulanan"
        verbose_name_plural = "rekap bulanan"
        ordering = ["bulan", "pegawai__nama"]
        constraints = [
            models.UniqueConstraint(fields=["pegawai", "bulan"], name="erk_rekap_sekali"),
            models.CheckConstraint(condition=Q(state__in=MonthState.values), name="erk_rekap_state"),
            models.CheckConstraint(condition=Q(tpp__lte=F("pagu")), name="erk_rekap_paling_banyak_pagu"),
        ]
        indexes = [models.Index(fields=["bulan", "opd"], name="erk_rekap_opd")]

    def __str__(self) -> str:
        return f"{self.pegawai.nama} {self.bulan:%Y-%m}"
