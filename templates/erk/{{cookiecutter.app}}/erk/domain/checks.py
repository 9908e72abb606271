"""What must be so before an activity is saved or handed in; every fault at once, beside its field."""

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal

from core import dates, files
from core.calendar import calendar
from core.errors import Fault
from erk.enums import VOID, StatusHadir
from erk.models import Aktivitas, Cuti, Katalog, Kehadiran, Lembur, Pegawai
from erk.rules import minutes, windows
from erk.rules.policy import Policy
from erk.validators import description_fault

ABSENT = (StatusHadir.ALPA, StatusHadir.IZIN, StatusHadir.CUTI)
MAX_VOLUME = Decimal("9999.99")


@dataclass(frozen=True, slots=True)
class Entry:
    """What an employee typed about a piece of work. Clock times are the region's."""

    tanggal: dt.date
    mulai: dt.time
    selesai: dt.time
    katalog: Katalog
    volume: Decimal = Decimal(1)
    uraian: str = ""


def input_deadline(day: dt.date, policy: Policy) -> dt.date:
    """Return the last day to hand in work done on a day."""
    return windows.deadline(day, policy.input_days, calendar())


def date_fault(pegawai: Pegawai, day: dt.date, policy: Policy, *, reopened: dt.date | None = None) -> str:
    """Return why nothing can be logged for a day, or "": future, window closed, holiday, leave, absence.

    `reopened`: the day a superior opened a late activity again; its window counts from there.
    """
    today = dates.today()
    if day > today:
        return "Tanggal itu belum tiba. Aktivitas diisi sesudah dikerjakan."
    last = input_deadline(reopened or day, policy)
    if today > last:
        return f"Batas mengisi pekerjaan {dates.short_date(day)} adalah {dates.short_date(last)}, jadi sudah lewat."
    if not calendar().is_working_day(day) and not Lembur.objects.filter(pegawai=pegawai, tanggal=day).exists():
        name = calendar().holiday_name(day) or "akhir pekan"
        return f"{dates.short_date(day)} hari libur ({name}). Pekerjaan hari libur memerlukan SPT lembur."
    if Cuti.objects.filter(pegawai=pegawai, disetujui=True, mulai__lte=day, akhir__gte=day).exists():
        return "Anda tercatat cuti atau sakit pada tanggal itu; menitnya sudah diganti menurut aturan."
    if Kehadiran.objects.filter(pegawai=pegawai, tanggal=day, status__in=ABSENT).exists():
        return "Anda tercatat tidak hadir pada tanggal itu. Bila keliru, hubungi admin perangkat daerah Anda."
    return ""


def overlapping(pegawai: Pegawai, entry: Entry, *, except_pk: int | None = None) -> Aktivitas | None:
    """Return a live activity that shares a minute with the entry; call it under the lock of the employee's row."""
    same_time = Aktivitas.objects.filter(
        pegawai=pegawai, tanggal=entry.tanggal, mulai__lt=entry.selesai, selesai__gt=entry.mulai
    )
    return same_time.exclude(state__in=VOID).exclude(pk=except_pk).select_related("katalog").first()


def entry_faults(
    pegawai: Pegawai, entry: Entry, policy: Policy, *, except_pk: int | None = None, reopened: dt.date | None = None
) -> list[Fault]:
    """Return everything that keeps an entry from being saved, even as a draft."""
    faults = []
    if sentence := date_fault(pegawai, entry.tanggal, policy, reopened=reopened):
        faults.append(Fault("tanggal", sentence))
    if entry.selesai <= entry.mulai:
        faults.append(Fault("selesai", "Jam selesai harus sesudah jam mulai."))
    elif clash := overlapping(pegawai, entry, except_pk=except_pk):
        span = f"{clash.mulai:%H.%M}–{clash.selesai:%H.%M}"
        faults.append(Fault("mulai", f"Jam ini bertumpuk dengan “{clash.katalog.nama}” pukul {span}."))
    if not 0 < entry.volume <= MAX_VOLUME:
        faults.append(Fault("volume", "Volume harus lebih dari nol dan paling banyak 9.999,99."))
    if not Katalog.objects.on(entry.tanggal).filter(pk=entry.katalog.pk).exists():
        faults.append(Fault("katalog", "Jenis pekerjaan ini tidak berlaku pada tanggal itu. Pilih yang lain."))
    elif entry.katalog.maks_harian and _used(pegawai, entry, except_pk) >= entry.katalog.maks_harian:
        faults.append(
            Fault("katalog", f"“{entry.katalog.nama}” paling banyak {entry.katalog.maks_harian} kali sehari.")
        )
    return faults


def _used(pegawai: Pegawai, entry: Entry, except_pk: int | None) -> int:
    rows = Aktivitas.objects.filter(pegawai=pegawai, tanggal=entry.tanggal, katalog__kode=entry.katalog.kode)
    return rows.exclude(state__in=VOID).exclude(pk=except_pk).count()


def proof_of(activity: Aktivitas) -> list[files.StoredFile]:
    """Return the proof files of an activity."""
    return files.current(activity)


def submit_faults(activity: Aktivitas) -> list[Fault]:
    """Return what a draft still lacks before the superior can judge it."""
    faults = []
    if sentence := description_fault(activity.uraian):
        faults.append(Fault("uraian", sentence))
    if activity.katalog.wajib_bukti and not proof_of(activity):
        faults.append(Fault("bukti", f"“{activity.katalog.nama}” memerlukan bukti. Unggah foto atau PDF."))
    if dates.at(activity.tanggal, activity.selesai) > dates.now():
        faults.append(Fault("selesai", "Pekerjaan ini belum selesai. Ajukan sesudah jam selesainya lewat."))
    if activity.jabatan_penilai_id is None:
        faults.append(Fault("katalog", "Atasan Anda belum tercatat. Hubungi admin perangkat daerah Anda."))
    return faults


def counted(entry: Entry, policy: Policy) -> minutes.Count:
    """Return the minutes of an entry. Work outside the catalogue counts as worked, within its monthly share."""
    if entry.katalog.bebas:
        worked = minutes.between(entry.mulai, entry.selesai)
        return minutes.Count(worked=worked, norm=worked, most=worked, counted=worked)
    return minutes.count(entry.mulai, entry.selesai, entry.katalog.norma, entry.volume, policy.norm_factor)
