"""The public register: filters, chips, exports, open data, and what is never in them."""

import csv
import io
import json

import pytest
from django.test import Client
from django.urls import reverse

from build import NIK, PHONE, registered
from core import identity
from hayu.enums import State
from hayu.models import Report

SECRETS = (NIK, PHONE, identity.local_phone(PHONE), "Ani Suryani", identity.mask_nik(NIK))


@pytest.fixture
def three(world):
    """One laundry, one workshop of another owner, and a draft."""
    registered(world.owner, address="Jl. Rahasia No. 17")
    registered(world.stranger, "95320", business_name="Bengkel =SUM(A1)", holder_name="Budi", nik="3273110102800002")
    world.report(State.DRAF, business_name="Belum dikirim")
    return world


def body(answer) -> str:
    content = b"".join(answer.streaming_content) if answer.streaming else answer.content
    return content.decode("utf-8-sig")


@pytest.mark.parametrize(
    "address",
    ["/", "/daftar-usaha/", "/angka/", "/daftar-usaha/?ekspor=csv", "/daftar-usaha/?ekspor=json", "/api/v1/laporan",
     "/api/v1/kbli?q=laundry", "/api/v1/openapi.json", "/cari/?q=laundry", "/mulai/?keperluan=usaha&cari=laundry"],
)  # fmt: skip
def test_nothing_personal_in_public(three, client, address):
    answer = client.get(address)
    assert answer.status_code == 200
    said = body(answer)
    for secret in (*SECRETS, "Rahasia", "Belum dikirim", *Report.objects.values_list("public_id", flat=True)):
        assert secret not in said


def test_the_check_page_tells_no_more_than_initials(three, client):
    report = Report.objects.get(kbli_code="96100", state=State.TERDAFTAR)
    said = body(client.get(f"/cek/{report.code}/"))
    assert "A*** S***" in said
    for secret in (*SECRETS, "Rahasia", report.public_id):
        assert secret not in said


def test_filter_chips_and_export_agree(three, client):
    page = body(client.get("/daftar-usaha/?cari=laundry"))
    assert "Laundry Bu Ani" in page
    assert "Bengkel" not in page.partition("<table")[2]
    assert "Cari: “laundry”" in page
    rows = list(csv.DictReader(io.StringIO(body(client.get("/daftar-usaha/?cari=laundry&ekspor=csv")))))
    assert [row["nama_usaha"] for row in rows] == ["Laundry Bu Ani"]
    data = json.loads(body(client.get("/daftar-usaha/?cari=laundry&ekspor=json")))
    assert [row["nama_usaha"] for row in data["laporan"]] == ["Laundry Bu Ani"]
    assert data["lisensi"] == "CC BY 4.0"


def test_each_filter(three, client):
    report = Report.objects.get(kbli_code="95320")
    Report.objects.filter(pk=report.pk).update(district_code="32.73.30")
    for query in (
        f"kecamatan={'32.73.30'}",
        "bidang=T&cari=bengkel",
        "skala=mikro&cari=bengkel",
        "keadaan=TERDAFTAR&cari=bengkel",
    ):
        assert [
            row["kbli"] for row in json.loads(body(client.get(f"/daftar-usaha/?{query}&ekspor=json")))["laporan"]
        ] == ["95320"]
    assert json.loads(body(client.get("/daftar-usaha/?keadaan=DICABUT&ekspor=json")))["laporan"] == []
    assert "Tidak ada usaha yang cocok" in body(client.get("/daftar-usaha/?keadaan=DICABUT"))


def test_a_filter_that_cannot_be_read_is_said(three, client):
    page = body(client.get("/daftar-usaha/?dari=besok"))
    assert "Tulis tanggal seperti" in page
    assert 'value="besok"' in page


def test_formulas_are_guarded(three, client):
    Report.objects.filter(kbli_code="95320").update(business_name="=SUM(A1)")
    assert "'=SUM(A1)" in body(client.get("/daftar-usaha/?ekspor=csv"))


def test_xlsx_and_unknown_formats(three, client):
    assert body_start(client.get("/daftar-usaha/?ekspor=xlsx")) == b"PK"
    assert client.get("/daftar-usaha/?ekspor=pdf").status_code == 404


def body_start(answer) -> bytes:
    return answer.content[:2]


def test_api_pages_and_filters(three, client):
    data = client.get("/api/v1/laporan?banyak=1").json()
    assert (data["jumlah"], data["halaman"], data["berikutnya"], len(data["laporan"])) == (2, 1, 2, 1)
    assert client.get("/api/v1/laporan?kbli=953").json()["jumlah"] == 1
    number = Report.objects.get(kbli_code="95320").number
    assert client.get(f"/api/v1/laporan/{number}").json()["kegiatan"] == "Reparasi dan perawatan sepeda motor"
    assert client.get("/api/v1/laporan/tidak-ada").status_code == 404
    assert client.get("/api/v1/laporan?banyak=100000").status_code == 422
    assert client.get("/api/v1/laporan?keadaan=DRAF").status_code == 422
    assert client.post("/api/v1/laporan").status_code == 405
    assert client.get("/api/v1/kbli?q=laundry").json()[0]["kode"] == "96100"
    assert "/api/v1/laporan" in client.get("/api/v1/openapi.json").json()["paths"]


def test_officers_see_masked_numbers(world):
    report = world.report()
    for name in ("inspector", "signer", "auditor", "owner"):
        client = Client()
        client.force_login(getattr(world, name))
        page = client.get(reverse("hayu:report", args=[report.public_id])).content.decode()
        assert identity.mask_nik(NIK) in page
        assert NIK not in page


LISTS = {
    "/": ("nobody", 6),
    "/daftar-usaha/": ("nobody", 6),
    "/api/v1/laporan": ("nobody", 6),
    "/saya/": ("owner", 12),
    "/tugas/": ("inspector", 16),
    "/berkas-laporan/": ("inspector", 16),
    "/loket/": ("desk", 14),
}


@pytest.mark.parametrize("address", LISTS)
def test_equal_queries_for_1_3_and_25_rows(world, address, django_assert_max_num_queries):
    """A list costs the same whatever its length."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    role, most = LISTS[address]
    counts, made = [], 0
    for rows in (1, 3, 25):
        while made < rows:
            if role == "desk":
                registered(world.desk, desk=True)
            else:
                world.report(State.DIJADWALKAN_PERIKSA if address == "/tugas/" else State.TERDAFTAR)
            made += 1
        client = Client()
        if role != "nobody":
            client.force_login(getattr(world, role))
        with CaptureQueriesContext(
            connection,
        ) as queries:
            assert client.get(address).status_code == 200
        counts.append(len(queries))
    assert len(set(counts)) == 1
    assert counts[0] <= most
