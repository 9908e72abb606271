"""A small, known office for tests: who works where, and helpers to log work."""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import pytest

MONDAY = dt.date(2026, 10, 5)


@dataclass
class World:
    """Two agencies: `dinas` with head, division head, two officers and a clerk; `camat` with one officer."""

    dinas: Any
    kecamatan: Any
    sekda: Any
    kepala: Any
    kabid: Any
    ana: Any
    budi: Any
    camat: Any
    cici: Any
    bkpsdm: Any
    katalog: Any
    lain: Any
    rapat: Any


def nip(number: int, born: str = "19860926", start: str = "201505") -> str:
    return f"{born}{start}1{number:03}"


def user_of(name: str, *roles: tuple[str, str]) -> Any:
    from core.models import RoleAssignment, User

    user = User.objects.create(username=name.lower(), full_name=name)
    for role, scope in roles:
        RoleAssignment.objects.create(user=user, role=role, scope=scope, valid_from=dt.date(2026, 1, 1))
    return user


def employ(name: str, number: int, jabatan: Any, *roles: tuple[str, str], since: dt.date = dt.date(2026, 1, 1)) -> Any:
    from erk.models import Pegawai, Penempatan

    pegawai = Pegawai.objects.create(user=user_of(name, *roles), nip=nip(number), nama=name, golongan="III/a")
    Penempatan.objects.create(pegawai=pegawai, jabatan=jabatan, mulai=since)
    return pegawai


@pytest.fixture
def world(db: None) -> World:
    """Make the office; every person's account is `person.user`."""
    from erk.enums import JenisJabatan as J
    from erk.enums import JenisOpd, Role
    from erk.models import Jabatan, Katalog, Opd

    setda = Opd.objects.create(kode="SETDA", nama="Sekretariat Daerah", singkatan="Setda", jenis=JenisOpd.SEKRETARIAT)
    dinas = Opd.objects.create(kode="DUKCAPIL", nama="Dinas Dukcapil", singkatan="Disdukcapil", jenis=JenisOpd.DINAS)
    kecamatan = Opd.objects.create(kode="KEC01", nama="Kecamatan Satu", singkatan="Kec. Satu", jenis=JenisOpd.KECAMATAN)

    def position(opd: Any, name: str, kind: str, grade: int, above: Any = None) -> Any:
        return Jabatan.objects.create(opd=opd, nama=name, jenis=kind, kelas=grade, induk=above)

    sekda = position(setda, "Sekretaris Daerah", J.JPT, 15)
    asisten = position(setda, "Asisten Administrasi Umum", J.JPT, 14, sekda)
    sekda.delegasi = asisten
    sekda.save()
    kepala = position(dinas, "Kepala Dinas", J.JPT, 14, sekda)
    kabid = position(dinas, "Kepala Bidang Pelayanan", J.ADMINISTRATOR, 11, kepala)
    analis = position(dinas, "Analis Kependudukan", J.PELAKSANA, 7, kabid)
    pengolah = position(dinas, "Pengolah Data", J.PELAKSANA, 6, kabid)
    camat = position(kecamatan, "Camat", J.ADMINISTRATOR, 12, sekda)
    staf = position(kecamatan, "Pengadministrasi", J.PELAKSANA, 5, camat)
    start = dt.date(2026, 1, 1)

    def item(code: str, name: str, norm: int, **more: Any) -> Any:
        return Katalog.objects.create(
            kode=code, nama=name, satuan="dokumen", norma=norm, kelompok="Umum", berlaku_mulai=start, **more
        )

    employ("Asisten", 2, asisten)
    return World(
        dinas=dinas,
        kecamatan=kecamatan,
        sekda=employ("Sekda", 1, sekda),
        kepala=employ("Kepala", 3, kepala, (Role.KEPALA_OPD, "DUKCAPIL")),
        kabid=employ("Kabid", 4, kabid),
        ana=employ("Ana", 5, analis),
        budi=employ("Budi", 6, pengolah),
        camat=employ("Camat", 7, camat, (Role.KEPALA_OPD, "KEC01")),
        cici=employ("Cici", 8, staf),
        bkpsdm=user_of("Verifikator", (Role.VERIFIKATOR_BKPSDM, "")),
        katalog=item("SRT", "Menyusun konsep surat", 30),
        lain=item("LAIN", "Lain-lain", 60, bebas=True),
        rapat=item("APEL", "Apel pagi", 30, maks_harian=1),
    )


@pytest.fixture
def at(time_machine: Any) -> Callable[[str], None]:
    """Move the clock to a region's date and time: at("2026-10-05 10:00")."""

    def move(text: str) -> None:
        from core import dates

        day, _, clock = text.partition(" ")
        moment = dates.at(dt.date.fromisoformat(day), dt.time.fromisoformat(clock or "10:00"))
        time_machine.move_to(moment, tick=False)

    return move


def fresh(user: Any) -> Any:
    """Return the account as the next request would read it, without anything remembered."""
    from core.models import User

    return User.objects.get(pk=user.pk)


TEXT = "Menyusun konsep surat undangan rapat koordinasi"


def entry(world: World, start: str = "08:00", end: str = "08:30", day: dt.date = MONDAY, **more: Any) -> Any:
    """Return what an employee types."""
    from erk.domain.checks import Entry

    values = {"katalog": world.katalog, "volume": Decimal(1), "uraian": TEXT} | more
    return Entry(day, dt.time.fromisoformat(start), dt.time.fromisoformat(end), **values)


def log(world: World, who: Any, start: str = "08:00", end: str = "08:30", day: dt.date = MONDAY, **more: Any) -> Any:
    """Save a draft."""
    from erk.domain import activity

    return activity.create(fresh(who.user), entry(world, start, end, day, **more))


def act(item: Any, action: str, who: Any = None, note: str = "", **data: Any) -> Any:
    """Do an act of the machine and return the activity as stored."""
    from erk.domain.machine import ACTIVITIES

    user = fresh(getattr(who, "user", who)) if who is not None else None
    return ACTIVITIES.perform(item.pk, action, user, data=data, note=note)


def submitted(world: World, who: Any, *args: Any, **more: Any) -> Any:
    """Save a draft and hand it in."""
    return act(log(world, who, *args, **more), "ajukan", who)


@pytest.fixture
def rules_changed(tmp_path: Any) -> Callable[..., None]:
    """Change parameters of Kota Bandung's rules for one test."""
    import regions

    def change(**values: Any) -> None:
        regions.use(regions.write(regions.BANDUNG, tmp_path / "changed", **values))

    return change
