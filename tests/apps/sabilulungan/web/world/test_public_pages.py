"""Pages for everybody beside list and case: board, yearly report, regulations, who is late, redacted copies, bounds."""

import datetime as dt
import io
import json
import zipfile

import later
import pytest
from django.test import override_settings

import build
from core import audit
from core.calendar import calendar
from core.errors import Refused
from core.wilayah import name_of, villages
from sabilulungan.domain import copies, drafts
from sabilulungan.domain.queries import paces
from sabilulungan.enums import State
from sabilulungan.models import Announcement, ImportBatch, PastGrant, Proposal, PublicCopy


@override_settings(BASE_URL="https://bansos.contoh.go.id")
def test_the_board_leads_to_the_public_page(client, world):
    number = world.cases.approved.number
    page = client.get(f"/usulan/{number}/papan/?ukuran=a5").content.decode()
    assert "sheet-a5" in page
    assert f"https://bansos.contoh.go.id/usulan/{number}/" in page
    assert 'class="qr"' in page
    assert "Rp12.000.000" in page
    assert "Yayasan Cahaya Ilmu" in page
    assert "sheet-a4" in client.get(f"/usulan/{number}/papan/?ukuran=a0").content.decode()


def test_no_board_before_approval_and_none_for_persons(client, world):
    Proposal.objects.filter(pk=world.cases.person.pk).update(
        state=State.DISETUJUI, amount_approved=1_000_000, approval_number="1", approved_on=dt.date(2026, 3, 10)
    )
    for case in (world.cases.evaluated, world.cases.person):
        assert client.get(f"/usulan/{case.number}/papan/").status_code == 404
        assert f"/usulan/{case.number}/papan/" not in client.get(f"/usulan/{case.number}/").content.decode()


def test_the_yearly_report_adds_cases_register_and_urgent_aid(client, world):
    staff, case = world.staff, world.cases.approved
    later.enact(staff, grants=40_000_000, aid=5_000_000, unplanned=0)
    chain = dict.fromkeys(("budgeted", "decreed", "agreed", "paid", "accounted"), 10_000_000)
    Proposal.objects.filter(pk=case.pk).update(
        state=State.SELESAI, **{f"amount_{stage}": amount for stage, amount in chain.items()}
    )
    batch = ImportBatch.objects.create(file_name="a.csv", sha256="0" * 64, rows=2, imported_by=staff.budget)
    for title, reported in (("Pentas", True), ("Turnamen", False)):
        PastGrant.objects.create(
            recipient=case.recipient, batch=batch, budget_year=2024, kind="HIBAH", title=title, amount=3_000_000,
            reported=reported,
        )  # fmt: skip
    response = client.get("/laporan-tahunan/unduh.csv")
    lines = b"".join(response.streaming_content).decode("utf-8-sig").splitlines()
    assert lines == [
        "tahun_anggaran,jenis,anggaran,dibayar_rupiah,dibayar_penerima,dilaporkan_penerima,dilaporkan_rupiah",
        "2027,Hibah,40000000,10000000,1,1,10000000",
        "2027,Bantuan sosial terencana,5000000,0,0,0,0",
        "2027,Seluruhnya,45000000,10000000,1,1,10000000",
        "2024,Hibah,,6000000,2,1,3000000",
        "2024,Seluruhnya,,6000000,2,1,3000000",
    ]
    page = client.get("/laporan-tahunan/").content.decode()
    assert "25,0%" in page
    assert "22,2%" in page
    assert client.get("/laporan-tahunan/unduh.exe").status_code == 404


def test_the_regulations_show_every_version_and_how_many_cases_it_rules(client, world):
    page = client.get("/peraturan/").content.decode()
    assert "dipakai 6 usulan" in page
    assert "Berlaku" in page
    assert "Permendagri 32/2011 Pasal 14 dan 32" in page


def test_who_is_late_is_named(client, world, clock):
    clock.move_to(build.OPEN_DAY + dt.timedelta(days=30))
    case = world.cases.evaluated
    page = client.get(f"/usulan/{case.number}/").content.decode()
    assert "menunggu Disdik" in page
    found = client.get("/api/v1/usulan", {"hasil": "terlambat"}).json()["data"]
    assert case.number in {row["nomor"] for row in found}
    assert all(row["terlambat_hari_kerja"] > 0 for row in found)
    everything = json.loads(b"".join(client.get("/usulan/unduh.json").streaming_content))
    assert len(found) == sum(row["terlambat_hari_kerja"] > 0 for row in everything)
    assert "Paling banyak terlambat" in client.get("/statistik/").content.decode()


def test_statistics_tell_the_pace_of_each_office(client, world, clock):
    moved = world.cases.approved.steps.get(target=State.VERIFIKASI_TP)  # the other case was evaluated on the first day
    after = moved.at + dt.timedelta(days=41)
    world.cases.approved.steps.filter(pk__gte=moved.pk).update(at=after, due_on=dt.date(2026, 3, 20))
    found = {(pace.step, pace.who): pace for pace in paces.paces(2027)}
    pace = found["Dinilai dinas", "Disdik"]
    slow = calendar().count(world.today, after.date())
    assert (pace.days, pace.allowed, pace.count, pace.late) == (round(slow / 2), 14, 2, 1)
    page = client.get("/statistik/").content.decode()
    assert "Berapa hari kerja setiap langkah" in page
    rows = b"".join(client.get("/statistik/unduh.csv?tahun=2027").streaming_content).decode("utf-8-sig").splitlines()
    assert (
        rows[0]
        == "tahun_anggaran,menurut,nama,usulan,diminta,disetujui,dibayar,dilaporkan,penduduk,disetujui_per_penduduk"
    )
    assert "2027,jenis,Bantuan sosial,2,40000000,0,0,0,," in rows
    assert client.get("/statistik/unduh.csv?tahun=1999").status_code == 404


def test_a_kecamatan_by_kelurahan_with_map_and_lists(client, world):
    """Map and table agree, each row leads to the list it counts, and the download holds every kelurahan."""
    recipient = world.cases.approved.recipient
    district, village = recipient.district_code, recipient.village_code
    whole = client.get("/statistik/?tahun=2027").content.decode()
    assert f"/statistik/wilayah/{district}/?tahun=2027" in whole
    address = f"/statistik/wilayah/{district}/?tahun=2027"
    page = client.get(address)
    rows = {group.code: group for group in page.context["groups"]}
    assert (rows[village].approved, rows[village].label) == (12_000_000, name_of(village))
    assert (
        sum(row.count for row in rows.values())
        == client.get(f"/usulan/?tahun=2027&kecamatan={district}").context["page"].paginator.count
    )
    assert client.get(f"/usulan/?{rows[village].query}").context["page"].paginator.count == rows[village].count
    said = page.content.decode()
    assert said.count("<title>") - 1 == len(villages(district))
    assert f"<title>{name_of(village)}: 1 usulan, disetujui Rp12 juta" in said
    sheet = b"".join(client.get("/statistik/unduh.csv?tahun=2027").streaming_content).decode("utf-8-sig")
    assert f"2027,kelurahan,{name_of(village)}," in sheet
    for wrong in (village, "32.73", "99.99.99", "x"):
        assert client.get(f"/statistik/wilayah/{wrong}/").status_code == 404


def test_announcements_stand_from_their_first_to_their_last_day_and_are_withdrawn_not_rewritten(client, world, clock):
    client.force_login(world.more.admin)
    form = {
        "title": "Masa usulan dibuka",
        "text": "Usulan 2027\nditerima.",
        "first": "2026-03-12",
        "last": "2026-03-20",
    }
    for wrong, told in (
        ({"last": "2026-03-11"}, "lebih awal"), ({"first": "2026-03-01", "last": "2026-03-09"}, "sudah lewat"),
        ({"text": "Hubungi 081234567890"}, "nomor telepon"),
    ):  # fmt: skip
        refused = client.post("/meja/pengumuman/", {**form, **wrong})
        assert (refused.status_code, told in refused.content.decode()) == (422, True)
        assert "Masa usulan dibuka" in refused.content.decode()
    assert client.post("/meja/pengumuman/", form).status_code == 302
    made = Announcement.objects.get()
    assert [entry.action for entry in audit.history(made)] == ["umumkan"]
    seen = []
    for day in (11, 12, 20, 21):
        clock.move_to(dt.datetime(2026, 3, day, 3, tzinfo=dt.UTC))
        page = client.get("/pengumuman/")
        seen.append((made in page.context["standing"], made in page.context["page"].object_list))
        assert ("Masa usulan dibuka" in client.get("/").content.decode()) == seen[-1][0]
    assert seen == [(False, False), (True, False), (True, False), (False, True)]
    client.force_login(world.more.admin)  # the session has ended meanwhile
    client.post(f"/meja/pengumuman/{made.pk}/tarik/", {"alasan": ""})
    assert Announcement.objects.get().withdrawn_at is None
    for _ in range(2):
        client.post(f"/meja/pengumuman/{made.pk}/tarik/", {"alasan": "Tanggalnya keliru."})
    assert [entry.action for entry in audit.history(made)] == ["umumkan", "tarik_pengumuman"]
    assert "Masa usulan" not in client.get("/pengumuman/").content.decode()
    client.force_login(world.staff.tu)
    assert client.post(f"/meja/pengumuman/{made.pk}/tarik/", {"alasan": "x"}).status_code == 404


def test_a_filtered_list_asks_little(client, world, django_assert_max_num_queries):
    case = world.cases.approved
    address = f"/usulan/?tahun=2027&jenis=HIBAH&kecamatan={case.recipient.district_code}&cari=komputer"
    with django_assert_max_num_queries(4):
        client.get(address)
    for officer in (world.staff.tu, world.staff.office, world.more.keuangan):
        client.force_login(officer)
        with django_assert_max_num_queries(8):
            client.get(address)


def test_a_case_asks_little(client, world, django_assert_max_num_queries):
    for case in (world.cases.approved, world.cases.person, world.cases.returned):
        with django_assert_max_num_queries(8):
            client.get(f"/usulan/{case.number}/")


def _address(case, rest=""):
    return f"/meja/{case.number}/salinan/{rest}"


@pytest.fixture
def published(world):
    document = build.document(world.cases.approved, "DOMISILI")
    return copies.publish(document, build.pdf("tertutup"), world.staff.tu)


def _read(client, copy):
    response = client.get(f"/usulan/{copy.document.proposal.number}/salinan/{copy.copy.public_id}/")
    return response.status_code, b"".join(response.streaming_content) if response.streaming else b""


def test_an_officer_publishes_and_everybody_reads(client, world):
    case = world.cases.approved
    document = build.document(case, "DOMISILI")
    original = drafts.files_of(case)[document.pk]
    client.force_login(world.staff.tu)
    answer = client.post(_address(case), {"DOMISILI": build.pdf("tertutup")})
    assert (answer.status_code, answer.url) == (302, _address(case))
    copy = PublicCopy.objects.get()
    assert (copy.original, copy.published_by, copy.copy.public) == (original, world.staff.tu, False)
    assert audit.history(case).last().data == {
        "dokumen": "DOMISILI", "asli": original.sha256, "salinan": copy.copy.sha256,
    }  # fmt: skip
    client.logout()
    assert _read(client, copy) == (200, build.PDF + b"tertutup")
    assert copy.copy.public_id in client.get(f"/usulan/{case.number}/").content.decode()
    for stored in (original, copy.copy):  # the file store gives nothing to strangers, not even the copy
        assert client.get(f"/berkas/{stored.public_id}/").status_code == 404
    assert client.get(f"/usulan/{case.number}/salinan/{original.public_id}/").status_code == 404
    assert client.get(f"/usulan/{world.cases.filed.number}/salinan/{copy.copy.public_id}/").status_code == 404


def test_the_original_itself_is_refused_and_other_copies_are_kept(client, world):
    case = world.cases.approved
    document = build.document(case, "DOMISILI")
    client.force_login(world.staff.tu)
    files = {"DOMISILI": build.pdf(f"DOMISILI {case.pk}"), "SURAT": build.pdf("surat tertutup")}
    other = case.documents.exclude(pk=document.pk).first()
    answer = client.post(_address(case), {"DOMISILI": files["DOMISILI"], other.code: files["SURAT"]})
    assert answer.status_code == 422
    assert "Berkas ini sama dengan aslinya." in answer.content.decode()
    assert [copy.document for copy in copies.of_case(case)] == [other]


def test_a_newer_copy_takes_the_place_of_the_older(client, world, published):
    newer = copies.publish(published.document, build.pdf("lebih tertutup"), world.staff.tu)
    assert copies.publish(published.document, build.pdf("lebih tertutup"), world.staff.tu) == newer
    assert _read(client, published)[0] == 404
    assert _read(client, newer) == (200, build.PDF + b"lebih tertutup")
    published.refresh_from_db()
    assert (published.reason, published.withdrawn_by) == (copies.REPLACED, world.staff.tu)


def test_withdrawn_with_a_reason_and_gone_at_once(client, world, published):
    case = world.cases.approved
    client.force_login(world.staff.tu)
    client.post(_address(case, f"{published.pk}/tarik/"), {"reason": " "})
    assert _read(client, published)[0] == 200
    client.post(_address(case, f"{published.pk}/tarik/"), {"reason": "Tanda tangan masih terlihat."})
    assert _read(client, published)[0] == 404
    assert audit.history(case).last().note == "Tanda tangan masih terlihat."
    with pytest.raises(Refused, match="sudah ditarik"):
        copies.withdraw(published, world.staff.tu, "Lagi.")


def test_papers_of_numbers_are_never_public(client, world):
    case = world.cases.approved
    held = set(case.documents.values_list("code", flat=True)) & {"KTP_PENGURUS", "REKENING", "NPWP"}
    assert held == {"KTP_PENGURUS", "REKENING", "NPWP"}
    client.force_login(world.staff.tu)
    page = client.get(_address(case)).content.decode()
    for code in held:
        assert f'name="{code}"' not in page
        with pytest.raises(Refused, match="juga tidak sebagai salinan"):
            copies.publish(build.document(case, code), build.pdf("tertutup"), world.staff.tu)
    client.post(_address(case), {"NPWP": build.pdf("tertutup")})
    assert PublicCopy.objects.count() == 0


@pytest.mark.parametrize("kind", ["person", "family"])
def test_documents_of_persons_are_never_public(client, world, kind):
    case = getattr(world.cases, kind)
    with pytest.raises(Refused, match="tidak pernah ditampilkan"):
        copies.publish(case.documents.first(), build.pdf("tertutup"), world.staff.tu)
    assert client.get(f"/usulan/{case.number}/berkas.zip").status_code == 404
    client.force_login(world.staff.tu)
    assert 'type="file"' not in client.get(_address(case)).content.decode()


def test_the_archive_holds_copies_and_the_public_record(client, world, published):
    case = world.cases.approved
    response = client.get(f"/usulan/{case.number}/berkas.zip")
    with zipfile.ZipFile(io.BytesIO(b"".join(response.streaming_content))) as archive:
        assert archive.namelist() == ["usulan.json", "01-DOMISILI-salinan.pdf", "isi.csv"]
        assert archive.read("01-DOMISILI-salinan.pdf") == build.PDF + b"tertutup"
        assert published.copy.sha256 in archive.read("isi.csv").decode()
        assert case.number in archive.read("usulan.json").decode()


def test_the_whole_file_goes_to_who_audits_and_is_logged(client, world, published):
    case = world.cases.approved
    client.force_login(world.more.inspektur)
    response = client.get(f"/meja/{case.number}/berkas.zip")
    assert response["Cache-Control"] == "private, no-store"
    with zipfile.ZipFile(io.BytesIO(b"".join(response.streaming_content))) as archive:
        listed = archive.read("isi.csv").decode()
    held = drafts.files_of(case).values()
    assert len(held) > 5
    assert [stored.sha256 for stored in held if stored.sha256 not in listed] == []
    assert published.copy.sha256 not in listed
    entry = audit.history(case).last()
    assert (entry.action, entry.actor, entry.role) == ("unduh_berkas", world.more.inspektur, "INSPEKTORAT")


def test_who_publishes(client, world, published):
    case = world.cases.approved
    allowed = {"tu": 200, "office": 200, "keuangan": 200, "inspektur": 403, "sorter": 403, "kesehatan": 404, "ani": 404}
    people = {**vars(world.staff), **vars(world.more), "ani": world.ani}
    for name, status in allowed.items():
        client.force_login(people[name])
        assert client.get(_address(case)).status_code == status, name
        taken = client.post(_address(case, f"{published.pk}/tarik/"), {}).status_code
        assert taken == (302 if status == 200 else status), name
