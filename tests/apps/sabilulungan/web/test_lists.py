"""The public list: combined filters, the same number of queries for any number of rows, export = filter."""

import csv
import io
import json

import pytest

from sabilulungan.models import Proposal

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
