"""The story `kit verify` plays: an employee logs work, the superior approves it, the slip counts it."""

import datetime as dt
from collections.abc import Iterator

from django.urls import reverse

from core import codes, dates
from core.calendar import calendar
from core.rehearsal import Stage, Visitor, check
from erk.enums import ActivityState, JenisJabatan, JenisOpd
from erk.models import Aktivitas, Jabatan, Katalog, Opd, Pegawai, Penempatan

_LONG_AGO = dt.date(2020, 1, 1)


def story(stage: Stage) -> Iterator[str]:
    """Yield a sentence for each step that went well."""
    Visitor().get(reverse("erk:public"))
    yield "Anybody reads the public overview."
    clerk, head = _office(stage)
    browser = stage.signed_in(clerk.user)
    yield "An employee signs in."
    day = _last_working_day()
    form = f"{reverse('erk:new')}?tanggal={day}"
    browser.get(form)
    typed = {
        "katalog": _code(stage), "tanggal": f"{day.day}/{day.month}/{day.year}", "mulai": "08.00", "selesai": "08.30",
        "volume": "1", "uraian": "Menyusun konsep surat uji coba aplikasi", "kunci": codes.new_code(), "ajukan": "1",
    }  # fmt: skip
    browser.post(form, typed)
    work = Aktivitas.objects.get(pegawai=clerk)
    check(work.state == ActivityState.DIAJUKAN, f"the work is in state {work.state} after it was handed in")
    yield "The employee logs work and hands it in."
    superior = stage.signed_in(head.user)
    superior.get(reverse("erk:inbox"))
    superior.post(reverse("erk:batch"), {"pilih": f"{work.kode}:{work.version}"})
    work.refresh_from_db()
    check(work.state == ActivityState.DISETUJUI, f"the work is in state {work.state} after it was approved")
    yield "The superior signs in and approves it."
    browser.get(f"{reverse('erk:slip')}?bulan={day:%Y-%m}")
    table = browser.download(f"{reverse('erk:log')}?bulan={day:%Y-%m}&ekspor=csv")
    check(b"uji coba aplikasi" in table, "the downloaded log does not hold the work")
    yield "The employee sees the slip and downloads the log."


def _code(stage: Stage) -> str:
    return stage.mark[-6:].upper()


def _last_working_day() -> dt.date:
    """Before today, so that the work is over at any hour."""
    day = dates.today() - dt.timedelta(days=1)
    while not calendar().is_working_day(day):
        day -= dt.timedelta(days=1)
    return day


def _office(stage: Stage) -> tuple[Pegawai, Pegawai]:
    """Make an agency with a head and a clerk, and a kind of work."""
    code = _code(stage)
    agency = Opd.objects.create(kode=code, nama=f"Dinas {stage.mark}", singkatan=stage.mark, jenis=JenisOpd.DINAS)
    top = Jabatan.objects.create(opd=agency, nama="Kepala", jenis=JenisJabatan.JPT, kelas=14)
    seat = Jabatan.objects.create(opd=agency, nama="Analis", jenis=JenisJabatan.PELAKSANA, kelas=7, induk=top)
    Katalog.objects.create(
        kode=code, nama="Menyusun surat", satuan="dokumen", norma=30, kelompok="Umum", berlaku_mulai=_LONG_AGO
    )
    return _employ(stage, "pegawai", seat, 998), _employ(stage, "atasan", top, 999)


def _employ(stage: Stage, name: str, seat: Jabatan, number: int) -> Pegawai:
    user = stage.person(name)
    employee = Pegawai.objects.create(user=user, nip=f"198609262015051{number}", nama=user.full_name, golongan="III/a")
    Penempatan.objects.create(pegawai=employee, jabatan=seat, mulai=_LONG_AGO)
    return employee
