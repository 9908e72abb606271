"""One logged piece of work and its way to approval (erk.md sections 6, 7 and 14)."""

from django.db import models
from django.db.models import F, Q

from core.codes import new_code
from core.models import Case, User
from erk.enums import COUNTED, WAITING, ActivityState
from erk.looks import ACTIVITY_LOOKS
from erk.models.catalogue import Katalog
from erk.models.people import Jabatan, Pegawai
from erk.models.skp import Rhk


class Aktivitas(Case):
    """A piece of work: date, span, catalogue item, volume; minutes by norm, counted and approved.

    `jabatan` is the position held on that date, `jabatan_penilai` the one whose holders decide. `batas` is the last
    day to act in the present state (hand in, mend, decide), so a promise once shown is kept. No two live ones of
    an employee overlap: checked under a lock on the employee's row, and excluded by PostgreSQL. `perangkat` marks
    the browser it was written in: one that writes for several people is a sign (section 13, TITIP); `perangkat_putus`
    the one it was decided in: deciding where the subordinate wrote is another (HANTU).
    """

    STATES = ACTIVITY_LOOKS

    kode = models.CharField(max_length=12, unique=True, default=new_code, editable=False)
    pegawai = models.ForeignKey(Pegawai, models.PROTECT, related_name="aktivitas")
    jabatan = models.ForeignKey(Jabatan, models.PROTECT, related_name="+")
    tanggal = models.DateField("tanggal")
    mulai = models.TimeField("jam mulai")
    selesai = models.TimeField("jam selesai")
    rhk = models.ForeignKey(Rhk, models.SET_NULL, null=True, related_name="+", verbose_name="rencana hasil kerja")
    katalog = models.ForeignKey(Katalog, models.PROTECT, related_name="+", verbose_name="jenis pekerjaan")
    uraian = models.TextField("uraian", blank=True)
    volume = models.DecimalField("volume", max_digits=7, decimal_places=2, default=1)
    menit_norma = models.PositiveIntegerField("menit norma")
    menit_hitung = models.PositiveIntegerField("menit dihitung")
    menit_setuju = models.PositiveIntegerField("menit disetujui", null=True)
    putaran = models.PositiveSmallIntegerField("kali dikembalikan", default=0)
    dibuka_pada = models.DateField("dibuka kembali", null=True)
    diajukan_pada = models.DateTimeField("diajukan", null=True)
    jabatan_penilai = models.ForeignKey(Jabatan, models.PROTECT, null=True, related_name="+")
    batas = models.DateField("batas", null=True)
    putus_oleh = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    putus_pada = models.DateTimeField("diputuskan", null=True)
    alasan = models.TextField("alasan", blank=True)
    temuan = models.TextField("temuan", blank=True)
    temuan_pada = models.DateField("tanggal temuan", null=True)
    tanggapan = models.TextField("tanggapan", blank=True)
    perangkat = models.CharField(max_length=16, blank=True)
    perangkat_putus = models.CharField(max_length=16, blank=True, default="", db_default="")
    sidik_teks = models.CharField(max_length=64, blank=True)
    terkunci = models.BooleanField("terkunci", default=False)

    class Meta:
        verbose_name = "aktivitas"
        verbose_name_plural = "aktivitas"
        ordering = ["tanggal", "mulai", "pk"]
        indexes = [
            models.Index(fields=["pegawai", "tanggal"], name="erk_aktivitas_hari"),
            models.Index(fields=["jabatan_penilai", "state"], name="erk_aktivitas_penilai"),
            models.Index(fields=["state", "batas"], name="erk_aktivitas_batas"),
            models.Index(fields=["tanggal", "state"], name="erk_aktivitas_bulan"),
        ]
        constraints = [
            models.CheckConstraint(condition=Q(state__in=ActivityState.values), name="erk_aktivitas_state"),
            models.CheckConstraint(condition=Q(selesai__gt=F("mulai")), name="erk_aktivitas_jam"),
            models.CheckConstraint(condition=Q(volume__gt=0), name="erk_aktivitas_volume"),
            models.CheckConstraint(
                condition=~Q(state__in=WAITING)
                | (
                    Q(diajukan_pada__isnull=False)
                    & Q(jabatan_penilai__isnull=False)
                    & Q(batas__isnull=False)
                    & ~Q(uraian="")
                ),
                name="erk_aktivitas_menunggu",
            ),
            models.CheckConstraint(
                condition=Q(state__in=[*COUNTED, ActivityState.DIBATALKAN], menit_setuju__isnull=False)
                | (~Q(state__in=[*COUNTED, ActivityState.DIBATALKAN]) & Q(menit_setuju__isnull=True)),
                name="erk_aktivitas_menit_setuju",
            ),
            models.CheckConstraint(
                condition=Q(menit_setuju__isnull=True) | Q(menit_setuju__lte=F("menit_hitung")),
                name="erk_aktivitas_setuju_paling_banyak",
            ),
            models.CheckConstraint(
                condition=~Q(state=ActivityState.DISETUJUI) | Q(putus_oleh__isnull=False, putus_pada__isnull=False),
                name="erk_aktivitas_diputus",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=[ActivityState.DIKEMBALIKAN, ActivityState.DITOLAK]) | ~Q(alasan=""),
                name="erk_aktivitas_beralasan",
            ),
            models.CheckConstraint(
                condition=~Q(state=ActivityState.DIBATALKAN) | (~Q(temuan="") & Q(temuan_pada__isnull=False)),
                name="erk_aktivitas_temuan",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.katalog.nama}, {self.tanggal:%d-%m-%Y} {self.mulai:%H.%M}–{self.selesai:%H.%M}"
