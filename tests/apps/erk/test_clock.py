"""The clock's commands: once a slot, in the region's days, harmless when run again; and the database's own refusals."""

import datetime as dt

import pytest
from django.db import IntegrityError, transaction
from world import MONDAY, act, log, submitted

from core import dates, tasks
from core.models import Notification, PeriodicRun
from erk.domain import clock
from erk.enums import ActivityState as S
from erk.models import Aktivitas, Katalog, Penempatan, Rekap


@pytest.fixture(autouse=True)
def _monday(at):
    at("2026-10-05 15:00")


def test_due_commands_do_their_work_once(world, at):
    late, waiting = log(world, world.ana, "08:00", "08:30"), submitted(world, world.ana, "09:00", "09:30")
    returned = act(submitted(world, world.budi), "kembalikan", world.kabid, "Tuliskan jumlah warganya")
    at("2026-10-13 07:30")
    names = sorted(job.name for job in tasks.due() if job.name.startswith("erk_"))
    assert names == [
        "erk_anomali",
        "erk_batas",
        "erk_beban",
        "erk_beban_baru",
        "erk_denyut",
        "erk_katalog",
        "erk_pengingat",
        "erk_rekap",
        "erk_uji_coba",
    ]
    assert tasks.run("erk_batas") == "1 late, 1 not mended, 1 escalated, 0 approved by rule"
    assert tasks.run("erk_batas") == "0 late, 0 not mended, 0 escalated, 0 approved by rule"
    states = dict(Aktivitas.objects.values_list("pk", "state"))
    assert (states[late.pk], states[waiting.pk], states[returned.pk]) == (S.TERLAMBAT, S.DIESKALASI, S.DITOLAK)
    assert "erk_batas" not in {job.name for job in tasks.due()}
    assert PeriodicRun.objects.get(name="erk_batas").slot == "2026-10-13"


def test_recaps_of_the_last_month_are_computed_by_the_clock(world, at):
    at("2026-11-09 03:00")
    assert tasks.run("erk_rekap") == "8 recaps computed, 0 unchanged"
    assert set(Rekap.objects.values_list("bulan", flat=True)) == {dt.date(2026, 10, 1)}


def test_superiors_are_told_once_a_day_how_much_waits(world, at):
    submitted(world, world.ana, "08:00", "08:30")
    submitted(world, world.budi, "08:00", "08:30")
    submitted(world, world.cici, "08:00", "08:30")
    at("2026-10-06 07:10")
    assert (clock.remind_superiors(dates.today()), clock.remind_superiors(dates.today())) == (2, 0)
    told = dict(Notification.objects.filter(event="erk.menunggu").values_list("user__full_name", "subject"))
    assert told == {"Kabid": "2 aktivitas menunggu Anda", "Camat": "1 aktivitas menunggu Anda"}
    at("2026-10-07 07:10")
    assert clock.remind_superiors(dates.today()) == 2


def test_employees_are_told_once_what_ends_today(world, at):
    ends, returned = log(world, world.ana, "08:00", "08:30"), submitted(world, world.budi)
    log(world, world.ana, "09:00", "09:30")
    done = submitted(world, world.cici)
    at("2026-10-06 15:00")
    act(returned, "kembalikan", world.kabid, "Tuliskan jumlah warganya")
    at("2026-10-08 07:10")
    assert (ends.batas, Aktivitas.objects.get(pk=returned.pk).batas) == (dates.today(), dates.today())
    assert (clock.remind_owners(dates.today()), clock.remind_owners(dates.today())) == (2, 0)
    told = dict(Notification.objects.filter(event="erk.batas_hari_ini").values_list("user__full_name", "subject"))
    assert told == {"Ana": "2 aktivitas berakhir hari ini", "Budi": "1 aktivitas berakhir hari ini"}
    assert Aktivitas.objects.get(pk=done.pk).state == S.DIAJUKAN


def test_reminders_go_out_over_the_morning_and_a_missed_hour_is_caught_up(world, at):
    for who in (world.ana, world.budi, world.cici, world.kabid, world.kepala):
        log(world, who, "08:00", "08:30")
    groups = {who.user.pk % clock.GROUPS for who in (world.ana, world.budi, world.cici, world.kabid, world.kepala)}
    assert len(groups) > 1
    assert [len(clock.groups_at(hour)) for hour in (0, 6, 7, 8, 9, 10, 23)] == [0, 0, 1, 2, 3, 4, 4]
    at("2026-10-08 06:59")
    assert tasks.run("erk_pengingat") == "0 employees, 0 superiors told"
    at("2026-10-08 07:05")
    first = clock.remind_owners(dates.today(), clock.groups_at(7))
    told = Notification.objects.filter(event="erk.batas_hari_ini").values_list("user_id", flat=True)
    assert (first, {key % clock.GROUPS for key in told} <= {0}) == (len(told), True)
    at("2026-10-08 11:05")
    assert tasks.run("erk_pengingat") == f"{5 - first} employees, 0 superiors told"


def test_days_end_in_the_regions_zone(sumbawa_barat, world, at):
    """At 23.30 WIB it is already the next day in WITA: the draft is late there, an hour before it would be in Java."""
    draft = log(world, world.ana)
    assert draft.batas == dt.date(2026, 10, 8)
    at("2026-10-08 23:59")
    assert clock.close_late(dates.today()) == 0
    at("2026-10-09 00:01")
    assert dates.now() == dt.datetime(2026, 10, 8, 16, 1, tzinfo=dt.UTC)
    assert clock.close_late(dates.today()) == 1


BROKEN = [
    {"state": "DIAJUKAN"},
    {"state": "DISETUJUI"},
    {"state": "DISETUJUI", "menit_setuju": 30},
    {"state": "DITOLAK"},
    {"state": "DIKEMBALIKAN"},
    {"state": "DIBATALKAN", "menit_setuju": 30},
    {"state": "SEMBARANG"},
    {"menit_setuju": 10},
    {"selesai": dt.time(7)},
    {"volume": 0},
]


@pytest.mark.parametrize("change", BROKEN)
def test_the_database_refuses_states_without_their_columns(world, change):
    draft = log(world, world.ana)
    with pytest.raises(IntegrityError), transaction.atomic():
        Aktivitas.objects.filter(pk=draft.pk).update(**change)


def test_the_database_refuses_more_minutes_than_counted(world):
    item = act(submitted(world, world.ana), "setujui", world.kabid)
    with pytest.raises(IntegrityError), transaction.atomic():
        Aktivitas.objects.filter(pk=item.pk).update(menit_setuju=31)


def test_the_database_refuses_two_current_versions_of_an_item_and_an_endless_acting(world):
    with pytest.raises(IntegrityError), transaction.atomic():
        Katalog.objects.create(
            kode="SRT", nama="Lagi", satuan="surat", norma=10, kelompok="Umum", versi=2, berlaku_mulai=MONDAY
        )
    with pytest.raises(IntegrityError), transaction.atomic():
        Penempatan.objects.create(
            pegawai=world.ana, jabatan=world.kabid.penempatan.get().jabatan, mulai=MONDAY, jenis="PLH"
        )


@pytest.mark.postgresql
def test_postgresql_itself_refuses_overlapping_work_and_two_placements(world):
    draft = log(world, world.ana, "08:00", "09:00")
    with pytest.raises(IntegrityError, match="erk_aktivitas_tanpa_tumpang"), transaction.atomic():
        Aktivitas.objects.create(
            pegawai=world.ana,
            jabatan=draft.jabatan,
            katalog=draft.katalog,
            tanggal=MONDAY,
            mulai=dt.time(8, 59),
            selesai=dt.time(9, 30),
            menit_norma=30,
            menit_hitung=30,
            state=S.DRAF,
        )
    with pytest.raises(IntegrityError, match="erk_penempatan_satu_definitif"), transaction.atomic():
        Penempatan.objects.create(pegawai=world.ana, jabatan=draft.jabatan, mulai=MONDAY)
