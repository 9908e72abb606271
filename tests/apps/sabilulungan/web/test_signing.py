"""Signature states: ink with a scan, the trial key with its mark, BSrE that refuses; who signs what, and once."""

import copy
from types import SimpleNamespace

import bsre
import later
import pytest
import time_machine
from django.conf import settings
from django.db import IntegrityError, transaction

import build
from core import audit, dates, files, signers
from core.errors import NotAllowed, Refused
from sabilulungan.domain import flow, letters, signing
from sabilulungan.domain.letters import seats
from sabilulungan.domain.queries import unsigned
from sabilulungan.enums import Action, Phase, Role, State
from sabilulungan.models import Proposal, SignedPaper

PASSWORD = "rahasia-sekali-1"
TRIAL = signers.TrialSigner()
DAY = later.at(2027, 3, 20)


@pytest.fixture(scope="module")
def _made(rows_of_file):
    with time_machine.travel(DAY, tick=False):
        ani, staff = build.user("ani"), later.LaterStaff()
        later.enact(staff)
        agreed = later.go(later.approved(ani, staff), staff, ani, State.PERJANJIAN)
        budgeted = later.go(later.approved(ani, staff, recipient=_second(ani)), staff, ani, State.DIANGGARKAN)
        with time_machine.travel(build.OPEN_DAY, tick=False):
            third = build.send(build.draft(build.organisation(ani), ani), ani)
            evaluated = build.walk(third, staff, State.VERIFIKASI_TP)
        return SimpleNamespace(ani=ani, staff=staff, agreed=agreed, budgeted=budgeted, evaluated=evaluated)


def _second(ani):
    with time_machine.travel(build.OPEN_DAY, tick=False):
        return build.organisation(ani)


@pytest.fixture
def world(_made, db):
    with time_machine.travel(DAY, tick=False):
        made = copy.deepcopy(_made)
        for person in (made.staff.head, made.staff.chief):
            person.set_password(PASSWORD)
            person.save(update_fields=["password"])
        yield made


def paper(code):
    return next(paper for paper in letters.PAPERS if paper.code == code)


def given():
    """The signatures after approval; without those under its recommendation no case comes so far."""
    return SignedPaper.objects.exclude(code__in=seats.ORDER)


def test_the_trial_key_marks_the_document_and_says_who_signed(world, monkeypatch):
    drawn = []
    monkeypatch.setattr(signing.documents, "render", lambda name, said, at: drawn.append((name, said)) or b"%PDF-1.7")
    made = signing.sign(world.agreed, paper("nphd"), world.staff.head, TRIAL, PASSWORD)
    ((name, said),) = drawn
    assert (name, said["tera"]) == ("nphd", "CONTOH – UJI COBA")
    assert said["kaki"].startswith("Ditandatangani secara elektronik oleh Walikota, Wali Kota Bandung, 20 Maret 2027")
    assert "belum berkekuatan hukum" in said["kaki"]
    assert signing.is_intact(made)
    assert (made.signer_name, made.signer_post, made.by) == ("Walikota", "Wali Kota Bandung", world.staff.head)
    last = audit.history(world.agreed).last()
    assert (last.action, last.actor, last.role) == ("tanda_tangani_dokumen", world.staff.head, "KDH")
    assert last.data["sha256"] == made.sha256
    signing.sign(world.agreed, paper("lampiran-keputusan"), world.staff.head, TRIAL, PASSWORD)
    assert drawn[1][1]["penanda"]["name"] == "Walikota"


def test_the_signed_file_is_what_everybody_takes_from_then_on(world, client):
    client.force_login(world.staff.head)
    address = f"/meja/{world.agreed.number}/dokumen/nphd/tanda-tangan/"
    page = client.get(address).content.decode()
    assert "Kata sandi akun Anda" in page
    assert client.post(address, {"passphrase": "salah"}).status_code == 422
    assert given().count() == 0
    assert client.post(address, {"passphrase": PASSWORD}).status_code == 302
    made = given().get()
    signed = files.read(files.current(made, signing.FILE)[0])
    assert signed.startswith(b"%PDF-1.7")
    for person, place in (
        (world.ani, f"/usulan-saya/{world.agreed.key}/dokumen/nphd/pdf/"),
        (world.staff.finance, f"/meja/{world.agreed.number}/dokumen/nphd/pdf/"),
    ):
        client.force_login(person)
        assert b"".join(client.get(place).streaming_content) == signed
    client.force_login(world.staff.head)
    page = client.get(address).content.decode()
    assert made.sha256 in page
    assert "Tanda tangan uji coba" in client.get(f"/meja/{world.agreed.number}/").content.decode()
    again = client.post(address, {"passphrase": PASSWORD})
    assert "sudah ditandatangani secara elektronik" in again.content.decode()
    assert given().count() == 1
    kept = [name for name, _ in signing.files_of(world.agreed)]
    assert kept == ["rekomendasi-tertanda", "nphd-tertanda", *(f"{code}-tertanda" for code in seats.BESIDE)]


def test_ink_is_filed_by_finance_with_the_name_of_who_signed_and_may_be_replaced(world, client, monkeypatch):
    monkeypatch.setattr(settings, "DEMO_MODE", False)
    client.force_login(world.staff.finance)
    address = f"/meja/{world.agreed.number}/dokumen/lampiran-keputusan/tanda-tangan/"
    assert "Kata sandi akun Anda" not in client.get(address).content.decode()
    refused = client.post(address, {"pindaian": "ya", "scan": build.pdf("satu"), "name": ""})
    assert refused.status_code == 422
    wrong = build.pdf()
    wrong.seek(0)
    wrong.write(b"GIF89a..")
    refused = client.post(address, {"pindaian": "ya", "scan": wrong, "name": "Hj. Siti Rohmah"})
    assert "bukan PDF" in refused.content.decode()
    assert "Hj. Siti Rohmah" in refused.content.decode()
    for words in ("satu", "dua"):
        sent = {"pindaian": "ya", "scan": build.pdf(words), "name": "Hj. Siti Rohmah"}
        assert client.post(address, sent).status_code == 302
    kept = given()
    assert [(one.signer_name, one.signature, one.by) for one in kept] == [
        ("Hj. Siti Rohmah", "BASAH", world.staff.finance)
    ] * 2
    assert signing.signature_of(world.agreed, "lampiran-keputusan") == kept[1]
    assert files.read(signing.stored(world.agreed, paper("lampiran-keputusan"))).endswith(b"dua")


def test_who_signs_which_and_nobody_in_his_own_matter(world):
    case, staff = world.agreed, world.staff
    signers_of = {
        code: sorted(
            person.username
            for person in (staff.head, staff.finance, staff.office, staff.chief, staff.budget, staff.auditor, world.ani)
            if signing.may_sign(person, case, code)
        )
        for code in (*signing.SUBJECT, "kuitansi")
    }
    assert signers_of == {
        "rekomendasi": ["kadis"], "lampiran-keputusan": ["walikota"], "nphd": ["walikota"], "pakta": ["walikota"],
        "kuitansi": [],
    }  # fmt: skip
    assert signing.may_file_scan(staff.finance, case, "nphd")
    filers = [person for person in (staff.finance, staff.office, staff.budget)
              if signing.may_file_scan(person, case, "rekomendasi")]  # fmt: skip
    assert filers == [staff.office]
    with pytest.raises(NotAllowed):  # an evaluator files the scan, but never signs as the head of the office
        signing.sign(case, paper("rekomendasi"), staff.office, TRIAL, PASSWORD)
    other = build.user("kepala-lain", (Role.KEPALA_OPD, "dinkes"))
    assert not signing.may_file_scan(other, case, "rekomendasi")
    with pytest.raises(NotAllowed):
        signing.sign(case, paper("nphd"), staff.office, TRIAL, PASSWORD)
    case.recipient.interests.create(user=staff.head, relation="Adik ipar ketua")
    assert not signing.may_sign(staff.head, case, "nphd")


@pytest.mark.parametrize(
    ("mood", "passphrase", "why"),
    [
        ("", "salah", "Passphrase sertifikat elektronik Anda salah"),
        ("expired", bsre.PASSPHRASE, "habis masa berlakunya"),
        ("down", bsre.PASSPHRASE, "sedang terganggu"),
    ],
)
def test_what_bsre_refuses_leaves_nothing_behind(world, service, mood, passphrase, why):
    service.mood = mood
    world.staff.head.nik = build.nik()
    way = signers.BsreSigner(service.address, *bsre.LOGIN)
    before = audit.history(world.evaluated).count()
    with pytest.raises(Refused, match=why):
        signing.sign(world.agreed, paper("nphd"), world.staff.head, way, passphrase)
    assert (given().count(), audit.history(world.evaluated).count()) == (0, before)


@pytest.fixture(scope="module")
def service():
    double = bsre.Bsre()
    yield double
    double.close()


def test_bsre_s_file_is_kept_without_the_trial_mark(world, service):
    service.mood = ""
    world.staff.head.nik = build.nik()
    made = signing.sign(
        world.agreed,
        paper("pakta"),
        world.staff.head,
        signers.BsreSigner(service.address, *bsre.LOGIN),
        bsre.PASSPHRASE,
    )
    assert (made.signature, made.signature_value) == ("BSRE", "")
    assert files.read(files.current(made, signing.FILE)[0]).endswith(bsre.MARK)


class _Changes(signers.TrialSigner):
    """A slow provider during whose answer the document changes."""

    def __init__(self, case):
        self.case = case

    def sign(self, drawn, by, passphrase):
        Proposal.objects.filter(pk=self.case.pk).update(title="Judul lain")
        return super().sign(drawn, by, passphrase)


def test_a_document_that_changed_while_the_provider_signed_is_not_kept(world):
    with pytest.raises(Refused, match="baru saja berubah"):
        signing.sign(world.agreed, paper("nphd"), world.staff.head, _Changes(world.agreed), PASSWORD)
    assert given().count() == 0


def test_a_signed_decree_takes_no_further_recipient(world):
    case, staff = world.budgeted, world.staff
    person, action, data = staff.later(case, world.ani)
    assert action == Action.TETAPKAN
    signing.sign(world.agreed, paper("lampiran-keputusan"), staff.head, TRIAL, PASSWORD)
    with pytest.raises(Refused) as refused:
        flow.perform(case, action, person, data=data)
    assert [(fault.field, fault.sentence) for fault in refused.value.faults] == [
        ("decree_number", "Lampiran keputusan ini sudah ditandatangani, jadi penerimanya tidak dapat ditambah.")
    ]
    flow.perform(case, action, person, data={**data, "decree_number": "900/Kep.13/2027", "scan": build.pdf("sk2")})


def test_a_new_round_of_the_evaluation_needs_a_new_signature(world):
    case, staff = world.evaluated, world.staff
    first = signing.sign(case, paper("rekomendasi"), staff.chief, TRIAL, PASSWORD)
    assert signing.signature_of(case, "rekomendasi") == first
    evaluation = case.evaluations.get()
    case.evaluations.create(
        visited_on=evaluation.visited_on, met_with="Lurah", visit_result="Ada.", recommended=True,
        reason="Dinilai lagi.", amount=evaluation.amount, by=staff.office, at=dates.now(),
    )  # fmt: skip
    assert signing.signature_of(case, "rekomendasi") is None
    assert [row.code for row in unsigned.waiting(staff.chief)] == ["rekomendasi"]


def test_what_waits_and_signing_many_lines_with_one_passphrase(world, client):
    staff = world.staff
    agreed, evaluated = world.agreed.number, world.evaluated.number
    waits = {
        name: {(row.code, row.number) for row in unsigned.waiting(getattr(staff, name))}
        for name in ("head", "finance", "office", "chief", "budget", "keeper")
    }
    both = {("lampiran-keputusan", agreed), ("nphd", agreed)}
    recommended = {("rekomendasi", evaluated)}
    assert waits == {"head": both, "finance": both, "office": recommended, "chief": recommended,
                     "budget": set(), "keeper": recommended}  # fmt: skip
    client.force_login(staff.finance)
    assert 'type="checkbox"' not in client.get("/meja/tanda-tangan/").content.decode()
    client.force_login(staff.head)
    page = client.get("/meja/tanda-tangan/").content.decode()
    assert page.count('type="checkbox"') == 2
    for lines, passphrase, told in (
        ([], PASSWORD, "Centang dahulu"),
        ([f"nphd:{agreed}"], "salah", "tidak cocok"),
        ([f"nphd:{agreed}", f"rekomendasi:{evaluated}"], PASSWORD, "orang lain"),
    ):
        answer = client.post("/meja/tanda-tangan/", {"dokumen": lines, "passphrase": passphrase})
        assert answer.status_code == 422
        assert told in answer.content.decode()
    assert [(one.code, one.proposal_id) for one in given()] == [("nphd", world.agreed.pk)]
    lines = [f"lampiran-keputusan:{agreed}"]
    assert client.post("/meja/tanda-tangan/", {"dokumen": lines, "passphrase": PASSWORD}).status_code == 302
    assert unsigned.waiting(staff.head) == []


def test_the_database_refuses_what_no_signature_is(world):
    made = signing.sign(world.agreed, paper("nphd"), world.staff.head, TRIAL, PASSWORD)
    for change in (
        {"code": "rekomendasi"}, {"signature_value": ""}, {"signature": "BASAH"}, {"signer_name": ""},
        {"decree_id": world.agreed.decree_line.decree_id},
    ):  # fmt: skip
        with pytest.raises(IntegrityError), transaction.atomic():
            SignedPaper.objects.filter(pk=made.pk).update(**change)
    made.pk = None
    with pytest.raises(IntegrityError), transaction.atomic():
        made.save(force_insert=True)


def test_an_officer_of_finance_and_of_another_office_is_offered_only_what_opens_to_him(world, client):
    both = build.user("keuangan-kesehatan", Role.KEU, (Role.OPD, "dinkes"))
    assert {row.code for row in unsigned.waiting(both)} == {"lampiran-keputusan", "nphd"}
    client.force_login(both)
    for row in unsigned.waiting(both):
        assert client.get(f"/meja/{row.number}/dokumen/{row.code}/tanda-tangan/").status_code == 200


def test_nothing_is_paid_before_the_agreement_is_signed(world, client):
    case, staff, told = world.agreed, world.staff, "Perjanjian belum bertanda tangan di sini"
    later.papers(case, Phase.PENCAIRAN, world.ani)
    asked = {"account": case.recipient.accounts.last().pk, "use_plan": "Sewa komputer."}
    case = flow.perform(case, Action.MINTA_CAIR, world.ani, version=case.version, data=asked)
    client.force_login(staff.finance)
    address = f"/meja/{case.number}/"
    assert told in client.get(address).content.decode()
    signing.sign(case, paper("pakta"), staff.head, TRIAL, PASSWORD)  # of hibah the pact alone is not enough
    with pytest.raises(Refused) as refused:
        flow.perform(case, Action.BAYAR, staff.finance, data=later.payment(case.amount_agreed))
    assert [(fault.field, fault.sentence) for fault in refused.value.faults] == [
        ("flags", "NPHD belum bertanda tangan di sini. Tanda tangani atau unggah pindaiannya dahulu.")
    ]
    assert Proposal.objects.get(pk=case.pk).amount_paid is None
    signing.sign(case, paper("nphd"), staff.head, TRIAL, PASSWORD)
    assert told not in client.get(address).content.decode()
    paid = flow.perform(case, Action.BAYAR, staff.finance, data=later.payment(case.amount_agreed))
    assert (paid.state, paid.amount_paid) == (State.PELAKSANAAN, case.amount_agreed)
