"""A draft and a case sent in: what was typed is kept, what is missing is told, nothing is lost."""

import datetime as dt
import re

from django.core.files.uploadedfile import SimpleUploadedFile
from test_submission import ACTIVITY, lines

import build
from core import files
from sabilulungan.domain import drafts
from sabilulungan.enums import State
from sabilulungan.models import Proposal


def draft_of(world):
    return world.cases.draft, f"/usulan-saya/{world.cases.draft.key}/"


def test_bad_activity_keeps_what_was_typed(client, world):
    case, base = draft_of(world)
    client.force_login(world.ani)
    bad = {
        **ACTIVITY,
        "ends_on": "1/2/2027",
        "title": "Hubungi 081234567890",
        "beneficiaries": "banyak",
        "version": str(case.version),
    }
    response = client.post(f"{base}kegiatan/", bad)
    page = response.content.decode()
    assert response.status_code == 422
    for words in (
        "Tanggal selesai lebih awal",
        "Tulisan ini akan tampil untuk umum",
        "Tulis bilangan bulat",
        'value="banyak"',
        "Hubungi 081234567890",
    ):
        assert words in page
    assert Proposal.objects.get(pk=case.pk).title == "Pentas seni desa"


def test_bad_lines_keep_what_was_typed(client, world):
    case, base = draft_of(world)
    client.force_login(world.ani)
    data = {**lines(("Sewa", "dua", "hari", "500 ribu"), ("Honor", "3", "", "1,5")), "version": str(case.version)}
    response = client.post(f"{base}rincian/", data)
    page = response.content.decode()
    assert response.status_code == 422
    for words in ("Tulis banyaknya dengan angka", 'value="dua"', 'value="500 ribu"', "Tulis jumlah"):
        assert words in page
    more = client.post(f"{base}rincian/", {**data, "tambah": "1"})
    assert (more.status_code, more.content.decode().count("form-4-description")) == (200, 3)
    assert case.lines.count() == 2
    assert client.post(f"{base}rincian/", {"form-TOTAL_FORMS": "x", "version": "1"}).status_code == 422


def test_saving_the_lines_again_keeps_them_and_an_emptied_row_is_gone(client, world):
    case, base = draft_of(world)
    client.force_login(world.ani)
    page = client.get(f"{base}rincian/").content.decode()
    sent = dict(re.findall(r'<input[^>]*name="(form-[^"]+)"[^>]*value="([^"]*)"', page))
    assert sent["form-INITIAL_FORMS"] == "2"
    assert client.post(f"{base}rincian/", {**sent, "version": str(case.version)}).status_code == 302
    assert [line.amount_asked for line in case.lines.all()] == [15_000_000, 5_000_000]
    cleared = {key: "" if key.startswith("form-0-") else value for key, value in sent.items()}
    assert client.post(f"{base}rincian/", {**cleared, "version": str(case.version + 1)}).status_code == 302
    assert [(line.number, line.description) for line in case.lines.all()] == [(1, "Honor pelatih")]
    assert Proposal.objects.get(pk=case.pk).amount_asked == 5_000_000


def test_one_bad_file_does_not_lose_the_others(client, world):
    case, base = draft_of(world)
    client.force_login(world.ani)
    files_ = {
        "AKTA": SimpleUploadedFile("akta.pdf", b"MZ bukan pdf", "application/pdf"),
        "NPWP": SimpleUploadedFile("npwp.pdf", build.PDF + b"baru"),
        "DOMISILI": SimpleUploadedFile("kosong.pdf", b""),
    }
    response = client.post(f"{base}berkas/", files_)
    page = response.content.decode()
    assert response.status_code == 422
    assert "Akta notaris: Berkas itu bukan PDF, JPG, PNG." in page
    assert [stored.version for stored in drafts.versions(build.document(case, "NPWP"))] == [2, 1]
    assert [stored.version for stored in drafts.versions(build.document(case, "AKTA"))] == [1]
    client.post(f"{base}berkas/", {"NPWP": SimpleUploadedFile("npwp.pdf", build.PDF + b"baru")})
    assert [stored.version for stored in drafts.versions(build.document(case, "NPWP"))] == [2, 1]


def test_a_page_left_open_in_another_window_loses_nothing(client, world):
    case, base = draft_of(world)
    client.force_login(world.ani)
    old = str(case.version)
    assert client.post(f"{base}kegiatan/", {**ACTIVITY, "version": old}).status_code == 302
    late = client.post(f"{base}kegiatan/", {**ACTIVITY, "title": "Judul lama", "version": old})
    page = late.content.decode()
    assert late.status_code == 422
    assert "baru saja diubah di jendela lain" in page
    assert 'value="Judul lama"' in page
    assert Proposal.objects.get(pk=case.pk).title == "Pelatihan menjahit"


def test_check_01_the_page_tells_when_the_window_opens(client, world, clock):
    case, base = draft_of(world)
    clock.move_to(dt.datetime(2026, 6, 30, 17, 1, tzinfo=dt.UTC))
    client.force_login(world.ani)
    refused = client.post(f"{base}kirim/", {"declared": "on", "version": str(case.version)})
    assert refused.status_code == 409
    assert "mulai Jumat, 1 Januari 2027" in refused.content.decode()
    assert "mulai Jumat, 1 Januari 2027" in client.get("/usulan-saya/baru/").content.decode()
    assert Proposal.objects.get(pk=case.pk).state == State.DRAF


def test_check_02_the_applicant_repairs_and_version_1_stays_readable(client, world):
    case = world.cases.returned
    base = f"/usulan-saya/{case.key}/"
    client.force_login(world.budi)
    assert "Tidak terbaca." in client.get(base).content.decode()
    again = client.post(f"{base}kirim/", {"version": str(case.version)})
    assert (again.status_code, "Unggah Surat keterangan domisili yang baru" in again.content.decode()) == (409, True)
    client.post(f"{base}berkas/", {"DOMISILI": SimpleUploadedFile("baru.pdf", build.PDF + b"jelas")})
    assert client.post(f"{base}kirim/", {"version": str(case.version)}).url == base
    assert Proposal.objects.get(pk=case.pk).state == State.DIAJUKAN
    client.force_login(world.staff.tu)
    page = client.get(f"/meja/{case.number}/").content.decode()
    second, first = drafts.versions(build.document(case, "DOMISILI"))
    for stored in (first, second):
        assert stored.public_id in page
        assert b"".join(client.get(f"/berkas/{stored.public_id}/").streaming_content) == files.read(stored)


def test_withdrawing_and_discarding(client, world):
    case, base = draft_of(world)
    client.force_login(world.ani)
    assert client.post(f"{base}hapus/").url == "/usulan-saya/"
    assert not Proposal.objects.filter(pk=case.pk).exists()
    filed = world.cases.filed
    client.force_login(world.budi)
    assert client.post(f"/usulan-saya/{filed.key}/hapus/").status_code == 409
    silent = client.post(f"/usulan-saya/{filed.key}/tarik/", {"note": ""})
    assert silent.status_code == 422
    client.post(f"/usulan-saya/{filed.key}/tarik/", {"note": "Kegiatan batal."})
    assert Proposal.objects.get(pk=filed.pk).state == State.DITARIK
    assert "Kegiatan batal." in client.get(f"/usulan/{filed.number}/").content.decode()
