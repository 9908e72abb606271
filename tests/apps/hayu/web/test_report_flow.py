"""From the wizard to the receipt, as an applicant and at the desk; refusals stand beside their fields."""

import pytest
from django.test import Client
from django.urls import reverse

from build import NIK, draft, photo, registered
from core import wilayah
from core.errors import Refused
from hayu.domain import places
from hayu.domain.machine import machine
from hayu.enums import Action, Outcome, State
from hayu.models import Inspection, Report


@pytest.fixture
def owner(world) -> Client:
    client = Client()
    client.force_login(world.owner)
    return client


def business(**changes) -> dict[str, str]:
    place = wilayah.villages()[0]
    return {
        "business_name": "Laundry Bu Ani", "capital": "Rp 5.000.000", "yearly_sales": "60 juta", "workers": "2",
        "started_on": "1 Mei 2024", "village_code_3": place.parent, "village_code_4": place.code,
        "address": "Jl. Melati No. 3",
    } | changes  # fmt: skip


def person(**changes) -> dict[str, str]:
    return {"holder_name": "Ani Suryani", "nik": "3273 1145 0890 0001", "phone": "0812-3456-7890"} | changes


def test_warung_to_receipt(world, owner):
    """Five short pages: result, business, owner, look over, receipt."""
    begun = owner.post("/lapor/", {"keperluan": "usaha", "kbli": "2025-96100", "modal": "5 juta"})
    report = Report.objects.get()
    assert begun.url == f"/lapor/{report.public_id}/usaha/"
    assert 'value="5.000.000"' in owner.get(begun.url).content.decode()
    step = owner.post(begun.url, business(version=report.version))
    assert step.url == f"/lapor/{report.public_id}/pemilik/"
    step = owner.post(step.url, person())
    assert step.url == f"/lapor/{report.public_id}/kirim/"
    look = owner.get(step.url).content.decode()
    assert "3273********0001" in look
    assert NIK not in look
    report.refresh_from_db()
    sent = owner.post(step.url, {"statement": "on", "version": report.version}, follow=True)
    report.refresh_from_db()
    page = sent.content.decode()
    assert report.state == State.TERDAFTAR
    assert report.number in page
    assert "Tanda ini bukti lapor, bukan izin." in page
    assert "<svg" in page
    pdf = owner.get(reverse("hayu:receipt_pdf", args=[report.public_id]))
    assert pdf["Content-Type"] == "application/pdf"
    assert b"".join(pdf.streaming_content).startswith(b"%PDF-")


def test_what_was_typed_stays_and_the_fault_stands_at_its_field(world, owner):
    report = draft(world.owner)
    address = reverse("hayu:draft_owner", args=[report.public_id])
    page = owner.post(address, person(nik="12345", phone="abc")).content.decode()
    assert 'value="12345"' in page
    assert 'value="abc"' in page
    assert "NIK terdiri dari 16 angka; yang tertulis 5 tanda." in page
    assert "Tulis nomor telepon mulai dengan 0" in page
    assert 'href="#id_nik"' in page
    assert Report.objects.get().nik == NIK


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"capital": "banyak"}, "Tulis jumlah dengan angka"),
        ({"capital": ""}, "Isi bagian ini dahulu"),
        ({"workers": "dua"}, "bilangan bulat"),
        ({"workers": "0"}, "Paling sedikit 1"),
        ({"started_on": "31/02/2024"}, "tidak ada di kalender"),
        ({"started_on": "1/1/2099"}, "Tanggal paling akhir"),
        ({"village_code_3": "99", "village_code_4": "99.99"}, "tidak ada di Kota Bandung"),
        ({"business_name": "123"}, "Tulis dengan huruf"),
        ({"latitude": "52.5", "longitude": "13.4"}, "di luar Indonesia"),
        ({"latitude": "-7.8", "longitude": "110.4"}, "di luar Kota Bandung"),
    ],
)
def test_bad_input_of_the_business(world, owner, change, sentence):
    report = draft(world.owner)
    answer = owner.post(reverse("hayu:draft_business", args=[report.public_id]), business(**change))
    assert answer.status_code == 200
    assert sentence.lower() in answer.content.decode().lower()


def test_a_point_outside_is_not_asked_about_twice(world, owner):
    """The fields are hidden, so nobody could empty them: the refused point is gone from the page, the rest stays."""
    report = draft(world.owner)
    address = reverse("hayu:draft_business", args=[report.public_id])
    page = owner.post(address, business(latitude="-7.8", longitude="110.4", version=report.version)).content.decode()
    assert "-7.8" not in page
    assert 'value="Jl. Melati No. 3"' in page
    assert owner.post(address, business(version=report.version)).status_code == 302
    Report.objects.update(latitude="-7.8", longitude="110.4")
    report.refresh_from_db()
    with pytest.raises(Refused) as refusal:
        machine.perform(report.pk, Action.KIRIM, world.owner, data={"statement": True})
    assert [fault.field for fault in refusal.value.faults] == ["latitude"]


def test_officers_see_where_the_business_lies(world):
    """The point with its kecamatan, and a word where that is not the one of the address."""
    client = Client()
    client.force_login(world.inspector)
    report = registered(world.owner, latitude=-6.917, longitude=107.619)
    page = client.get(reverse("hayu:report", args=[report.public_id])).content.decode()
    (district,) = places.districts_at(report.latitude, report.longitude)
    assert district in page
    assert ("Berbeda dari alamat" in page) == (district != report.district)


def test_without_the_statement_nothing_is_sent(world, owner):
    report = draft(world.owner)
    answer = owner.post(reverse("hayu:draft_send", args=[report.public_id]), {"version": report.version})
    assert answer.status_code == 409
    assert answer.content.decode().count("Centang pernyataan bahwa data ini benar.") == 2  # on top and at the field
    assert Report.objects.get().state == State.DRAF


def test_too_large_a_business_is_told_at_the_end_too(world, owner):
    report = draft(world.owner, capital=500_000_000)
    address = reverse("hayu:draft_send", args=[report.public_id])
    answer = owner.post(address, {"version": report.version, "statement": "on"})
    assert answer.status_code == 409
    assert "Modal usaha ini sudah mencapai batas" in answer.content.decode()


def test_double_click_shows_the_one_receipt(world, owner):
    report = draft(world.owner)
    address = reverse("hayu:draft_send", args=[report.public_id])
    data = {"version": report.version, "statement": "on"}
    first, second = owner.post(address, data), owner.post(address, data)
    assert first.url == second.url == reverse("hayu:receipt", args=[report.public_id])
    assert Report.objects.exclude(number=None).count() == 1


def test_a_stale_draft_page_is_refused(world, owner):
    report = draft(world.owner)
    address = reverse("hayu:draft_business", args=[report.public_id])
    assert owner.post(address, business(version=report.version)).status_code == 302
    late = owner.post(address, business(version=report.version, business_name="Nama Lain"))
    assert late.status_code == 409
    page = late.content.decode()
    assert "sudah berubah di jendela lain" in page
    assert 'value="Nama Lain"' in page


def test_beginning_without_enough_answers_goes_back_to_the_wizard(world, owner):
    assert owner.post("/lapor/", {"keperluan": "usaha"}).url == "/mulai/?keperluan=usaha"
    excluded = owner.post("/lapor/", {"keperluan": "usaha", "kbli": "2025-56301"})
    assert excluded.url.startswith("/mulai/?")
    assert Report.objects.count() == 0


def test_only_the_desk_files_for_others(world, owner):
    data = {"keperluan": "usaha", "kbli": "2025-96100", "modal": "5 juta", "loket": "ya"}
    assert owner.post("/lapor/", data).status_code == 403
    desk = Client()
    desk.force_login(world.desk)
    begun = desk.post("/lapor/", data)
    report = Report.objects.get()
    assert (report.channel, report.applicant) == ("LOKET", None)
    desk.post(begun.url, business())
    owner_page = reverse("hayu:draft_owner", args=[report.public_id])
    assert "Persetujuan pemilik" in desk.get(owner_page).content.decode()
    assert desk.post(owner_page, person()).status_code == 200  # consent is missing
    assert desk.post(owner_page, person(consent="Lisan di loket 2")).status_code == 302
    desk.post(reverse("hayu:draft_send", args=[report.public_id]), {"statement": "on"})
    report.refresh_from_db()
    assert (report.state, report.consent) == (State.TERDAFTAR, "Lisan di loket 2")


def _inspection(**changes) -> dict[str, object]:
    return {
        "outcome": "SESUAI", "photo_1": photo(), "latitude": "-6,9034", "longitude": "107.6187",
        "owner_present": "on", "note": "Semua sesuai laporan.",
    } | changes  # fmt: skip


@pytest.fixture
def inspector(world) -> Client:
    client = Client()
    client.force_login(world.inspector)
    return client


def test_inspection_on_the_phone(world, inspector):
    report = world.report(State.DIJADWALKAN_PERIKSA)
    address = reverse("hayu:act", args=[report.public_id, "catat_hasil"])
    answer = inspector.post(address, _inspection(version=report.version))
    assert answer.url == reverse("hayu:report", args=[report.public_id])
    inspection = Inspection.objects.get()
    assert (float(inspection.latitude), float(inspection.longitude)) == (-6.9034, 107.6187)
    assert "Semua sesuai laporan." in inspector.get(answer.url).content.decode()


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"photo_1": ""}, "foto"),
        ({"latitude": ""}, "Isi bagian ini dahulu"),
        ({"latitude": "52.5", "longitude": "13.4"}, "di luar Indonesia"),
        ({"latitude": "barat"}, "Tulis derajat dengan angka"),
        ({"outcome": "TIDAK_SESUAI"}, "Pilih sedikitnya satu temuan."),
        ({"outcome": "SESUAI", "findings": ["GANGGUAN"]}, "tidak boleh disertai temuan"),
    ],
)
def test_bad_input_of_an_inspection(world, inspector, change, sentence):
    report = world.report(State.DIJADWALKAN_PERIKSA)
    address = reverse("hayu:act", args=[report.public_id, "catat_hasil"])
    answer = inspector.post(address, _inspection(version=report.version, **change))
    page = answer.content.decode()
    assert answer.status_code in (200, 409)
    assert sentence.lower() in page.lower()
    assert "Semua sesuai laporan." in page  # what was typed stays
    assert Inspection.objects.count() == 0


def test_a_text_file_is_no_photo(world, inspector):
    report = world.report(State.DIJADWALKAN_PERIKSA)
    fake = photo()
    fake.write(b"<?php echo 1 ?>")
    fake.seek(0)
    address = reverse("hayu:act", args=[report.public_id, "catat_hasil"])
    page = inspector.post(address, _inspection(version=report.version, photo_1=fake)).content.decode()
    assert "Jenis berkas dinilai dari isinya" in page


def test_two_inspectors_at_once(world, inspector):
    report = world.report(State.DIJADWALKAN_PERIKSA)
    version = report.version
    from build import person as somebody
    from build import visit

    machine.perform(report.pk, Action.CATAT_HASIL, somebody("dua", "PENGAWAS"), version=version, data=visit())
    address = reverse("hayu:act", args=[report.public_id, "catat_hasil"])
    answer = inspector.post(address, _inspection(version=version))
    assert answer.status_code == 409
    assert "baru saja diubah oleh Dua" in answer.content.decode()
    assert Inspection.objects.count() == 1


def test_the_page_of_an_act_that_is_not_open_now(world, inspector):
    report = world.report()
    answer = inspector.get(reverse("hayu:act", args=[report.public_id, "catat_hasil"]))
    assert answer.status_code == 409
    assert "tidak dapat dilakukan pada keadaan sekarang: Terdaftar" in answer.content.decode()
    assert inspector.get(reverse("hayu:act", args=[report.public_id, "lewat_batas"])).status_code == 404


def test_correction_with_proof(world, owner):
    report = world.report(State.PERLU_PEMBETULAN)
    address = reverse("hayu:act", args=[report.public_id, "betulkan"])
    assert "Kebersihan atau sanitasi kurang" in owner.get(address).content.decode()
    data = business(note="Tempat cuci sudah diperbaiki.", bukti_1=photo("green"), version=report.version)
    assert owner.post(address, data).status_code == 302
    report.refresh_from_db()
    assert report.state == State.DIJADWALKAN_PERIKSA
    assert "bukti" in owner.get(reverse("hayu:report", args=[report.public_id])).content.decode().lower()


def test_head_decides_with_a_reason(world):
    report = world.report(State.PERLU_PEMBETULAN)
    client = Client()
    client.force_login(world.signer)
    address = reverse("hayu:act", args=[report.public_id, "batalkan"])
    short = client.post(address, {"ground": "DATA_PALSU", "note": "palsu", "version": report.version})
    assert short.status_code == 200
    early = client.post(
        address, {"ground": "DUA_PERINGATAN", "note": "Dua kali diperingatkan.", "version": report.version}
    )
    assert early.status_code == 409
    assert "Baru ada 1 peringatan" in early.content.decode()
    data = {"ground": "DATA_PALSU", "note": "NIK milik orang lain.", "version": report.version}
    assert client.post(address, data).status_code == 302
    report.refresh_from_db()
    assert report.state == State.DICABUT


def test_growth_shows_the_way_to_oss(world, owner):
    report = world.report()
    address = reverse("hayu:act", args=[report.public_id, "naik_kelas"])
    assert "masih cukup melapor" in owner.post(address, {"capital": "100 juta"}).content.decode()
    page = owner.post(address, {"capital": "500 juta", "version": report.version}, follow=True).content.decode()
    assert "Dirujuk ke OSS" in page
    assert "https://oss.go.id" in page


def test_update_and_close(world, owner):
    report = world.report()
    update = reverse("hayu:act", args=[report.public_id, "perbarui"])
    assert 'value="35.000.000"' in owner.get(update).content.decode()
    refused = owner.post(update, {"capital": "600 juta", "workers": "2", "phone": "081234567890"})
    assert refused.status_code == 409
    assert "naik kelas" in refused.content.decode()
    assert owner.post(update, {"capital": "40 juta", "workers": "3", "phone": "081234567890"}).status_code == 302
    close = reverse("hayu:act", args=[report.public_id, "tutup"])
    assert "paling akhir" in owner.post(close, {"closed_on": "1/1/2099"}).content.decode().lower()
    assert owner.post(close, {"closed_on": "1 Juni 2024"}).status_code == 302
    report.refresh_from_db()
    assert (report.state, report.capital) == (State.TUTUP, 40_000_000)


def test_a_receipt_that_is_not_valid_says_so(world, owner):
    report = world.report(State.DIBEKUKAN)
    page = owner.get(reverse("hayu:receipt", args=[report.public_id]))
    assert "SEDANG TIDAK BERLAKU" in page.content.decode()
    assert owner.get(reverse("hayu:receipt_pdf", args=[report.public_id])).status_code == 409


def test_outcomes_are_the_machines(world):
    assert {"SESUAI", "TIDAK_SESUAI"} == set(Outcome.values)


@pytest.mark.parametrize("version", ["", "abc", "-1", "²", "9" * 30])
def test_a_spoilt_version_never_breaks_the_page(world, owner, version):
    report = draft(world.owner)
    answer = owner.post(reverse("hayu:draft_business", args=[report.public_id]), business(version=version))
    assert answer.status_code == 302
