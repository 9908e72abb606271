"""From registration to the sent proposal through the pages, with every kind of bad input on the way."""

import datetime as dt

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection

import build
from sabilulungan.enums import State
from sabilulungan.models import Proposal, Recipient

ORGANISATION = {
    "type": "ORMAS", "name": "Yayasan Mekar Wangi", "registered_on": "1 Januari 2015", "deed_number": "12",
    "address": "Jl. Dago Nomor 5", "rt": "3", "rw": "12", "village_code_3": "32.73.02", "village_code_4": "",
    "chair_name": "Maman", "chair_nik": "3273010101900011", "chair_phone": "0812-3456-7890",
    "secretary_name": "Neneng", "secretary_nik": "3273 0101 0190 0012",
    "bank": "bank bjb", "account_number": "001-2345-678-901", "account_owner": "Yayasan Mekar Wangi",
}  # fmt: skip
ACTIVITY = {
    "title": "Pelatihan menjahit", "form": "UANG", "nature": "NON_FISIK", "field": "6", "background": "Belum ada.",
    "aims": "Warga terampil.", "target_group": "Ibu rumah tangga", "beneficiaries": "40", "place": "Balai RW",
    "starts_on": "1/3/2027", "ends_on": "30/6/2027",
}  # fmt: skip


@pytest.fixture
def village():
    from core.wilayah import villages

    return villages("32.73.02")[0].code


def lines(*rows):
    data = {"form-TOTAL_FORMS": str(len(rows)), "form-INITIAL_FORMS": "0"}
    for index, (text, volume, unit, price) in enumerate(rows):
        data |= {
            f"form-{index}-description": text,
            f"form-{index}-volume": volume,
            f"form-{index}-unit": unit,
            f"form-{index}-unit_price": price,
        }
    return data


@pytest.mark.django_db
def test_the_whole_way(client, clock, village):
    user = build.user("ani")
    client.force_login(user)
    assert client.get("/usulan-saya/baru/").url == "/daftar-penerima/"
    data = {**ORGANISATION, "village_code_4": village}
    assert client.post("/daftar-penerima/organisasi/", data).url == "/usulan-saya/"
    assert client.post("/daftar-penerima/organisasi/", data).url == "/usulan-saya/"
    recipient = Recipient.objects.get()
    assert (recipient.rt, recipient.accounts.get().number) == ("003", "0012345678901")
    start = {"recipient": recipient.public_id, "budget_year": "2027"}
    first = client.post("/usulan-saya/baru/", start)
    assert client.post("/usulan-saya/baru/", start).url == first.url
    case = Proposal.objects.get()
    base = f"/usulan-saya/{case.key}/"
    values = {**ACTIVITY, "version": "1", "account": str(recipient.accounts.get().pk)}
    assert client.post(f"{base}kegiatan/", values).url == f"{base}rincian/"
    rows = lines(("Mesin jahit", "2,5", "unit", "Rp 2.000.000"), ("", "", "", ""))
    assert client.post(f"{base}rincian/", {**rows, "version": "2"}).url == f"{base}berkas/"
    assert Proposal.objects.get().amount_asked == 5_000_000
    early = client.post(f"{base}kirim/", {"version": "3", "declared": "on"})
    assert early.status_code == 409
    assert "Unggah Akta notaris." in early.content.decode()
    uploads = {
        document.code: SimpleUploadedFile(f"{document.code}.pdf", build.PDF)
        for document in case.documents.all()
        if document.required
    }
    assert client.post(f"{base}berkas/", {**uploads, "lanjut": "1"}).url == f"{base}kirim/"
    silent = client.post(f"{base}kirim/", {"version": "3"})
    assert (silent.status_code, "Setujui pernyataan" in silent.content.decode()) == (409, True)
    assert client.post(f"{base}kirim/", {"version": "3", "declared": "on"}).url == base
    assert client.post(f"{base}kirim/", {"version": "3", "declared": "on"}).url == base
    case = Proposal.objects.get()
    assert (case.state, case.number, case.steps.count()) == (State.DIAJUKAN, "3273-2027-H-00001", 1)
    assert client.get(base).status_code == 200
    assert "Usulan 3273-2027-H-00001 sudah kami terima" in client.get("/kotak-masuk/").content.decode()


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("field", "typed", "sentence"),
    [
        ("chair_nik", "12345", "NIK terdiri dari 16 angka"),
        ("chair_nik", "3273011301900011x", "NIK terdiri dari 16 angka"),
        ("chair_nik", "3273010101150011", "belum berumur 17 tahun"),
        ("secretary_nik", "3273010101900011", "dua orang yang berbeda"),
        ("chair_phone", "12345", "Tulis nomor telepon"),
        ("registered_on", "31/2/2015", "Tanggal itu tidak ada"),
        ("registered_on", "1/1/2030", "Tanggal paling akhir"),
        ("account_number", "12", "Tulis nomor rekening"),
        ("account_owner", "", "bersama-sama"),
        ("rt", "abc", "Tulis nomor RT atau RW"),
        ("name", "Yayasan 081234567890", "Hapus NIK"),
        ("name", "", "Isi bagian ini dahulu."),
        ("type", "RAHASIA", "RAHASIA"),
    ],
)
def test_bad_registration_keeps_what_was_typed(client, clock, village, field, typed, sentence):
    client.force_login(build.user("ani"))
    response = client.post("/daftar-penerima/organisasi/", {**ORGANISATION, "village_code_4": village, field: typed})
    page = response.content.decode()
    assert response.status_code == 422
    assert sentence in page
    assert 'value="Jl. Dago Nomor 5"' in page
    assert not Recipient.objects.exists()


@pytest.mark.django_db
def test_the_same_body_is_not_registered_twice(client, clock, village):
    data = {**ORGANISATION, "village_code_4": village}
    client.force_login(build.user("ani"))
    client.post("/daftar-penerima/organisasi/", data)
    client.force_login(build.user("budi"))
    refused = client.post(
        "/daftar-penerima/organisasi/", {**data, "name": "yayasan  MEKAR wangi", "address": "Jalan Dago No. 5"}
    )
    assert (refused.status_code, "sudah terdaftar di alamat yang sama" in refused.content.decode()) == (422, True)
    assert Recipient.objects.count() == 1


@pytest.mark.django_db
def test_a_person_registers_and_asks(client, clock, village):
    client.force_login(build.user("ani"))
    data = {
        "type": "KELUARGA", "name": "Rosidah", "nik": "3273010101900013", "phone": "0812 3456 7890",
        "family_card": "",
        "rt": "1", "rw": "2", "address": "Gang Mawar 4", "village_code_3": "32.73.02", "village_code_4": village,
        "bank": "BRI", "account_number": "123456789012", "account_owner": "Rosidah",
    }  # fmt: skip
    for typed, told in (("", "Isi nomor kartu keluarga."), ("32730101", "Nomor KK terdiri dari 16 angka.")):
        refused = client.post("/daftar-penerima/perorangan/", {**data, "family_card": typed}).content.decode()
        assert told in refused
        assert 'value="Gang Mawar 4"' in refused
    data["family_card"] = "3273 0101 0115 0007"
    later = client.post("/daftar-penerima/perorangan/", {**data, "account_opened": "11/3/2026"}).content.decode()
    assert "Tanggal paling akhir" in later
    data["account_opened"] = "2/1/2025"
    assert client.post("/daftar-penerima/perorangan/", data).url == "/usulan-saya/"
    recipient = Recipient.objects.get()
    assert recipient.family_card == "3273010101150007"
    assert recipient.accounts.get().opened_on == dt.date(2025, 1, 2)
    with connection.cursor() as cursor:
        cursor.execute("SELECT family_card FROM sabilulungan_recipient")
        assert "3273010101150007" not in cursor.fetchone()[0]
    client.post("/usulan-saya/baru/", {"recipient": recipient.public_id, "budget_year": "2027"})
    case = Proposal.objects.get()
    page = client.get(f"/usulan-saya/{case.key}/kegiatan/").content.decode()
    assert "Mengapa Anda memerlukan bantuan ini" in page
    assert "Judul kegiatan" not in page
    values = {"form": "UANG", "purpose": "BENCANA", "field": "13", "personal_reason": "Banjir", "version": "1"}
    assert client.post(f"/usulan-saya/{case.key}/kegiatan/", values).status_code == 302
    case.refresh_from_db()
    assert (case.kind, case.title) == ("BANSOS", "Bantuan penanggulangan bencana")
    assert [document.code for document in case.documents.all()] == [
        "SURAT_PERMOHONAN",
        "REKENING",
        "KTP",
        "KK",
        "PENGANTAR_RTRW",
    ]


@pytest.mark.django_db
def test_the_counter_enters_a_paper_proposal(client, clock, village):
    counter = build.user("loket-dua", "OPERATOR", "TU")
    client.force_login(counter)
    client.post("/daftar-penerima/organisasi/", {**ORGANISATION, "village_code_4": village})
    recipient = Recipient.objects.get()
    assert counter.scopes("PEMOHON") == frozenset()
    client.post("/usulan-saya/baru/", {"recipient": recipient.public_id, "budget_year": "2027"})
    case = Proposal.objects.get()
    assert (case.on_paper, case.created_by) == (True, counter)
    assert client.get(f"/usulan-saya/{case.key}/kegiatan/").status_code == 200
    client.force_login(build.user("tetangga"))
    assert client.get(f"/usulan-saya/{case.key}/kegiatan/").status_code == 404
