"""The later life through its pages: what waits for whom, refusals beside their fields, what the public sees."""

import datetime as dt

import later
import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile

import build
from core.errors import Refused
from core.models import AuditEntry
from sabilulungan.domain import drafts, flow
from sabilulungan.enums import Action, Phase, State
from sabilulungan.models import EnactedBudget, Proposal

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(later.at(2027, 3, 20), tick=False) as moved:
        yield moved


@pytest.fixture
def staff():
    return later.LaterStaff()


@pytest.fixture
def ani():
    return build.user("ani")


@pytest.fixture
def case(ani, staff):
    later.enact(staff)
    return later.approved(ani, staff)


def scan(name="pindaian.pdf"):
    return SimpleUploadedFile(name, build.PDF + name.encode(), content_type="application/pdf")


def waiting(client, person, number):
    client.force_login(person)
    return number in client.get("/meja/").content.decode()


def fresh(case):
    return Proposal.objects.get(pk=case.pk)


def test_what_waits_for_whom_after_approval(client, case, staff, ani):
    order = [
        (State.DISETUJUI, staff.budget), (State.DIANGGARKAN, staff.finance), (State.PENCAIRAN, staff.finance),
        (State.LPJ_DIPERIKSA, staff.finance),
    ]  # fmt: skip
    people = (staff.budget, staff.finance, staff.head, staff.office)
    for state, owner in order:
        case = later.go(case, staff, ani, state)
        assert [person for person in people if waiting(client, person, case.number)] == [owner], state


def test_nothing_is_signed_before_the_recipient_agrees(client, case, staff, ani):
    case = later.go(case, staff, ani, State.DITETAPKAN)
    assert not waiting(client, staff.head, case.number)
    client.force_login(ani)
    address = f"/usulan-saya/{case.key}/tindakan/KONFIRMASI/"
    page = client.get(address).content.decode()
    assert "900/Kep.12/2027" in page
    wrong = client.post(address, {"signer_name": "Orang Lain", "version": case.version})
    text = wrong.content.decode()
    assert wrong.status_code == 422
    assert "Penanda tangan haruslah Maman Suparman." in text
    assert "Setujui pakta integritas lebih dahulu." in text
    assert 'value="Orang Lain"' in text
    good = {"signer_name": "Maman Suparman", "accepted": "on", "version": case.version}
    assert client.post(address, good).status_code == 302
    rows = AuditEntry.objects.count()
    again = client.post(address, good, follow=True)
    assert "Tindakan Anda sudah tercatat" in again.content.decode()
    assert AuditEntry.objects.count() == rows
    assert waiting(client, staff.head, case.number)


def test_the_decree_is_refused_beside_the_field_and_keeps_what_was_typed(client, case, staff, ani):
    case = later.go(case, staff, ani, State.DIANGGARKAN)
    client.force_login(staff.finance)
    address = f"/meja/{case.number}/tindakan/TETAPKAN/"
    data = {
        "decree_number": "900/1", "signed_on": "1/2/2027", "name": case.recipient.name + "x",
        "address": case.budget_entry.address, "amount": "12.000.000", "version": case.version,
    }  # fmt: skip
    refused = client.post(address, {**data, "scan": scan()})
    page = refused.content.decode()
    assert refused.status_code == 409
    assert "Harus sama huruf demi huruf dengan lampiran III" in page
    assert f'value="{case.recipient.name}x"' in page
    assert client.post(address, {**data, "name": case.recipient.name}).status_code == 422
    wrong = SimpleUploadedFile("sk.pdf", b"bukan pdf", content_type="application/pdf")
    judged = client.post(address, {**data, "name": case.recipient.name, "scan": wrong})
    assert "Jenis berkas dinilai dari isinya" in judged.content.decode()
    assert fresh(case).state == State.DIANGGARKAN
    assert client.post(address, {**data, "name": case.recipient.name, "scan": scan()}).status_code == 302
    assert fresh(case).state == State.DITETAPKAN


def test_papers_are_uploaded_on_their_own_page_and_counted(client, case, staff, ani):
    case = later.go(case, staff, ani, State.PERJANJIAN)
    client.force_login(ani)
    assert "0 dari 7 berkas wajib sudah ada." in client.get(f"/usulan-saya/{case.key}/").content.decode()
    address = f"/usulan-saya/{case.key}/berkas-lanjutan/"
    bad = client.post(address, {"KUITANSI": SimpleUploadedFile("k.pdf", b"x"), "KTP_CAIR": scan()})
    assert bad.status_code == 422
    assert "1 dari 7 berkas wajib sudah ada." in client.get(f"/usulan-saya/{case.key}/").content.decode()
    asked = client.post(
        f"/usulan-saya/{case.key}/tindakan/MINTA_CAIR/",
        {"account": case.account_id, "use_plan": "Sewa.", "version": case.version},
    )
    assert "Berkas: Unggah Kuitansi bermeterai." in asked.content.decode()
    client.force_login(build.user("orang"))
    assert client.get(address).status_code == 404


def test_the_public_sees_the_money_and_the_report(client, case, staff, ani, django_assert_max_num_queries):
    case = later.go(case, staff, ani, State.PELAKSANAAN)
    with django_assert_max_num_queries(8):
        page = client.get(f"/usulan/{case.number}/").content.decode()
    for words in ("900/Kep.12/2027", "900/1/BPKAD/2027", "Dibayar", "batas", "10 Jan 2028"):
        assert words in page
    record = client.get(f"/api/v1/usulan/{case.number}").json()
    assert (record["dibayar"], record["diperjanjikan"], record["laporan_batas"], record["laporan_keadaan"]) == (
        12_000_000, 12_000_000, "2028-01-10", "ditunggu",
    )  # fmt: skip
    later.papers(case, "LPJ", ani)
    flow.perform(case, Action.LAPORKAN, ani, data=later.report(case))
    case = later.go(case, staff, ani, State.SELESAI)
    record = client.get(f"/api/v1/usulan/{case.number}").json()
    assert (record["dipertanggungjawabkan"], record["laporan_tanggal"], record["laporan_keadaan"]) == (
        12_000_000, "2027-03-20", "diterima",
    )  # fmt: skip
    statistics = client.get("/statistik/?tahun=2027").content.decode()
    assert statistics.count("Rp12.000.000") >= 6
    assert [row["nomor"] for row in client.get("/api/v1/usulan?hasil=dilaporkan").json()["data"]] == [case.number]


def test_a_person_shows_totals_and_the_report_but_no_decree(client, staff):
    later.enact(staff)
    budi = build.user("budi")
    with time_machine.travel(build.OPEN_DAY, tick=False):
        person = build.person(budi)
    case = later.go(later.approved(budi, staff, recipient=person), staff, budi, State.PELAKSANAAN)
    page = client.get(f"/usulan/{case.number}/").content.decode()
    assert "Ditunggu" in page
    assert [words for words in ("900/Kep.12/2027", "Rosidah", "900/1/") if words in page] == []
    record = client.get(f"/api/v1/usulan/{case.number}").json()
    assert (record["dibayar"], record["ditetapkan"], record["diperjanjikan"]) == (12_000_000, None, None)


def test_the_year_is_enacted_once_and_unplanned_aid_stays_within_planned(client, staff):
    client.force_login(staff.budget)
    data = {
        "budget_year": "2027", "law": "Perda 10/2026", "regulation": "Perwal 50/2026", "enacted_on": "28/12/2026",
        "lines_until": "30/4/2027", "grants": "1 miliar", "aid": "100 juta", "unplanned": "100.000.001",
    }  # fmt: skip
    wrong = client.post("/meja/anggaran/", data)
    assert (wrong.status_code, "Melebihi anggaran bantuan sosial terencana" in wrong.content.decode()) == (422, True)
    assert client.post("/meja/anggaran/", {**data, "unplanned": "10 juta"}).status_code == 302
    twice = client.post("/meja/anggaran/", {**data, "unplanned": "10 juta"})
    assert "APBD tahun anggaran ini sudah dicatat." in twice.content.decode()
    assert EnactedBudget.objects.get().unplanned == 10_000_000


def test_the_list_of_11_january(client, case, staff, ani, clock):
    case = later.go(case, staff, ani, State.PELAKSANAAN)
    clock.move_to(later.at(2028, 1, 10))
    client.force_login(staff.finance)
    assert case.number not in client.get("/meja/laporan-terlambat/").content.decode()
    clock.move_to(later.at(2028, 1, 11))
    client.force_login(staff.finance)
    page = client.get("/meja/laporan-terlambat/").content.decode()
    assert case.number in page
    assert "lewat satu hari" in page


@pytest.mark.parametrize(("last", "warned"), [("2027-03-20", True), ("2027-03-19", False)])
def test_a_quiet_period_warns_whoever_decides_and_forbids_nothing(client, staff, ani, region_data, last, warned):
    from helpers import bandung

    rules = bandung()
    rules["after_approval"]["quiet_periods"] = [
        {"first": "2027-03-01", "last": last, "reason": "Masa kampanye pemilihan kepala daerah"}
    ]
    region_data(grants=rules)
    later.enact(staff)
    case = later.approved(ani, staff)
    client.force_login(staff.budget)
    page = client.get(f"/meja/{case.number}/").content.decode()
    assert ("Masa kampanye pemilihan kepala daerah" in page) is warned
    assert later.go(case, staff, ani, State.DIANGGARKAN).state == State.DIANGGARKAN


def test_a_line_changed_and_an_account_added_through_their_pages(client, case, staff, ani):
    case = later.go(case, staff, ani, State.DIANGGARKAN)
    recipient = case.recipient
    client.force_login(staff.budget)
    address = f"/meja/{case.number}/tindakan/UBAH_BARIS/"
    assert "Ubah baris anggaran" in client.get(f"/meja/{case.number}/").content.decode()
    sent = {
        "account_code": case.budget_entry.account_code, "amount": "11.500.000", "name": recipient.name,
        "address": recipient.address, "rt": recipient.rt, "rw": recipient.rw, "version": case.version,
        "village_code": recipient.village_code, "note": "Hubungi 081234567890",
    }  # fmt: skip
    refused = client.post(address, sent)
    assert (refused.status_code, "11.500.000" in refused.content.decode()) == (422, True)
    assert client.post(address, {**sent, "note": "Peraturan penjabaran diubah."}).status_code == 302
    assert fresh(case).amount_budgeted == 11_500_000
    assert "Peraturan penjabaran diubah." in client.get(f"/usulan/{case.number}/").content.decode()
    client.force_login(ani)
    place = f"/usulan-saya/{case.key}/rekening/"
    assert client.get(place).status_code == 404
    case = later.go(case, staff, ani, State.PERJANJIAN)
    assert place in client.get(f"/usulan-saya/{case.key}/tindakan/MINTA_CAIR/").content.decode()
    account = {"bank": "bank bjb", "account_number": "12", "owner_name": "Orang Lain"}
    assert client.post(place, account).status_code == 422
    refused = client.post(place, {**account, "account_number": "8800 1122 33"})
    assert (refused.status_code, "atas nama penerima" in refused.content.decode()) == (422, True)
    good = {**account, "account_number": "8800 1122 33", "owner_name": recipient.name}
    assert client.post(place, good).status_code == 302
    assert [one.number[-4:] for one in recipient.accounts.all()][1:] == ["2233"]
    client.force_login(build.user("orang"))
    assert client.get(place).status_code == 404


def test_f14_a_photo_of_the_report_older_than_the_agreement_is_red_and_keeps_the_report_from_being_accepted(
    case, staff, ani
):
    case = later.go(case, staff, ani, State.PELAKSANAAN)
    pictures = case.documents.filter(phase=Phase.LPJ)[0]
    drafts.attach(pictures, build.photo(taken="2027:03:16 09:00:00"), ani)
    assert not case.flags.filter(rule="F14").exists()
    for _ in range(2):  # sent twice is one signal
        drafts.attach(pictures, build.photo(taken="2027:02:09 09:00:00", position=(-6.9, 107.6)), ani)
    flag = case.flags.get(rule="F14")
    assert (flag.severity, flag.sentence) == (
        "RED", "Foto laporan bertanggal 9 Feb 2027, sebelum perjanjian 10 Feb 2027.",
    )  # fmt: skip
    case = later.go(case, staff, ani, State.LPJ_DIPERIKSA)
    person, action, data = staff.later(case, ani)
    with pytest.raises(Refused) as refused:
        flow.perform(case, action, person, data=data)
    assert [fault.field for fault in refused.value.faults] == ["flags"]


def test_the_annexes_of_the_apbd_hold_every_line_and_their_sum(client, case, staff, ani):
    budgeted = later.go(case, staff, ani, State.DIANGGARKAN)
    client.force_login(staff.budget)
    address = "/meja/anggaran/2027/lampiran-iii"
    assert f"{address}.pdf" in client.get("/meja/anggaran/").content.decode()
    assert client.get(f"{address}.pdf").content.startswith(b"%PDF-1.7")
    rows = b"".join(client.get(f"{address}.csv").streaming_content).decode("utf-8-sig").splitlines()
    entry = budgeted.budget_entry
    assert rows[0] == "kode_rekening,nama,alamat,kegiatan,usulan,jumlah"
    assert [row.rsplit(",", 2)[1:] for row in rows[1:]] == [[budgeted.number, str(entry.amount)]]
    assert entry.name in rows[1]
    empty = b"".join(client.get("/meja/anggaran/2027/lampiran-iv.csv").streaming_content).decode("utf-8-sig")
    assert len(empty.splitlines()) == 1
    for wrong in ("2027/lampiran-v.pdf", "2027/lampiran-iii.json", "2026/lampiran-iii.pdf"):
        assert client.get(f"/meja/anggaran/{wrong}").status_code == 404
    client.force_login(staff.office)
    assert client.get(f"{address}.csv").status_code == 404


def test_what_was_asked_back_and_what_is_still_owed(client, case, staff, ani):
    case = later.go(case, staff, ani, State.PELAKSANAAN)
    case = flow.perform(case, Action.TEMUAN, staff.auditor, data={"amount": 5_000_000}, note="Dipakai untuk hal lain.")
    slip = {"sts_number": "STS/7", "paid_on": dt.date(2027, 3, 20), "amount": 2_000_000}
    flow.perform(case, Action.CATAT_SETORAN, staff.finance, data=slip)
    client.force_login(staff.finance)
    page = client.get("/meja/setoran/")
    assert [(row.proposal, row.came, row.left) for row in page.context["page"]] == [(case, 2_000_000, 3_000_000)]
    assert "Masih harus disetor Rp3.000.000." in page.content.decode()
    assert "/meja/setoran/" in client.get("/meja/laporan-terlambat/").content.decode()
