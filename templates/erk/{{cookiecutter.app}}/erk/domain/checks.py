"""What must be so before an activity is saved or handed in; every fault at once, beside its field."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from types import MappingProxyType

from core import dates, files
from core.calendar import calendar
from core.errors import Fault
from erk.domain import records
from erk.domain.people import placement_on
from erk.domain.records import Records
from erk.enums import VOID, StatusHadir
from erk.models import Aktivitas, Katalog, Pegawai, Rhk
from erk.rules import minutes, windows
from erk.rules.policy import Policy
from erk.validators import description_fault

ABSENT = (StatusHadir.ALPA, StatusHadir.IZIN, StatusHadir.CUTI)
MAX_VOLUME = Decimal("9999.99")
NONE: Mapping[dt.date, int] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Entry:
    """What an employee typed about a piece of work. Clock times are the region's."""

    tanggal: dt.date
    mulai: dt.time
    selesai: dt.time
    katalog: Katalog
    volume: Decimal = Decimal(1)
    uraian: str = ""
    rhk: Rhk | None = None


def input_deadline(day: dt.date, policy: Policy, *, shift: int = 0, outages: Mapping[dt.date, int] = NONE) -> dt.date:
    """Return the last day to hand in work done on a day, for an agency that closes `shift` working days later."""
    return windows.input_closes(day, policy.input_days, shift, outages, calendar())


def deadline_of(pegawai: Pegawai, day: dt.date, policy: Policy, known: Records | None = None) -> dt.date:
    """Return the last day an employee can hand in work of a day, with the agency's shift and outages."""
    read = known or records.read([pegawai.pk], day, day, records.DAYS)
    return input_deadline(day, policy, shift=read.shifts.get(pegawai.pk, 0), outages=read.outages)


def date_fault(
    pegawai: Pegawai, day: dt.date, policy: Policy, *, reopened: dt.date | None = None, known: Records | None = None
) -> str:
    """Return why nothing can be logged for a day, or "": future, window closed, holiday, leave, absence.

    `reopened`: the day a superior opened a late activity again; its window counts from there. `known`: what a page
    has read of that day already.
    """
    today = dates.today()
    if day > today:
        return "Tanggal itu belum tiba. Aktivitas diisi sesudah dikerjakan."
    read = known or records.read([pegawai.pk], day, day, records.DAYS)
    last = deadline_of(pegawai, reopened or day, policy, read)
    if today > last:
        return f"Batas mengisi pekerjaan {dates.short_date(day)} adalah {dates.short_date(last)}, jadi sudah lewat."
    if not calendar().is_working_day(day) and (pegawai.pk, day) not in read.overtime:
        name = calendar().holiday_name(day) or "akhir pekan"
        return f"{dates.short_date(day)} hari libur ({name}). Pekerjaan hari libur memerlukan SPT lembur."
    if read.on_leave(pegawai.pk, day):
        return "Anda tercatat cuti atau sakit pada tanggal itu; menitnya sudah diganti menurut aturan."
    if read.status(pegawai.pk, day) in ABSENT:
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
    elif family_fault := _family_fault(pegawai, entry):
        faults.append(Fault("katalog", family_fault))
    elif entry.katalog.maks_harian and _used(pegawai, entry, except_pk) >= entry.katalog.maks_harian:
        faults.append(
            Fault("katalog", f"“{entry.katalog.nama}” paling banyak {entry.katalog.maks_harian} kali sehari.")
        )
    return faults


def _family_fault(pegawai: Pegawai, entry: Entry) -> str:
    """Return why an item is not for the employee's position, or ""."""
    if not entry.katalog.rumpun:
        return ""
    held = placement_on(pegawai, entry.tanggal)
    if held is None or held.jabatan.jenis in entry.katalog.families:
        return ""
    return f"“{entry.katalog.nama}” hanya untuk {entry.katalog.family_words}. Pilih jenis pekerjaan lain."


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
    if activity.katalog.wajib_rhk and activity.rhk_id is None:
        sentence = f"“{activity.katalog.nama}” harus dikaitkan dengan rencana hasil kerja SKP yang disetujui."
        faults.append(Fault("rhk", sentence))
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
    item, factor = entry.katalog, policy.norm_factor
    return minutes.count(entry.mulai, entry.selesai, item.norma, entry.volume, factor, item.norma_maks)
