"""Two regions with different rules and words; no code change."""

import datetime as dt

import pytest
import time_machine
from office import LEGAL, WHY, Office

from build import World, registered
from core import dates
from core.calendar import calendar
from core.demo import DemoAccounts
from core.errors import Refused
from hayu.domain import catalogue, demo
from hayu.domain.permits import clock
from hayu.domain.permits.issued import notices_due
from hayu.enums import AppAction, AppState, State
from hayu.models import Application, Permit, Report
from kit.profile.schema.licences import Applications


def test_kabupaten_has_its_own_threshold_number_and_catalogue(db, client, sumbawa_barat):
    world = World()
    report = registered(world.owner, capital=299_999_999)
    assert report.number == f"503/00001/DPMPTSP/{dates.today().year}"
    with pytest.raises(Refused):
        registered(world.owner, capital=300_000_000)
    assert "Rp300 juta" in client.get("/").content.decode()
    listed = client.get("/izin/").content.decode()
    assert "Izin tambat perahu wisata" in listed
    assert "Surat Izin Praktik" not in listed
    permit = client.get("/izin/tambat/").content.decode()
    assert "Rp50.000" in permit
    assert "Biaya Rp0." not in permit
    result = client.get("/mulai/?keperluan=usaha&kbli=2025-47771&modal=5 juta").content.decode()
    assert "Anda cukup melapor." in result  # fuel is not on this region's list
    assert "/izin/skp/" not in client.get("/cari/?q=penelitian").content.decode()


def test_numbers_with_a_slash_are_found_in_the_api(db, client, sumbawa_barat):
    report = registered(World().owner)
    assert client.get(f"/api/v1/laporan/{report.number}").json()["nomor"] == report.number


def test_time_and_places_are_the_regions(db, client, sumbawa_barat):
    from django.test import Client

    world = World()
    report = registered(world.owner)
    signed_in = Client()
    signed_in.force_login(world.owner)
    page = signed_in.get(f"/tanda-lapor/{report.public_id}/").content.decode()
    assert "WITA" in page
    assert "Kabupaten Sumbawa Barat" in page
    assert "Peraturan Bupati Sumbawa Barat Nomor 1 Tahun 2026 (contoh)" in page
    assert "Bandung" not in page.replace("Hasil replikasi dari Pemerintah Kota Bandung", "").replace(
        "bandung.go.id", ""
    )


@pytest.mark.parametrize(
    ("region", "moment"),
    [
        ("bandung", None),
        ("sumbawa_barat", None),
        ("sumbawa_barat", "2026-11-27T16:40Z"),  # past midnight there: Saturday
        ("bandung", "2026-11-29T03:00Z"),  # Sunday
        ("bandung", "2026-12-25T03:00Z"),  # a holiday
    ],
)
def test_demo_of_any_region_on_any_day(db, region, moment, request, settings, tmp_path):
    """About eighty reports in all states, each account with its role, the same people each time."""
    if region != "bandung":
        request.getfixturevalue(region)
    if moment:
        request.getfixturevalue("time_machine").move_to(moment)
    settings.MEDIA_ROOT = tmp_path
    accounts = DemoAccounts()
    demo.load(accounts)
    assert {account.role for account in accounts.made} == {
        "PEMOHON", "LOKET", "VERIFIKATOR", "TIM_TEKNIS", "PENETAP_RETRIBUSI", "BENDAHARA", "KASI", "KABID", "PENGAWAS",
        "PENANDATANGAN", "ADMIN_WILAYAH", "AUDITOR",
    }  # fmt: skip
    assert 75 <= Report.objects.count() <= 90
    assert set(Report.objects.values_list("state", flat=True)) == set(State.values)
    states = set(Application.objects.values_list("state", flat=True))
    assert {"DRAF", "DIAJUKAN", "VERIFIKASI_BERKAS", "PERLU_PERBAIKAN", "MENUNGGU_TTE", "TERBIT", "DITOLAK",
            "KEDALUWARSA", "DIBATALKAN"} <= states  # fmt: skip
    assert {permit.type_code for permit in Permit.objects.all()} <= {kind.code for kind in catalogue.types()}
    assert set(Permit.objects.values_list("state", flat=True)) >= {"BERLAKU", "DIBEKUKAN", "DICABUT"}
    before = list(Report.objects.order_by("pk").values_list("business_name", "village_code", "state"))
    demo.load(DemoAccounts({account.username: account.password for account in accounts.made}))
    assert list(Report.objects.order_by("pk").values_list("business_name", "village_code", "state")) == before
    from core import audit

    assert audit.verify() == []


def test_two_regions_two_catalogues_no_code_change(db, sumbawa_barat):
    """A permit of a type only this region has: its form, its documents, its charge, its number, its clock."""
    office = Office()
    application = office.application(AppState.TERBIT, "TAMBAT")
    permit = Permit.objects.get()
    assert application.receipt == f"5207-TAMBAT-{dates.today().year}-000001"
    assert (application.sla_days, permit.number) == (4, f"503/TAMBAT/0001/DPMPTSP/{dates.today().year}")
    assert [bill.amount for bill in application.bills.all()] == [50_000]
    assert [kind.code for kind in catalogue.types()] == ["TAMBAT"]
    with pytest.raises(Refused, match="tidak sedang dilayani"):
        office.sent("SIP-NAKES")


def test_rounds_and_reminders_are_the_regions(db, sumbawa_barat):
    """One return, six working days, one reminder on the second; the holder is told 45 days before the end, once."""
    office = Office()
    application = office.application(AppState.PERLU_PERBAIKAN, "TAMBAT")
    assert (application.rounds, application.deadline) == (1, calendar().add(dates.today(), 6))
    told = []
    for days in (1, 2, 5):
        with time_machine.travel(dates.at(calendar().add(dates.today(), days), dt.time(7)), tick=False):
            told.append(clock.remind(dates.today()))
    assert told == [0, 1, 0]
    item = application.flagged[0]["item"]
    replies = {item: "Sudah benar, lihat halaman kedua."}
    application = office.act(application, AppAction.KIRIM_ULANG, office.owner, replies=replies)
    with pytest.raises(Refused, match="sudah 1 kali dikembalikan"):
        office.act(application, AppAction.KEMBALIKAN, office.checker, flagged=[{"item": item, "reason": "y" * 10}])
    assert office.act(application, AppAction.USUL_TOLAK, office.checker, WHY, **LEGAL).state == AppState.USUL_TOLAK
    permit = Permit(ends_on=dates.today() + dt.timedelta(days=46))
    assert [notices_due(permit, permit.ends_on - dt.timedelta(days=left)) for left in (46, 45, 7)] == [0, 1, 1]


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [({"remind_on": (7, 3)}, "the earliest first"), ({"remind_on": (3, 12)}, "day 12 is too late"),
     ({"mend_days": 7}, "day 9 is too late"), ({"expiry_notices": (7, 30)}, "the greatest first"),
     ({"expiry_notices": ()}, "at least 1 item"), ({"return_rounds": 6}, "less than or equal to 5")],
)  # fmt: skip
def test_rounds_and_reminders_that_cannot_be_are_refused_in_the_profile(wrong, sentence):
    with pytest.raises(ValueError, match=sentence):
        Applications(**wrong)
