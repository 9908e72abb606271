"""Two regions with different rules and words; no code change."""

import pytest

from build import World, registered
from core import dates
from core.demo import DemoAccounts
from core.errors import Refused
from hayu.domain import demo
from hayu.enums import State
from hayu.models import Report


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


@pytest.mark.parametrize("region", ["bandung", "sumbawa_barat"])
def test_demo_of_any_region(db, region, request, settings, tmp_path):
    """About eighty reports in all states, each account with its role, the same people each time."""
    if region != "bandung":
        request.getfixturevalue(region)
    settings.MEDIA_ROOT = tmp_path
    accounts = DemoAccounts()
    demo.load(accounts)
    assert {account.role for account in accounts.made} == {
        "PEMOHON", "LOKET", "PENGAWAS", "PENANDATANGAN", "ADMIN_WILAYAH", "AUDITOR",
    }  # fmt: skip
    assert 75 <= Report.objects.count() <= 90
    assert set(Report.objects.values_list("state", flat=True)) == set(State.values)
    before = list(Report.objects.order_by("pk").values_list("business_name", "village_code", "state"))
    demo.load(DemoAccounts({account.username: account.password for account in accounts.made}))
    assert list(Report.objects.order_by("pk").values_list("business_name", "village_code", "state")) == before
    from core import audit

    assert audit.verify() == []
