"""What an employee does with the own log: write, copy, hand in, attach proof. States change in the machine only."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import IO

from django.db import transaction
from django.http import HttpRequest

from core import audit, dates, files
from core.errors import Fault, NotAllowed, Refused
from core.models import User
from erk.domain import checks
from erk.domain.machine import ACTIVITIES
from erk.domain.people import employee_of, placement_on, superior_of
from erk.enums import EDITABLE, VOID, ActivityState, Role
from erk.models import Aktivitas, Katalog, Pegawai

MAX_PROOFS = 3


def _locked_employee(user: User) -> Pegawai:
    employee = employee_of(user)
    if employee is None:
        raise NotAllowed("Akun Anda belum terhubung dengan data pegawai. Hubungi admin perangkat daerah Anda.")
    return Pegawai.objects.select_for_update().get(pk=employee.pk)


def create(
    user: User, entry: checks.Entry, *, code: str = "", device: str = "", request: HttpRequest | None = None
) -> Aktivitas:
    """Save a piece of work as a draft and return it; Refused names every fault by field.

    The employee's row is locked first, so two devices cannot enter overlapping times at once. `code` is the public
    code the page was made with; one that is taken (the same page sent twice at the same moment) is refused.
    """
    with transaction.atomic():
        employee = _locked_employee(user)
        draft = _draft(employee, entry)
        draft.perangkat = device[:16]
        if code:
            draft.kode = code
            if Aktivitas.objects.filter(kode=code).exists():
                raise Refused("Aktivitas ini sudah tersimpan; tidak dicatat dua kali.")
        saved: Aktivitas = ACTIVITIES.begin(draft, "buat", user, data={"entry": entry}, request=request)
    return saved


def _draft(employee: Pegawai, entry: checks.Entry) -> Aktivitas:
    placement = placement_on(employee, entry.tanggal)
    if placement is None:
        sentence = "Anda belum mempunyai penempatan pada tanggal itu. Hubungi admin perangkat daerah Anda."
        raise Refused(sentence, [Fault("tanggal", sentence)])
    superior = superior_of(placement.jabatan, employee, dates.today())
    return Aktivitas(pegawai=employee, jabatan=placement.jabatan, jabatan_penilai_id=superior, katalog=entry.katalog)


def edit(
    user: User, activity: Aktivitas, entry: checks.Entry, version: int, *, request: HttpRequest | None = None
) -> Aktivitas:
    """Change a draft or a returned activity; Refused names every fault, Stale a page that is no longer true."""
    with transaction.atomic():
        _locked_employee(user)
        saved: Aktivitas = ACTIVITIES.perform(
            activity.pk, "ubah", user, version=version, data={"entry": entry}, request=request
        )
    return saved


def discard(user: User, activity: Aktivitas, version: int, *, request: HttpRequest | None = None) -> None:
    """Remove a draft that was never handed in; the audit row stays."""
    with transaction.atomic():
        row = Aktivitas.objects.select_for_update().get(pk=activity.pk)
        if row.pegawai.user_id != user.pk:
            raise NotAllowed("Hanya pemilik yang dapat menghapus draf ini.")
        if row.version != version:
            raise Refused("Draf ini baru saja berubah. Periksa dahulu, lalu ulangi bila masih perlu.")
        if row.state != ActivityState.DRAF or row.dibuka_pada or row.putaran:
            raise Refused("Hanya draf yang belum pernah diajukan yang dapat dihapus.")
        data = {"tanggal": row.tanggal.isoformat(), "opd": row.jabatan.opd_id}  # the workload summaries follow it
        audit.record(row, "hapus", actor=user, role=Role.PEGAWAI, source=row.state, data=data, request=request)
        row.delete()


@dataclass(frozen=True, slots=True)
class Copied:
    """Result of copying a day: drafts made, and what was left out with the reason."""

    made: list[Aktivitas]
    skipped: list[str]


def copy_day(user: User, source: dt.date, target: dt.date, *, request: HttpRequest | None = None) -> Copied:
    """Copy the work of one day to another as drafts only, without descriptions: each day is described anew.

    What would overlap or is not allowed on the new day is left out and named.
    """
    made: list[Aktivitas] = []
    skipped: list[str] = []
    with transaction.atomic():
        employee = _locked_employee(user)
        rows = Aktivitas.objects.filter(pegawai=employee, tanggal=source).exclude(state__in=VOID)
        for row in rows.select_related("katalog", "rhk"):
            item = Katalog.objects.on(target).filter(kode=row.katalog.kode).first() or row.katalog
            entry = checks.Entry(
                target, row.mulai, row.selesai, item, row.volume, rhk=row.rhk if target.year == source.year else None
            )
            try:
                made.append(create(user, entry, request=request))
            except Refused as refusal:
                reason = refusal.faults[0].sentence if refusal.faults else refusal.sentence
                skipped.append(f"{row.katalog.nama}, {row.mulai:%H.%M}: {reason}")
    return Copied(made, skipped)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one activity of a batch: done, or the sentence why not; `repeated` marks a double click."""

    activity: Aktivitas
    sentence: str = ""
    repeated: bool = False


def submit_all(user: User, activities: Sequence[Aktivitas], *, request: HttpRequest | None = None) -> list[Outcome]:
    """Hand in several drafts; each stands for itself, one refused does not hold up the others."""
    return [_one(user, activity, request) for activity in activities]


def _one(user: User, activity: Aktivitas, request: HttpRequest | None) -> Outcome:
    try:
        done = ACTIVITIES.perform(activity.pk, "ajukan", user, version=activity.version, request=request)
    except Refused as refusal:
        return Outcome(activity, refusal.sentence)
    return Outcome(done)


def attach(
    user: User, activity: Aktivitas, upload: IO[bytes], *, request: HttpRequest | None = None
) -> files.StoredFile:
    """Add a proof (PDF, JPEG, PNG up to 5 MB) to a draft or returned activity; at most three."""
    with transaction.atomic():
        row = Aktivitas.objects.select_for_update().get(pk=activity.pk)
        if row.pegawai.user_id != user.pk:
            raise NotAllowed("Hanya pemilik yang dapat menambah bukti.")
        if row.state not in EDITABLE:
            raise Refused("Bukti hanya dapat ditambah selama aktivitas masih draf atau dikembalikan.")
        count = len(files.current(row))
        if count >= MAX_PROOFS:
            raise Refused(f"Sudah ada {MAX_PROOFS} bukti. Itu cukup.")
        stored = files.store(upload, owner=row, kind=f"bukti-{count + 1}", user=user)
        audit.record(
            row, "tambah_bukti", actor=user, role=Role.PEGAWAI, data={"sha256": stored.sha256}, request=request
        )
    return stored
