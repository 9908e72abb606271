"""Agencies, positions, employees and who holds which position when (erk.md sections 3 and 14)."""

import datetime as dt

from django.db import models
from django.db.models import F, Q

from core.codes import new_code
from core.models import User
from erk.enums import JenisJabatan, JenisOpd, JenisPenempatan, Skema, StatusPegawai
from erk.validators import nip_parts


class Opd(models.Model):
    """An agency of the region. `kode` is stable and is the scope of role assignments.

    `gelombang`: working days (0–2) its closing days lie after those of the calendar, so that not all close at once.
    """

    kode = models.CharField("kode", max_length=20, unique=True)
    nama = models.CharField("nama", max_length=150)
    singkatan = models.CharField("nama pendek", max_length=60)
    jenis = models.CharField("jenis", max_length=12, choices=JenisOpd)
    induk = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="bagian")
    skema = models.CharField("skema", max_length=5, choices=Skema, default=Skema.ERK)
    gelombang = models.PositiveSmallIntegerField("gelombang penutupan", default=0)

    class Meta:
        verbose_name = "perangkat daerah"
        verbose_name_plural = "perangkat daerah"
        ordering = ["nama"]
        constraints = [models.CheckConstraint(condition=Q(gelombang__lte=2), name="erk_opd_gelombang")]

    def __str__(self) -> str:
        return self.nama


class Jabatan(models.Model):
    """A position in the tree of an agency; its parent's holder is the superior of its holders.

    `kode` names it in files of the personnel agency; positions made before have none.
    `delegasi`: who decides in the application for a position without a superior in it (the Sekda's is the mayor).
    """

    kode = models.CharField("kode", max_length=30, blank=True)
    opd = models.ForeignKey(Opd, models.PROTECT, related_name="jabatan")
    nama = models.CharField("nama jabatan", max_length=150)
    jenis = models.CharField("jenis", max_length=13, choices=JenisJabatan)
    eselon = models.CharField("eselon", max_length=6, blank=True)
    kelas = models.PositiveSmallIntegerField("kelas jabatan")
    rumpun = models.CharField("rumpun", max_length=40, blank=True)
    induk = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="bawahan")
    delegasi = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        verbose_name = "jabatan"
        verbose_name_plural = "jabatan"
        constraints = [
            models.CheckConstraint(condition=Q(kelas__range=(1, 17)), name="erk_jabatan_kelas"),
            models.UniqueConstraint(fields=["kode"], condition=~Q(kode=""), name="erk_jabatan_kode"),
            models.CheckConstraint(condition=~Q(induk=F("id")), name="erk_jabatan_bukan_induk_sendiri"),
        ]

    def __str__(self) -> str:
        return self.nama


class Pegawai(models.Model):
    """A civil servant. The NIP is text of 18 digits; `kode` stands in addresses instead of it."""

    kode = models.CharField(max_length=12, unique=True, default=new_code, editable=False)
    user = models.OneToOneField(User, models.PROTECT, null=True, blank=True, related_name="pegawai")
    nip = models.CharField("NIP", max_length=18, unique=True)
    nama = models.CharField("nama", max_length=150)
    gelar_depan = models.CharField("gelar depan", max_length=40, blank=True)
    gelar_belakang = models.CharField("gelar belakang", max_length=60, blank=True)
    status = models.CharField("status", max_length=4, choices=StatusPegawai, default=StatusPegawai.PNS)
    golongan = models.CharField("golongan", max_length=6)
    aktif = models.BooleanField("aktif", default=True)

    class Meta:
        verbose_name = "pegawai"
        verbose_name_plural = "pegawai"
        ordering = ["nama", "pk"]

    def __str__(self) -> str:
        return self.nama_lengkap

    @property
    def nama_lengkap(self) -> str:
        """Return the name with titles."""
        name = " ".join(part for part in (self.gelar_depan, self.nama) if part)
        return f"{name}, {self.gelar_belakang}" if self.gelar_belakang else name

    @property
    def nip_terbaca(self) -> str:
        """Return the NIP in its four parts, the form of letters: "19860926 201505 1 001"."""
        return " ".join(nip_parts(self.nip))


class PenempatanQuerySet(models.QuerySet["Penempatan"]):
    """Placements by the day they hold."""

    def on(self, day: dt.date) -> "PenempatanQuerySet":
        """Return the placements that hold on a day."""
        return self.between(day, day)

    def between(self, first: dt.date, last: dt.date) -> "PenempatanQuerySet":
        """Return the placements that hold on any day from `first` to `last`."""
        return self.filter(Q(mulai__lte=last) & (Q(akhir__isnull=True) | Q(akhir__gte=first)))

    def definitif(self) -> "PenempatanQuerySet":
        """Return placements for good, which pay and count for workload; acting ones only decide."""
        return self.filter(jenis=JenisPenempatan.DEFINITIF)


class Penempatan(models.Model):
    """Who holds a position from one day to another. Acting ones (Plt., Plh.) hold the approval right for their period.

    One definitive placement per employee and day: `erk.domain.people.place` checks it, PostgreSQL excludes it.
    """

    pegawai = models.ForeignKey(Pegawai, models.PROTECT, related_name="penempatan")
    jabatan = models.ForeignKey(Jabatan, models.PROTECT, related_name="penempatan")
    mulai = models.DateField("mulai")
    akhir = models.DateField("sampai", null=True, blank=True)
    jenis = models.CharField("jenis", max_length=9, choices=JenisPenempatan, default=JenisPenempatan.DEFINITIF)
    skema = models.CharField("skema", max_length=5, choices=Skema, default=Skema.ERK)
    dasar = models.CharField("dasar", max_length=200, blank=True)

    objects = PenempatanQuerySet.as_manager()

    class Meta:
        verbose_name = "penempatan"
        verbose_name_plural = "penempatan"
        ordering = ["mulai", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(akhir__isnull=True) | Q(akhir__gte=F("mulai")), name="erk_penempatan_periode"
            ),
            models.CheckConstraint(
                condition=Q(jenis=JenisPenempatan.DEFINITIF) | Q(akhir__isnull=False),
                name="erk_penempatan_plt_berakhir",
            ),
        ]
        indexes = [
            models.Index(fields=["jabatan", "mulai"], name="erk_penempatan_jabatan"),
            models.Index(fields=["pegawai", "mulai"], name="erk_penempatan_pegawai"),
        ]

    def __str__(self) -> str:
        acting = "" if self.jenis == JenisPenempatan.DEFINITIF else f"{self.get_jenis_display()} "
        return f"{self.pegawai.nama}, {acting}{self.jabatan.nama}"
