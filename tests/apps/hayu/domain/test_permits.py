"""Certificates, signatures, issued permits (state machine C), charges, tracking, the clock's daily work."""

import base64
import datetime as dt
import hashlib

import pytest
import time_machine
from django.test import Client
from office import PASSPHRASE, pdf

from build import NIK, person
from core import audit, dates, files, tasks
from core.calendar import calendar
from core.errors import AlreadyDone, NotAllowed, Refused, Stale
from core.models import Notification, User
from hayu.domain import catalogue, survey, throttle
from hayu.domain.permits import applications, certificates, charges, clock, signers, signing, tracking
from hayu.domain.permits.issued import GROUNDS
from hayu.domain.permits.issued import TABLE as PERMIT_TABLE
from hayu.domain.permits.issued import machine as permits
from hayu.domain.queries import applications as queries
from hayu.enums import AppAction as Act
from hayu.enums import AppKind, BillState, Element, PermitState, Signature
from hayu.enums import AppState as S
from hayu.enums import PermitAction as PAct
from hayu.models import Application, Bill, Permit, SigningBatch

NOTE = "Reklame dipasang di luar titik yang tertulis."
FORMULA = {"formula": "luas * hari * tarif", "constants": {"tarif": "5000"}, "basis": "Perda contoh 1/2024"}


def on(day: dt.date):
    return time_machine.travel(dates.at(day, dt.time(10)), tick=False)


def later(days: int) -> dt.date:
    return calendar().add(dates.today(), days)


def events(user: User) -> list[str]:
    return list(Notification.objects.filter(user=user).order_by("pk").values_list("event", flat=True))


@pytest.fixture
def permit(office) -> Permit:
    return Permit.objects.get(application=office.application(S.TERBIT, "REKLAME-T"))


def test_certificate_is_pdf_a_with_the_same_hash_as_on_record(office):
    application = office.application(S.TERBIT)
    stored = certificates.stored(application.permit)
    content = files.read(stored)
    assert content.startswith(b"%PDF-")
    assert hashlib.sha256(content).hexdigest() == application.permit.sha256
    assert b"pdfaid" in content
    assert signers.is_genuine(content, application.permit.signature_value)
    assert not signers.is_genuine(content + b" ", application.permit.signature_value)
    assert not signers.is_genuine(content, base64.b64encode(b"x" * 64).decode())


def test_a_walk_in_leaves_with_a_receipt(office, monkeypatch):
    """What came in, until when, and how to track it; the NIK masked, the telephone not printed."""
    application = office.sent("SKP", user=office.desk)
    assert certificates.receipt(application).startswith(b"%PDF-")
    monkeypatch.setattr(certificates.documents, "render", lambda name, said, at: (name, said, at))
    name, said, at = certificates.receipt(application)
    assert (name, at, said["resi"]) == ("tanda_terima", application.sent_at, application.receipt)
    assert said["alamat_lacak"].endswith(f"/lacak/?resi={application.receipt}")
    assert len(said["berkas"]) == 4
    assert NIK not in str(said)
    assert application.phone[-4:] not in str(said | {"qr": ""})


def test_what_the_paper_says(office):
    application = office.application(S.MENUNGGU_TTE)
    said = certificates.content(application, dates.today(), Signature.UJI_COBA, "Kartini Rahayu")
    assert (said["tera"], said["pemegang"], said["nomor"]) == ("UJI COBA", "Ani Suryani", application.permit_number)
    assert NIK not in str(said)
    assert application.permit_code in said["alamat_periksa"].replace("-", "")
    assert certificates.content(application, dates.today(), Signature.BSRE)["tera"] == ""


def test_signing_needs_the_passphrase_and_the_version_shown(office):
    application = office.application(S.MENUNGGU_TTE)
    with pytest.raises(Refused, match="tidak cocok"):
        signing.queue([(application.pk, application.version)], office.signer, "salah")
    with pytest.raises(NotAllowed):
        signing.queue([(application.pk, application.version)], office.division, PASSPHRASE)
    batch = signing.queue([(application.pk, application.version - 1)], office.signer, PASSPHRASE)
    assert (batch.done, len(batch.refused), Permit.objects.count()) == (1, 1, 0)
    with pytest.raises(Refused, match="sedikitnya"):
        signing.queue([], office.signer, PASSPHRASE)


def test_a_long_batch_is_a_job_that_can_be_taken_up_again(office):
    """Five lines wait for the minute's run; a run that died before it noted a line signs nothing twice."""
    rows = [office.application(S.MENUNGGU_TTE) for _ in range(5)]
    batch = signing.queue([(row.pk, row.version) for row in rows], office.signer, PASSPHRASE)
    assert (batch.done, batch.finished_at) == (0, None)
    office.act(rows[0], Act.TANDA_TANGANI, office.signer, signer=signers.TrialSigner())  # as if the run had died here
    assert "izin_tanda_tangan" in {job.name for job in tasks.due()}
    assert tasks.run("izin_tanda_tangan") == "5 lines"
    batch.refresh_from_db()
    assert (batch.done, batch.refused, batch.finished_at is not None) == (5, [], True)
    assert Permit.objects.count() == 5
    assert signing.run_waiting() == 0


def test_numbers_of_permits_follow_each_other(office):
    numbers = [office.application(S.TERBIT).permit.number for _ in range(2)]
    assert [number.split("/")[2] for number in numbers] == ["0001", "0002"]


def test_wet_signature_keeps_the_scan(office):
    application = office.application(S.MENUNGGU_TTE)
    with pytest.raises(Refused, match="pindaian"):
        signing.sign_one(application, office.signer, signers.WetSigner(None), PASSPHRASE)
    scan = pdf(b"pindaian")
    signed = signing.sign_one(application, office.signer, signers.WetSigner(scan), PASSPHRASE)
    permit = signed.permit
    assert (permit.signature, permit.sha256) == (Signature.BASAH, hashlib.sha256(scan.getvalue()).hexdigest())


def test_where_the_profile_names_no_bsre_permits_carry_the_trial_mark():
    assert signers.electronic().kind == Signature.UJI_COBA


def test_a_permit_that_starts_later_waits(office):
    application = office.application(S.TERBIT, "EVENT")
    permit = application.permit
    assert permit.state == PermitState.TERBIT
    with on(permit.starts_on):
        assert clock.permits_daily(dates.today()) == (1, 1, 0)
    with on(permit.ends_on + dt.timedelta(days=1)):
        assert clock.permits_daily(dates.today())[2] == 1
    permit.refresh_from_db()
    assert (permit.state, permit.ended_on) == (PermitState.BERAKHIR, permit.ends_on + dt.timedelta(days=1))


def test_notices_before_the_end_once_each(office, permit):
    sent = []
    for before in (61, 60, 59, 30, 29, 7, 6):
        with on(permit.ends_on - dt.timedelta(days=before)):
            sent.append(clock.permits_daily(dates.today())[1])
    assert sent == [0, 1, 0, 1, 0, 1, 0]
    assert events(office.owner).count("izin.akan_berakhir") == 3


@pytest.mark.parametrize(("before", "open_now"), [(61, False), (60, True), (0, True), (-30, True), (-31, False)])
def test_when_a_renewal_is_open(office, permit, before, open_now):
    day = permit.ends_on - dt.timedelta(days=before)
    assert (signing.renewal_of(permit, AppKind.PERPANJANG, day) == "") == open_now


def test_a_billboard_is_renewed(office, permit):
    """Filled in from the old one with its documents; the old permit is replaced when the new one is signed."""
    with on(calendar().add(permit.ends_on - dt.timedelta(days=20), 0)):  # a working day: somebody visits the place
        draft = applications.succeed(permit, AppKind.PERPANJANG, office.owner)
        assert applications.succeed(permit, AppKind.PERPANJANG, office.owner) == draft
        assert (draft.kind, draft.origin, draft.answers["luas"]) == (AppKind.PERPANJANG, permit, 4)
        sent = office.act(draft, Act.KIRIM, office.owner, statement=True)
        for action, actor, note, data in office.way(S.TERBIT, sent):
            sent = office.act(sent, action, actor, note, **data)
    permit.refresh_from_db()
    assert (permit.state, permit.replaced_by) == (PermitState.DIGANTI, sent.permit)
    assert Permit.objects.get(application=sent).state == PermitState.BERLAKU


def test_a_change_keeps_one_successor(office, permit):
    with pytest.raises(NotAllowed):
        applications.succeed(permit, AppKind.UBAH, office.stranger)
    assert applications.succeed(permit, AppKind.UBAH, office.owner).kind == AppKind.UBAH


def test_three_warnings_then_revocation(office, permit):
    with pytest.raises(Refused, match="Baru ada 0"):
        permits.perform(permit.pk, PAct.CABUT, office.signer, note=NOTE, data={"ground": "TIGA_PERINGATAN"})
    day = dates.today()
    for count in range(1, 4):
        with on(day):
            assert permits.perform(permit.pk, PAct.PERINGATAN, office.inspector, note=NOTE).warnings == count
            with pytest.raises(Refused):
                permits.perform(permit.pk, PAct.PERINGATAN, office.inspector, note=NOTE)
        day = calendar().add(day, 8)
    revoked = permits.perform(permit.pk, PAct.CABUT, office.signer, note=NOTE, data={"ground": "TIGA_PERINGATAN"})
    assert (revoked.state, revoked.ended_on) == (PermitState.DICABUT, dates.today())
    assert events(office.owner)[-4:] == ["izin.peringatan"] * 3 + ["izin.dicabut"]


def test_suspension_needs_warnings_or_danger(office, permit):
    with pytest.raises(Refused, match="bahaya"):
        permits.perform(permit.pk, PAct.BEKUKAN, office.signer, note=NOTE)
    frozen = permits.perform(permit.pk, PAct.BEKUKAN, office.signer, note=NOTE, data={"bahaya": True})
    assert (frozen.state, frozen.suspended_until) == (PermitState.DIBEKUKAN, dates.today() + dt.timedelta(days=90))
    with pytest.raises(Refused, match="memeriksa ulang"):
        permits.perform(permit.pk, PAct.PULIHKAN, office.signer, note="Sudah dibetulkan.")


@pytest.mark.parametrize("ground", [code for code, _ in GROUNDS if code != "TIGA_PERINGATAN"])
def test_other_grounds_revoke_at_once(office, permit, ground):
    revoked = permits.perform(permit.pk, PAct.CABUT, office.signer, note=NOTE, data={"ground": ground})
    assert revoked.state == PermitState.DICABUT


def test_who_warned_does_not_revoke(office, permit):
    office.inspector.assignments.create(role="PENANDATANGAN", valid_from=dt.date(2020, 1, 1))
    office.inspector.forget_roles()
    permits.perform(permit.pk, PAct.PERINGATAN, office.inspector, note=NOTE)
    with pytest.raises(NotAllowed, match="tahap lain"):
        permits.perform(permit.pk, PAct.CABUT, office.inspector, note=NOTE, data={"ground": "PUTUSAN"})


def test_final_permits_are_final():
    final = {PermitState.DICABUT, PermitState.BERAKHIR, PermitState.DIGANTI}
    assert {source for row in PERMIT_TABLE for source in row.source} & final == set()


@pytest.fixture
def charged(office) -> Application:
    """An application for the use of a park, 4 m² for 4 days at Rp 5.000: Rp 80.000, ready to be billed."""
    definition = catalogue.definitions()["RUANG"] | {"charge": FORMULA}
    catalogue.save(definition, office.admin, reason="Perda contoh 1/2024")
    return office.application(S.PENETAPAN, "RUANG")


def test_charge_is_billed_with_its_inputs_and_paid_once(office, charged):
    with pytest.raises(Refused, match="Tetapkan biaya"):
        office.act(charged, Act.SUSUN, office.section)
    billed = office.act(charged, Act.TETAPKAN_BIAYA, office.assessor)
    bill = Bill.objects.get()
    assert (bill.amount, bill.formula, bill.basis) == (80_000, FORMULA["formula"], FORMULA["basis"])
    assert bill.inputs == {"hari": "4", "luas": "4", "tarif": "5000", "versi_jenis": 1}
    assert (billed.state, billed.deadline, billed.is_running) == (S.MENUNGGU_PEMBAYARAN, bill.due_on, False)
    with pytest.raises(Refused, match="tidak sama"):
        office.act(billed, Act.BAYAR, office.cashier, amount=79_999, reference="A1")
    paid = office.act(billed, Act.BAYAR, office.cashier, amount=80_000, reference="A1")
    assert (paid.state, paid.is_running, charges.is_settled(paid)) == (S.PENETAPAN, True, True)
    with pytest.raises(Refused, match="sudah dibayar"):
        office.act(paid, Act.TETAPKAN_BIAYA, office.assessor)
    assert charges.paid_in(dates.today(), dates.today()) == 80_000
    assert office.act(paid, Act.SUSUN, office.section).drafter == office.section


def test_who_bills_and_who_drafts_sees_only_what_is_theirs(office, charged):
    """A free permit waits for the section head, a charged one for the bill first; nothing stays when it is done."""
    free = office.application(S.PENETAPAN)
    assert list(queries.queue(office.assessor)) == [charged]
    assert list(queries.queue(office.section)) == [free]
    office.act(charged, Act.TETAPKAN_BIAYA, office.assessor)
    assert list(queries.queue(office.assessor)) == []
    assert list(queries.queue(office.cashier)) == [charged]
    office.act(charged, Act.BAYAR, office.cashier, amount=80_000, reference="A1")
    assert list(queries.queue(office.cashier)) == []
    assert set(queries.queue(office.section)) == {charged, free}
    office.act(free, Act.SUSUN, office.section)
    assert list(queries.queue(office.division)) == [free]


def test_zero_skips_the_step(office):
    application = office.application(S.PENETAPAN)
    with pytest.raises(Refused, match="tidak dipungut"):
        office.act(application, Act.TETAPKAN_BIAYA, office.assessor)


def test_the_bank_says_it_twice(office, charged):
    office.act(charged, Act.TETAPKAN_BIAYA, office.assessor)
    code = Bill.objects.get().payment_code
    signature = charges.callback_signature(code, 80_000, "BJB-77")
    assert charges.confirm(code, 80_000, "BJB-77", signature)[1] is True
    assert charges.confirm(code, 80_000, "BJB-77", signature)[1] is False
    assert Bill.objects.get().state == BillState.LUNAS
    assert [row.action for row in audit.history(charged)].count("bayar") == 1
    with pytest.raises(Refused, match="tidak cocok"):
        charges.confirm(code, 80_000, "BJB-78", signature)
    with pytest.raises(Stale):
        charges.confirm(code, 80_000, "BJB-79", charges.callback_signature(code, 80_000, "BJB-79"))
    with pytest.raises(Refused, match="tidak dikenal"):
        charges.confirm("1", 1, "X", charges.callback_signature("1", 1, "X"))


def test_one_reference_pays_one_bill(office, charged):
    office.act(charged, Act.TETAPKAN_BIAYA, office.assessor)
    office.act(charged, Act.BAYAR, office.cashier, amount=80_000, reference="SAMA")
    second = office.application(S.PENETAPAN, "RUANG")
    office.act(second, Act.TETAPKAN_BIAYA, office.assessor)
    with pytest.raises(Refused, match="sudah dipakai"):
        office.act(second, Act.BAYAR, office.cashier, amount=80_000, reference="SAMA")


def test_an_unpaid_bill_lapses_after_thirty_days(office, charged):
    office.act(charged, Act.TETAPKAN_BIAYA, office.assessor)
    with on(dates.today() + dt.timedelta(days=31)):
        assert clock.lapse(dates.today()) == 1
    charged.refresh_from_db()
    assert (charged.state, Bill.objects.get().state) == (S.KEDALUWARSA, BillState.HANGUS)


def test_tracking_needs_both_and_says_no_more(office):
    application = office.application(S.PERLU_PERBAIKAN)
    found = tracking.track(application.receipt.lower(), "7890", "10.0.0.1")
    assert found.application == application
    assert [step.action for step in found.steps] == ["kirim", "ambil", "kembalikan"]
    wrong = tracking.track(application.receipt, "0000", "10.0.0.1")
    unknown = tracking.track("3273-SKP-2026-999999", "7890", "10.0.0.1")
    assert (wrong.application, wrong.sentence) == (None, unknown.sentence)


def test_guessing_is_slowed_down(office):
    for _ in range(30):
        tracking.track("X", "0000", "10.0.0.2")
    assert throttle.is_blocked("lacak", "10.0.0.2")
    assert not throttle.is_blocked("lacak", "10.0.0.3")
    assert "satu jam" in tracking.track("X", "0000", "10.0.0.2").sentence


def test_escalation_by_level_and_deemed_approval_that_signs_nothing(office):
    """Two days promised: at 100 % the heads hear of it, late the Head each day; a label, never a signature."""
    application = office.sent("REKLAME-I")
    application = office.act(application, Act.AMBIL, office.checker)
    told = []
    for days in range(1, 5):
        with on(later(days)):
            clock.recompute(dates.today())
            told.append(clock.escalate(dates.today()))
            assert clock.escalate(dates.today()) == (0, 0)
    assert told == [(0, 0), (1, 0), (1, 1), (1, 0)]
    application.refresh_from_db()
    assert (application.state, application.deemed_at is not None, application.used_days) == (
        S.VERIFIKASI_BERKAS, True, 4,
    )  # fmt: skip
    assert events(office.division) == ["izin.eskalasi"]
    assert events(office.signer) == ["izin.eskalasi"] * 2 + ["izin.dianggap_kabul", "izin.eskalasi"]
    assert "izin.dianggap_kabul" in events(office.owner)
    assert Permit.objects.count() == 0


def test_where_silence_is_no_grant_the_applicant_hears_of_the_delay(office):
    """Once, also when the clock was not read on the first day late."""
    application = office.sent()
    for days in (8, 9):
        with on(later(days)):
            assert clock.escalate(dates.today()) == (1, 0)
    application.refresh_from_db()
    assert application.deemed_at is None
    assert events(office.owner) == ["izin.diterima", "izin.terlambat"]


def test_deemed_ones_come_first_in_the_signing_list(office):
    first, second = office.application(S.MENUNGGU_TTE), office.application(S.MENUNGGU_TTE, "REKLAME-I")
    Application.objects.filter(pk=second.pk).update(deemed_at=dates.now(), due_on=later(9))
    client = Client()
    client.force_login(office.signer)
    page = client.get("/tanda-tangan/").content.decode()
    assert page.count("tanda tangani paling lambat") == 1
    assert dates.short_date(calendar().add(dates.today(), 2)) in page
    assert list(signing.waiting()) == [second, first]


def test_survey_once_after_the_end_and_published_from_ten(office):
    application = office.application(S.VERIFIKASI_BERKAS)
    values = dict.fromkeys(Element.values, 4)
    with pytest.raises(Refused, match="setelah permohonan selesai"):
        survey.answer(application, values)
    done = office.application(S.DIBATALKAN)
    with pytest.raises(Refused, match="Jawab semua"):
        survey.answer(done, values | {"u3": 5})
    survey.answer(done, values, "Cepat.")
    with pytest.raises(Refused, match="sudah diisi"):
        survey.answer(done, values)
    assert survey.index(dates.today(), dates.today()) is None
    for _ in range(9):
        survey.answer(office.application(S.DIBATALKAN), values | {"u3": 2})
    found = survey.index(dates.today(), dates.today())
    assert (found.respondents, found.lowest) == (10, Element.U3)


def test_catalogue_versions_hold_for_applications_begun_from_then_on(office):
    """A new type and a changed one, by the administrator alone; what runs keeps its version."""
    running = office.sent()
    definition = catalogue.definitions()["SIP-NAKES"] | {"days": 3}
    row = catalogue.save(definition, office.admin, reason="SK Kepala Dinas 1/2026", seen=1)
    assert row.number == 2
    assert (running.type.days, office.sent().sla_days) == (5, 3)
    with pytest.raises(Refused, match="baru saja diubah"):
        catalogue.save(definition, office.admin, reason="Lagi", seen=1)
    new = definition | {"code": "TAMBAT", "name": "Izin tambat perahu"}
    catalogue.save(new, office.admin, reason="Perda contoh", seen=0)
    assert office.sent("TAMBAT").receipt.startswith("3273-TAMBAT-")
    catalogue.save(new | {"active": False}, office.admin, reason="Dicabut", seen=1)
    with pytest.raises(Refused, match="tidak sedang dilayani"):
        applications.begin(office.owner, "TAMBAT")
    assert [version.number for version in catalogue.history("TAMBAT")] == [2, 1]


@pytest.mark.parametrize(
    ("change", "part"),
    [
        ({"code": "kecil"}, "code"), ({"code": "LAPOR"}, "code"), ({"name": ""}, "name"), ({"days": 0.5}, "days"),
        ({"requirements": []}, "requirements"),
        ({"requirements": [{"key": "a", "name": "A", "when": {"key": "nomor_str", "over": 6}}]}, "requirements"),
        ({"field_visit": "kadang"}, "field_visit"),
        ({"questions": [{"key": "A", "label": "x", "kind": "teks"}]}, "questions"),
        ({"questions": [{"key": "a", "label": "x", "kind": "pilihan", "choices": ["satu"]}]}, "questions"),
        ({"object_key": "tak_ada"}, "object_key"), ({"limits": {"end_key": "nomor_str"}}, "limits"),
        ({"number_pattern": "tanpa nomor"}, "number_pattern"), ({"template": "../rahasia"}, "template"),
        ({"template": "tidak_ada"}, "template"), ({"charge": {"formula": "luas *", "basis": "x"}}, "charge"),
        ({"charge": {"formula": "umur * 2", "basis": "x"}}, "charge"), ({"charge": {"formula": "1"}}, "charge"),
    ],
)  # fmt: skip
def test_a_faulty_type_is_refused_by_its_part(office, change, part):
    definition = catalogue.definitions()["SIP-NAKES"] | change
    with pytest.raises(Refused) as refusal:
        catalogue.save(definition, office.admin, reason="Uji")
    assert part in [fault.field for fault in refusal.value.faults]


def test_the_chain_holds_over_all_of_it(office, charged):
    office.act(charged, Act.BATALKAN, office.owner)
    person("lain", nik="3273114508900002")
    assert audit.verify() == []
    assert SigningBatch.objects.count() == 0
    with pytest.raises(AlreadyDone):
        applications_twice(office)


def applications_twice(office) -> None:
    draft = office.draft()
    version = draft.version
    from hayu.domain.permits.machine import machine

    for _ in range(2):
        machine.perform(draft.pk, Act.KIRIM, office.owner, version=version, data={"statement": True})
