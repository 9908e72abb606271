"""Documents as PDF/A: each is made, says what the case says, keeps its number, and reaches only whom it may."""

import json

import later
import pytest
import time_machine

import build
from core import region, wilayah
from core.errors import NotAllowed
from core.models import StoredFile
from sabilulungan.domain import drafts, flow, letters, signing
from sabilulungan.enums import Action, Role, State
from sabilulungan.models import IssuedPaper, Proposal

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _in_march():
    with time_machine.travel(later.at(2027, 3, 20), tick=False):
        yield


def is_pdf_a(response):
    content = b"".join(response.streaming_content)
    response.close()
    return content.startswith(b"%PDF-1.7") and b"pdfaid:part>2</pdfaid:part" in content


def said(case, code):
    paper = next(paper for paper in letters.PAPERS if paper.code == code)
    return json.dumps(paper.content(Proposal.objects.get(pk=case.pk)), ensure_ascii=False)


def test_every_document_of_a_finished_case(client):
    ani, staff = build.user("ani"), later.LaterStaff()
    later.enact(staff)
    case = later.go(later.approved(ani, staff), staff, ani, State.SELESAI)
    case.signed_papers.all().delete()  # as it was drawn, before the scan was filed
    client.force_login(staff.finance)
    codes = [paper.code for paper in letters.available(case, staff.finance, applicant=False)]
    assert codes == [
        "rekomendasi", "lampiran-keputusan", "nphd", "pakta", "permohonan-pencairan", "kuitansi", "laporan",
    ]  # fmt: skip
    for code in codes:
        assert is_pdf_a(client.get(f"/meja/{case.number}/dokumen/{code}/pdf/")), code
    text = {code: said(case, code) for code in codes}
    name, account = case.recipient.name, case.payout_request.account.number
    assert "900/1/Disdik/2026" in text["rekomendasi"]
    for part in ("900/1/BPKAD/2027", name, "Rp12.000.000,00 (dua belas juta rupiah)", "10 Januari 2028"):
        assert part in text["nphd"]
    assert "dua belas juta rupiah" in text["kuitansi"]
    assert account in text["kuitansi"]
    assert "900/Kep.12/2027" in text["lampiran-keputusan"]
    assert "Pelatihan berjalan dua puluh kali." in text["laporan"]
    assert [code for code, words in text.items() if account in words] == ["permohonan-pencairan", "kuitansi"]
    count = StoredFile.objects.filter(kind__startswith=letters.KIND).count()
    for code in ("nphd", "rekomendasi"):
        assert is_pdf_a(client.get(f"/meja/{case.number}/dokumen/{code}/pdf/"))
    assert StoredFile.objects.filter(kind__startswith=letters.KIND).count() == count
    assert IssuedPaper.objects.count() == 1


def test_who_signs_is_named_as_the_rules_say(monkeypatch):
    """Regions.md section 10.5: an acting head without titles and NIP, the finance office's head with them."""
    person = {"front_title": "Dr.", "name": "Ujang Sastra", "back_title": "M.Si.", "named": True,
              "status": "Plt", "since": None, "until": None, "nip": "197001011995031001", "rank": "IV/c"}  # fmt: skip
    data = region.plain(region.region())
    data["officials"]["head"] = data["offices"]["finance"]["head"] = person
    monkeypatch.setattr("core.officials.region", lambda: region.Node(data))
    ani, staff = build.user("ani"), later.LaterStaff()
    later.enact(staff)
    case = later.go(later.approved(ani, staff), staff, ani, State.SELESAI)
    assert case.agreement.giver_post == "Plt. Wali Kota Bandung"
    decree = json.loads(said(case, "lampiran-keputusan"))
    assert decree["judul"] == "Keputusan Wali Kota Bandung"  # the post decides, whoever holds it
    assert decree["penanda"] == {"post": "Plt. Wali Kota Bandung", "name": "Ujang Sastra", "rank": None, "nip": None}
    receipt = json.loads(said(case, "kuitansi"))["kiri"]
    assert receipt == {
        "baris": "Setuju dibayar", "post": f"Plt. {data['offices']['finance']['head_post']}",
        "name": "Dr. Ujang Sastra, M.Si.", "rank": "IV/c", "nip": "197001011995031001",
    }  # fmt: skip
    village = wilayah.find(case.recipient.village_code)
    assert json.loads(said(case, "rekomendasi"))["penanda"][1] == f"Camat {wilayah.name_of(village.parent)}"


def test_who_takes_which(client):
    ani, staff = build.user("ani"), later.LaterStaff()
    later.enact(staff)
    case = later.go(later.approved(ani, staff), staff, ani, State.PERJANJIAN)
    client.force_login(ani)
    mine = f"/usulan-saya/{case.key}/dokumen"
    assert is_pdf_a(client.get(f"{mine}/kuitansi/pdf/"))
    assert client.get(f"{mine}/rekomendasi/pdf/").status_code == 404
    assert client.get(f"{mine}/laporan/pdf/").status_code == 404
    client.force_login(build.user("orang"))
    assert client.get(f"{mine}/nphd/pdf/").status_code == 404
    client.force_login(staff.tu)
    assert client.get(f"/meja/{case.number}/dokumen/kuitansi/pdf/").status_code == 404
    assert is_pdf_a(client.get(f"/meja/{case.number}/dokumen/nphd/pdf/"))


def test_a_letter_tells_every_fault_and_a_second_one_has_its_own_number(client):
    ani, staff = build.user("ani"), later.LaterStaff()
    with time_machine.travel(build.OPEN_DAY, tick=False):
        case = build.send(build.draft(build.organisation(ani), ani), ani)
        items = [("DOMISILI", "Buram."), ("AKTA", "Halaman hilang.")]
        case = flow.perform(case, Action.KEMBALIKAN, staff.tu, data={"items": items})
        client.force_login(ani)
        assert is_pdf_a(client.get(f"/usulan-saya/{case.key}/dokumen/surat/pdf/"))
        text = said(case, "surat")
        for part in ("Surat keterangan domisili: Buram.", "Akta notaris: Halaman hilang.", "900/1/BPKAD/2026"):
            assert part in text
        for code in ("DOMISILI", "AKTA"):
            drafts.attach(case.documents.get(code=code), build.pdf(f"{code} baru"), ani)
        case = flow.perform(case, Action.KIRIM_PERBAIKAN, ani)
        case = flow.perform(case, Action.KEMBALIKAN, staff.tu, data={"items": items[:1]})
        again = said(case, "surat")
    assert "900/2/BPKAD/2026" in again
    assert "Halaman hilang" not in again
    assert Proposal.objects.get(pk=case.pk).issued_papers.count() == 2


def test_a_province_where_the_head_of_the_office_signs(region_data):
    from helpers import bandung

    rules = bandung()
    rules["after_approval"] |= {"decree_signer": "OPD", "agreement_signer": "OPD"}
    region_data(grants=rules)
    ani, staff = build.user("ani"), later.LaterStaff()
    later.enact(staff)
    case = later.go(later.approved(ani, staff), staff, ani, State.DITETAPKAN)
    person, action, data = staff.later(case, ani)
    case = flow.perform(case, action, person, data=data)
    assert [row.code for row in flow.available(case, staff.head)] == ["T19"]
    signed = {"giver_name": "Siti", "signed_on": later.PAID_DAY}
    with pytest.raises(NotAllowed):  # an evaluator of the office is not its head
        flow.perform(case, Action.TANDATANGANI, staff.keeper, data=signed)
    case = flow.perform(case, Action.TANDATANGANI, staff.chief, data=signed)
    signers_of = {code: signing.role_of(case, code) for code in signing.SUBJECT}
    assert set(signers_of.values()) == {Role.KEPALA_OPD}
    assert case.agreement.giver_post == "Kepala Dinas Pendidikan"
    assert "Kepala Dinas Pendidikan" in said(case, "lampiran-keputusan")
