"""Demo data: for whichever region is loaded, the same each time, in every state, quickly."""

import datetime as dt

import pytest
from django.core.management import call_command
from django.db import transaction
from django.test import Client
from django.urls import reverse

import regions
from core import wilayah
from core.demo import DemoAccounts
from erk.domain import catalogue, demo
from erk.domain.queries import public, workload
from erk.enums import ActivityState, Role, StatusHadir
from erk.models import (
    Aktivitas,
    Anomali,
    BulanOpd,
    Katalog,
    Kehadiran,
    Koreksi,
    Opd,
    Pegawai,
    Rekap,
    Sampel,
    Sanggah,
)
from erk.rules.minutes import overlap
from erk.rules.workload import Band
from erk.validators import nip

LOADED_ON = "2026-11-24 15:30"


@pytest.fixture
def loaded(db, at):
    at(LOADED_ON)
    accounts = DemoAccounts()
    demo.load(accounts)
    return accounts


def test_everything_a_visitor_needs_is_there(loaded):
    assert {account.role for account in loaded.made} == set(Role)
    assert 8 <= Opd.objects.count() <= 10
    assert 60 <= Pegawai.objects.count() <= 75
    states = set(Aktivitas.objects.values_list("state", flat=True))
    assert states == {
        ActivityState.DRAF,
        ActivityState.DIAJUKAN,
        ActivityState.DIKEMBALIKAN,
        ActivityState.DISETUJUI,
        ActivityState.DITOLAK,
        ActivityState.TERLAMBAT,
        ActivityState.DIESKALASI,
    }
    assert set(StatusHadir) - {"FLEKSIBEL"} <= set(Kehadiran.objects.values_list("status", flat=True))
    assert Rekap.objects.filter(bulan=dt.date(2026, 10, 1)).count() == Pegawai.objects.count()
    bands = {row.load.band for row in workload.agencies(dt.date(2026, 10, 1))}
    assert bands == set(Band)
    assert public.closed_months() == [dt.date(2026, 10, 1)]
    offices = dict(BulanOpd.objects.values_list("opd__kode", "state"))
    assert (len(offices), offices["SATPOLPP"]) == (Opd.objects.count(), "VERIFIKASI")
    assert set(offices.values()) == {"PRATINJAU", "REKAP_OPD", "VERIFIKASI", "FINAL", "DIBAYAR"}
    assert list(Sanggah.objects.values_list("state", "rekap__opd__kode")) == [("DIAJUKAN", "DUKCAPIL")]
    assert Anomali.objects.exists()
    assert Sampel.objects.count() == -(
        -Aktivitas.objects.filter(tanggal__month=10, state="DISETUJUI").count() * 2 // 100
    )
    assert list(Koreksi.objects.values_list("state", flat=True)) == ["DIUSULKAN"]
    obey_the_rules()
    loading_again_changes_nothing(loaded)


def obey_the_rules() -> None:
    for employee in Pegawai.objects.all():
        assert nip(employee.nip, employee.status) == employee.nip
    days: dict[tuple[int, dt.date], list[tuple[dt.time, dt.time]]] = {}
    for row in Aktivitas.objects.order_by("mulai"):
        spans = days.setdefault((row.pegawai_id, row.tanggal), [])
        assert not any(overlap(span, (row.mulai, row.selesai)) for span in spans)
        spans.append((row.mulai, row.selesai))
        assert row.uraian
        assert row.menit_hitung > 0


def loading_again_changes_nothing(loaded: DemoAccounts) -> None:
    before = Aktivitas.objects.count(), Pegawai.objects.count(), Rekap.objects.count()
    again = DemoAccounts({account.username: account.password for account in loaded.made})
    demo.load(again)
    assert (Aktivitas.objects.count(), Pegawai.objects.count(), Rekap.objects.count()) == before
    assert [a.password for a in again.made] == [a.password for a in loaded.made]


def snapshot() -> list[tuple]:
    columns = ("kode", "pegawai__nip", "tanggal", "mulai", "katalog__kode", "state", "menit_setuju", "batas")
    return list(Aktivitas.objects.order_by("kode").values_list(*columns))


def test_the_same_region_and_day_give_the_same_data(db, at):
    at(LOADED_ON)
    before = transaction.savepoint()
    demo.load(DemoAccounts())
    first = snapshot()
    transaction.savepoint_rollback(before)
    demo.load(DemoAccounts())
    assert snapshot() == first


def test_another_region_has_its_own_names(sumbawa_barat, db, at):
    at(LOADED_ON)
    demo.load(DemoAccounts())
    names = " ".join(Opd.objects.values_list("nama", flat=True))
    assert "Kabupaten Sumbawa Barat" in names
    own = {place.name for place in wilayah.districts()}
    assert sum(f"Kecamatan {name}" in names for name in own) == 2
    assert "Bandung" not in names
    body = Client().get(reverse("erk:home")).content.decode()
    assert "Pemerintah Kabupaten Sumbawa Barat" in body
    assert "Kota Bandung" not in body.replace("Hasil replikasi dari Pemerintah Kota Bandung", "")


def test_a_province_has_branch_offices_instead_of_kecamatan(tmp_path, db, at):
    at(LOADED_ON)
    regions.use(regions.write(regions.BANTEN, tmp_path / "banten"))
    demo.load(DemoAccounts())
    names = set(Opd.objects.values_list("nama", flat=True))
    assert {name for name in names if name.startswith("Cabang Dinas")} != set()
    assert not any("Kecamatan" in name for name in names)


def test_the_catalogue_follows_the_profile_in_versions(db, at, rules_changed):
    at("2026-10-05")
    today = dt.date(2026, 10, 5)
    assert catalogue.sync(today, since=dt.date(2026, 1, 1)) == 31
    assert catalogue.sync(today) == 0
    own = {"code": "SRT-02", "name": "Menyusun konsep surat", "unit": "surat", "norm": 25}
    extra = {"code": "WIS-01", "name": "Memandu wisatawan", "unit": "rombongan", "norm": 90}
    rules_changed(activity_catalogue=[own, extra])
    call_command("katalog")
    assert catalogue.sync(today) == 0
    norms = {day: Katalog.objects.on(day).get(kode="SRT-02").norma for day in (dt.date(2026, 9, 30), today)}
    assert list(norms.values()) == [30, 25]
    assert Katalog.objects.on(today).get(kode="WIS-01").kelompok == "Katalog daerah"
    assert Katalog.objects.filter(kode="SRT-02").count() == 2
