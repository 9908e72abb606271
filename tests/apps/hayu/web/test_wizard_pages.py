"""The wizard in the browser's address: one question a page, answers kept, the result as a sentence."""

import pytest

START = "/mulai/?keperluan=usaha"


def text(client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200
    return answer.content.decode()


@pytest.mark.parametrize(
    ("address", "heading"),
    [
        ("/mulai/", "Apa yang ingin Anda lakukan?"),
        (START, "Usaha apa?"),
        (f"{START}&kbli=2025-56101", "Yang mana paling cocok?"),
        (f"{START}&kbli=2025-96100", "Berapa modal usahanya?"),
        (f"{START}&kbli=2025-56101&lingkup=1&modal=5 juta", "Berapa penjualan setahun?"),
        ("/mulai/?keperluan=izin", "Izin apa yang Anda perlukan?"),
    ],
)
def test_one_question_a_page(db, client, address, heading):
    assert f"<h1>{heading}</h1>" in text(client, address)


@pytest.mark.parametrize(
    ("address", "sentence", "row"),
    [
        (f"{START}&kbli=2025-96100&modal=499.999.999", "Anda cukup melapor.", "Baris 5"),
        (f"{START}&kbli=2025-96100&modal=500.000.000", "Urus perizinannya di OSS.", "Baris 6"),
        (f"{START}&kbli=2025-56301", "Urus perizinannya di OSS.", "Baris 3"),
        (f"{START}&kbli=2025-10111", "Urus perizinannya di OSS.", "Baris 4"),
        ("/mulai/?keperluan=bangunan", "Urus lewat SIMBG.", "Baris 1"),
        ("/mulai/?keperluan=izin&jenis=SKP", "Anda perlu izin dari daerah.", "Baris 2"),
        (f"{START}&kbli=2025-56101&lingkup=1&modal=5 juta&omzet=baru", "Anda cukup melapor.", "Baris 5"),
    ],
)
def test_the_result_is_a_sentence_with_its_row(db, client, address, sentence, row):
    page = text(client, address)
    assert sentence in page
    assert row in page
    assert "Rp0" in page or "SIMBG" in page


@pytest.mark.parametrize("lane", ["kbli=2025-96100&modal=500.000.000", "kbli=2025-56301", "kbli=2025-10111"])
def test_referral_explains_and_issues_nothing(db, client, lane):
    page = text(client, f"{START}&{lane}")
    assert "https://oss.go.id" in page
    assert "tidak menerbitkan nomor induk berusaha (NIB)" in page
    assert "/lapor/" not in page


def test_unknown_risk_is_said(db, client):
    page = text(client, f"{START}&kbli=2025-49296&modal=20 juta")
    assert "Anda cukup melapor." in page
    assert "belum kami ketahui" in page


def test_a_wrong_number_is_explained_and_kept(db, client):
    page = text(client, f"{START}&kbli=2025-96100&modal=lima ribu")
    assert "Tulis jumlah dengan angka" in page
    assert 'value="lima ribu"' in page
    assert "<h1>Berapa modal usahanya?</h1>" in page


def test_back_keeps_the_answers(db, client):
    page = text(client, f"{START}&kbli=2025-96100&modal=5000000&ubah=modal")
    assert "<h1>Berapa modal usahanya?</h1>" in page
    assert 'value="5000000"' in page
    assert 'name="kbli" value="2025-96100"' in page


def test_changing_the_business_drops_its_scope(db, client):
    page = text(client, f"{START}&kbli=2025-56101&lingkup=2&modal=5000000&ubah=kbli")
    assert "<h1>Usaha apa?</h1>" in page
    assert 'name="lingkup"' not in page
    assert 'name="modal" value="5000000"' in page


@pytest.mark.parametrize(
    "query",
    [
        "keperluan=zzz",
        "keperluan=usaha&kbli=2017-11111",
        "keperluan=usaha&kbli=2025-99999",
        "keperluan=usaha&kbli=2025-56101&lingkup=999",
        "keperluan=usaha&kbli=2025-56101&lingkup=²",
        "keperluan=usaha&kbli=2025-56101&lingkup=1&modal=-5",
        "keperluan=usaha&kbli=2025-96100&modal=99999999999999999999",
        "keperluan=izin&jenis=HO",
        "ubah=modal",
        "ubah=zzz&keperluan=usaha",
        "keperluan=usaha&cari=%00%ff",
    ],
)
def test_odd_addresses_ask_again(db, client, query):
    assert "<h1>" in text(client, f"/mulai/?{query}")


def test_search_by_everyday_words(db, client):
    page = text(client, f"{START}&cari=laundry")
    assert 'value="2025-96100"' in page
    assert "Laundry, cuci kiloan" in page


def test_nothing_found_says_what_to_do(db, client):
    assert "Coba kata lain" in text(client, f"{START}&cari=qqqqq")


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("praktik bidan", "/izin/sip-nakes/"),
        ("pasang spanduk", "/izin/reklame-i/"),
        ("izin penelitian skripsi", "/izin/skp/"),
        ("bangun rumah", "keperluan=bangunan"),
        ("nib", "https://oss.go.id"),
        ("buka warung kopi", "kbli=2025-56303"),
    ],
)
def test_what_do_you_want(db, client, words, expected):
    assert expected in text(client, f"/cari/?q={words}")


def test_permit_page_has_the_whole_service_standard(db, client):
    page = text(client, "/izin/reklame-t/")
    assert "10 hari kerja" in page
    assert "Masuk dan ajukan" in page
    assert "Biaya Rp0." in page
    parts = (
        "Syarat", "Langkahnya", "Hasil", "Dasar hukum", "Pengaduan", "Fasilitas", "Kemampuan petugas",
        "Jumlah petugas", "Pengawasan internal", "Jaminan pelayanan", "Jaminan keamanan", "Evaluasi",
    )  # fmt: skip
    assert [part for part in parts if part not in page] == []


def test_types_not_in_force_are_not_there(db, client):
    assert client.get("/izin/ho/").status_code == 404


def test_abbreviations_are_explained_on_public_pages(client, db):
    page = client.get("/izin/").content.decode()
    assert "Nomor induk berusaha (NIB)" in page
    assert "sistem perizinan pusat (OSS)" in page
    assert "kode kegiatan usaha (KBLI)" in client.get("/mulai/?keperluan=usaha&cari=zzzz").content.decode()
