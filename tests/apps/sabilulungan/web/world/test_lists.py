"""The public list: combined filters, the same number of queries for any number of rows, export = filter."""

import csv
import io
import json

import pytest
from django.core.management import CommandError, call_command

from core.wilayah import name_of, villages
from sabilulungan.models import Population, Proposal

pytestmark = pytest.mark.django_db


def numbers(client, **query):
    return [row["nomor"] for row in client.get("/api/v1/usulan", query).json()["data"]]


def test_filters_combine(client, world):
    cases = world.cases
    assert numbers(client, cari="menjahit") == [cases.evaluated.number]
    assert numbers(client, hasil="disetujui") == [cases.approved.number]
    assert numbers(client, tahap="EVALUASI", dinas="disdik", bidang="6", tahun="2027") == [cases.evaluated.number]
    assert numbers(client, tahap="EVALUASI", jenis="BANSOS") == []
    assert set(numbers(client, jenis="BANSOS")) == {cases.person.number, cases.family.number}
    assert numbers(client, dari="20.000.001") == []
    assert len(numbers(client, sampai="20 juta")) == 6
    recipient = cases.approved.recipient
    assert cases.approved.number in numbers(client, kecamatan=recipient.district_code)
    assert numbers(client, kelurahan=recipient.village_code, cari="Cahaya") == [cases.approved.number]


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("cahaya ilm", True),
        ("CAHAYA", True),
        ("melati 9", True),
        ("3273-2027-H-00001", True),
        ("tidak ada sama sekali", False),
        ('" OR 1=1 --', False),
        ("'); DROP TABLE x", False),
        ("NEAR(cahaya)", False),
        ("***", True),
    ],
)
def test_search_takes_anything(client, world, words, found):
    assert (world.cases.approved.number in numbers(client, cari=words)) is found


def test_search_follows_changes(client, world):
    case = world.cases.approved
    Proposal.objects.filter(pk=case.pk).update(search_text="gamelan degung")
    assert numbers(client, cari="gamel") == [case.number]
    assert numbers(client, cari="komputer") == []


def test_page_export_and_api_hold_the_same(client, world):
    query = {"jenis": "HIBAH", "urut": "terlama"}
    expected = numbers(client, **query)
    rows = json.loads(b"".join(client.get("/usulan/unduh.json", query).streaming_content))
    assert [row["nomor"] for row in rows] == expected
    text = b"".join(client.get("/usulan/unduh.csv", query).streaming_content).decode("utf-8-sig")
    lines = list(csv.DictReader(io.StringIO(text)))
    assert [line["nomor"] for line in lines] == expected
    assert [{key: str("" if value is None else value) for key, value in row.items()} for row in rows] == [
        {key: value.removeprefix("'") for key, value in line.items()} for line in lines
    ]
    page = client.get("/usulan/", query).content.decode()
    places = [page.index(f"/usulan/{number}/") for number in expected]
    assert places == sorted(places)
    assert "/usulan/unduh.csv?jenis=HIBAH&amp;urut=terlama" in page


def test_chips_and_addresses(client, world):
    page = client.get("/usulan/", {"jenis": "HIBAH", "cari": "voli"}).content.decode()
    assert "Jenis: Hibah" in page
    assert "Kata: “voli”" in page
    assert 'href="?cari=voli"' in page


def test_a_value_that_cannot_be_read_is_said_and_not_applied(client, world):
    response = client.get("/usulan/", {"dari": "banyak sekali", "jenis": "HIBAH"})
    page = response.content.decode()
    assert response.status_code == 200
    assert "Tulis jumlah dengan angka" in page
    assert "Jenis: Hibah" in page
    assert client.get("/usulan/", {"hal": "999999"}).status_code == 200
    assert client.get("/usulan/", {"hal": "abc", "tahun": "x"}).status_code == 200
    assert client.get("/usulan/unduh.exe").status_code == 404


@pytest.fixture
def count_people(tmp_path, world):
    def take(text, year=2026, source="Disdukcapil"):
        path = tmp_path / "penduduk.csv"
        path.write_text(text, encoding="utf-8")
        call_command("import_population", str(path), "--year", str(year), "--source", source, "--user", "admin-wilayah")

    return take


def test_rupiah_per_head_on_map_table_and_download_once_people_are_counted(client, world, count_people):
    recipient = world.cases.approved.recipient
    district, village = recipient.district_code, recipient.village_code
    others = [place.code for place in villages(district) if place.code != village][:2]
    before = client.get("/statistik/?tahun=2027").content.decode()
    assert "per penduduk" not in before
    count_people(f"kode,penduduk\n{village},4000\n{others[0]},1500\n{others[1]},500\n")
    page = client.get("/statistik/?tahun=2027").content.decode()
    assert "Rp2.000 per penduduk, 1 usulan, disetujui Rp12 juta" in page  # 12 million over the 6,000 of the kecamatan
    assert "Penduduk menurut Disdukcapil, 2026." in page
    page = client.get(f"/statistik/wilayah/{district}/?tahun=2027").content.decode()
    assert f"<title>{name_of(village)}: Rp3.000 per penduduk" in page
    sheet = b"".join(client.get("/statistik/unduh.csv?tahun=2027").streaming_content).decode("utf-8-sig")
    assert ",6000,2000" in sheet
    assert ",4000,3000" in sheet
    count_people(f"kode,penduduk\n{district},12000\n{village},4000\n")  # its own row counts before the sum
    assert "Rp1.000 per penduduk" in client.get("/statistik/?tahun=2027").content.decode()
    count_people(f"kode,penduduk\n{district},1\n", year=2028)  # after the budget year
    assert "Rp1.000 per penduduk" in client.get("/statistik/?tahun=2027").content.decode()


@pytest.mark.parametrize(
    ("row", "told"),
    [
        ("99.99.99,10", "Baris 2: 99.99.99 bukan kode"),
        ("32.73,10", "Baris 2: 32.73 bukan kode"),
        ("32.73.02,2.500", "Baris 2: penduduk bukan bilangan bulat"),
        ("32.73.02,5\n32.73.02,6", "Baris 3: 32.73.02 sudah ada"),
    ],
)
def test_a_table_of_people_with_a_fault_changes_nothing(count_people, row, told):
    with pytest.raises(CommandError, match=told):
        count_people(f"kode,penduduk\n{row}\n")
    assert not Population.objects.exists()
