"""Section 11 and check 11: nothing personal leaves by any public page, export or answer of the API."""

import io
import json
import re
import zipfile

import openpyxl
import pytest

from core import identity
from sabilulungan.models import BankAccount, Officer, Proposal, Recipient

NIK = re.compile(r"(?<!\d)\d{16}(?!\d)")
PHONE = re.compile(r"(?:\+?62|0)8\d{8,}")
MAIL = re.compile(r"[\w.+-]+@[\w-]+\.\w+")


def secrets():
    """Return every personal number and mail address in the database, in the forms they might leak."""
    found = set()
    for officer in Officer.objects.all():
        found |= {officer.nik, officer.phone, identity.local_phone(officer.phone) if officer.phone else ""}
        found.add(officer.nik_token)
    for account in BankAccount.objects.all():
        found |= {account.number, account.number_token}
    for recipient in Recipient.objects.all():
        found |= {recipient.phone, recipient.email, recipient.npwp, recipient.phone_token}
        found |= {recipient.family_card, recipient.family_card_token, recipient.email_token}
    return found - {""}


def public_texts(client, world):
    """Yield each public address and its text."""
    numbers = [case.number for case in vars(world.cases).values() if case.number]
    paths = [
        "/",
        "/usulan/",
        "/statistik/",
        f"/statistik/wilayah/{world.cases.person.recipient.district_code}/",
        "/pengumuman/",
        "/tentang/",
        "/usulan/unduh.csv",
        "/usulan/unduh.json",
        "/usulan/unduh.xlsx",
        "/usulan/360giving.json",
        "/data-terbuka/",
        "/bansos-mendesak/",
        "/statistik/unduh.csv?tahun=2027",
        "/laporan-tahunan/",
        "/laporan-tahunan/unduh.csv",
        "/laporan-tahunan/unduh.xlsx",
        "/peraturan/",
        f"/usulan/{world.cases.approved.number}/papan/",
        f"/usulan/{world.cases.approved.number}/berkas.zip",
    ]
    paths += ["/api/v1/usulan", "/api/v1/usulan.csv", "/api/v1/openapi.json", "/jejak-audit/", "/privasi/"]
    paths += [f"/usulan/{number}/" for number in numbers] + [f"/api/v1/usulan/{number}" for number in numbers]
    paths += [
        f"/penerima/{recipient.public_id}/"
        for recipient in Recipient.objects.filter(proposals__number__isnull=False).distinct()
        if recipient.is_organisation
    ]
    for path in paths:
        response = client.get(path)
        assert response.status_code == 200, path
        content = b"".join(response.streaming_content) if response.streaming else response.content
        yield path, READERS.get(path.rpartition(".")[2], bytes.decode)(content)


def sheet(content):
    rows = openpyxl.load_workbook(io.BytesIO(content)).active.iter_rows(values_only=True)
    return "\n".join("\t".join(str(cell) for cell in row) for row in rows)


def unzipped(content):
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return "\n".join(archive.read(name).decode() for name in archive.namelist())


READERS = {"xlsx": sheet, "zip": unzipped}


def test_check_11_no_personal_number_leaves(client, world):
    hidden = secrets()
    assert len(hidden) > 30
    cards = {case.recipient.family_card for case in (world.cases.person, world.cases.family)}
    assert {len(card) for card in cards & hidden} == {16}
    for path, text in public_texts(client, world):
        leaked = [value for value in hidden if value in text]
        assert leaked == [], path
        assert NIK.findall(text) == [], path
        assert PHONE.findall(text) == [], path
        assert [mail for mail in MAIL.findall(text) if mail != "info@contoh.invalid"] == [], path


def test_persons_are_masked_everywhere(client, world):
    private = ("Rosidah", "Nurjanah", "Sukirman", "Gang Mawar", "Sakit jantung", "RT 003")
    found = dict(public_texts(client, world))
    pages = [found[f"/usulan/{case.number}/"] for case in (world.cases.person, world.cases.family)]
    for text in [
        *pages,
        *(found[f"/api/v1/usulan/{case.number}"] for case in (world.cases.person, world.cases.family)),
    ]:
        assert [word for word in private if word in text] == []
    for path in ("/usulan/", "/usulan/unduh.csv", "/usulan/unduh.json", "/usulan/unduh.xlsx", "/api/v1/usulan"):
        assert [word for word in private[:5] if word in found[path]] == [], path
        assert "R*** N***" in found[path], path
    assert "R*** N***" in pages[0]
    assert "RW 012" in pages[0]


def test_a_person_shows_the_total_only(client, world):
    record = client.get(f"/api/v1/usulan/{world.cases.person.number}").json()
    assert record["judul"] == "Bantuan rehabilitasi sosial"
    assert (record["diminta"], record["disetujui"]) == (20_000_000, None)
    assert (record["rekomendasi_dinas"], record["tim_pertimbangan"], record["tim_anggaran"]) == (None, None, None)
    page = client.get(f"/usulan/{world.cases.person.number}/").content.decode()
    assert "12.000.000" not in page
    assert "Sewa komputer" not in page
    assert "Sesuai kebutuhan." not in page


def test_an_organisation_shows_everything_it_may(client, world):
    page = client.get(f"/usulan/{world.cases.approved.number}/").content.decode()
    for words in (
        "Yayasan Cahaya Ilmu",
        "Jl. Melati Nomor 9",
        "Maman Suparman",
        "Sewa komputer",
        "Sesuai kebutuhan.",
        "12.000.000",
    ):
        assert words in page
    assert "Neneng Hasanah" not in page


def test_full_names_by_the_profile_keep_everything_else(client, world, region_data):
    from helpers import bandung

    region_data(grants={**bandung(), "individual_names": "PENUH"})
    page = client.get(f"/usulan/{world.cases.person.number}/").content.decode()
    assert "Rosidah Nurjanah" in page
    assert "12.000.000" not in page
    assert [value for value in secrets() if value in page] == []


def test_the_search_does_not_tell_what_the_page_masks(client, world):
    for words in ("Rosidah", "Nurjanah", "Gang Mawar", "jantung"):
        assert client.get("/api/v1/usulan", {"cari": words}).json()["jumlah"] == 0, words


def test_personal_numbers_in_free_text_are_hidden(client, world):
    case = world.cases.approved
    Proposal.objects.filter(pk=case.pk).update(
        title="Hubungi 0812-3456-7890", aims="NIK 3273 0101 0190 0001, surel budi@contoh.invalid"
    )
    case.steps.filter(transition="T07").update(reason="Rekening 1234567890123 milik ketua.")
    page = client.get(f"/usulan/{case.number}/").content.decode()
    assert "0812-3456" not in page
    assert "3273 0101" not in page
    assert "budi@" not in page
    assert "1234567890123" not in page


@pytest.mark.parametrize("kind", ["person", "family"])
def test_persons_have_no_page_over_the_years(client, world, kind):
    recipient = getattr(world.cases, kind).recipient
    assert client.get(f"/penerima/{recipient.public_id}/").status_code == 404


def test_a_draft_is_nowhere(client, world):
    for _, text in public_texts(client, world):
        assert "Pentas seni desa" not in text
        assert world.cases.draft.key not in text


def test_staff_see_a_masked_nik_and_the_auditor_opens_it_with_a_purpose(client, world):
    case = world.cases.filed
    officer = case.recipient.officers.first()
    client.force_login(world.staff.tu)
    page = client.get(f"/meja/{case.number}/").content.decode()
    assert officer.nik not in page
    assert identity.mask_nik(officer.nik) in page
    assert client.get(f"/meja/{case.number}/data-terlindungi/").status_code == 403
    client.force_login(world.more.inspektur)
    address = f"/meja/{case.number}/data-terlindungi/"
    assert officer.nik not in client.get(address).content.decode()
    refused = client.post(address, {"purpose": "cek"})
    assert (refused.status_code, officer.nik in refused.content.decode()) == (422, False)
    opened = client.post(address, {"purpose": "Pemeriksaan khusus atas laporan warga."})
    assert officer.nik in opened.content.decode()
    card = world.cases.family.recipient.family_card
    of_family = f"/meja/{world.cases.family.number}/data-terlindungi/"
    assert card not in client.get(of_family).content.decode()
    opened = client.post(of_family, {"purpose": "Pemeriksaan khusus atas laporan warga."}).content.decode()
    assert f'Nomor KK</dt><dd class="num">{card}' in opened
    from core import audit

    entry = audit.history(case).last()
    assert (entry.action, entry.actor, entry.note) == (
        "lihat_data_terlindungi",
        world.more.inspektur,
        "Pemeriksaan khusus atas laporan warga.",
    )


def test_json_is_json(client, world):
    response = client.get("/usulan/unduh.json")
    rows = json.loads(b"".join(response.streaming_content))
    assert len(rows) == Proposal.objects.public().count()
