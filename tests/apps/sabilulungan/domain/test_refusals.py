"""What is refused, with which sentence, and that nothing changes then."""

import datetime as dt

import pytest
import time_machine

import build
from core import audit, files
from core.errors import AlreadyDone, NotAllowed, Refused, Stale
from core.models import AuditEntry
from sabilulungan.domain import drafts, exceptions, flags, flow, submission
from sabilulungan.enums import Action, Role, State
from sabilulungan.models import Proposal

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(build.OPEN_DAY, tick=False) as moved:
        yield moved


@pytest.fixture
def ani():
    return build.user("ani")


@pytest.fixture
def filed(ani):
    return build.send(build.draft(build.organisation(ani), ani), ani)


def faults(error):
    return {fault.field: fault.sentence for fault in error.value.faults}


def unchanged(proposal):
    fresh = Proposal.objects.get(pk=proposal.pk)
    return (fresh.state, fresh.version) == (proposal.state, proposal.version)


def test_check_01_one_minute_after_the_window(ani, clock):
    proposal = build.draft(build.organisation(ani), ani)
    clock.move_to(dt.datetime(2026, 6, 30, 17, 1, tzinfo=dt.UTC))  # 00.01 WIB on 1 July
    with pytest.raises(Refused) as error:
        build.send(proposal, ani)
    assert error.value.sentence == (
        "Masa pengajuan sedang ditutup. Usulan untuk tahun anggaran 2028 diterima mulai Jumat, 1 Januari 2027 "
        "sampai Rabu, 30 Juni 2027."
    )
    assert unchanged(proposal)
    clock.move_to(dt.datetime(2026, 6, 30, 16, 59, tzinfo=dt.UTC))  # 23.59 WIB on 30 June
    assert build.send(proposal, ani).state == State.DIAJUKAN


def test_check_02_without_a_domicile_letter(ani):
    proposal = build.draft(build.organisation(ani), ani)
    letter = build.document(proposal, "DOMISILI")
    proposal = build.send(proposal, ani)
    staff = build.Staff()
    data = {
        "verdicts": build.verdicts(proposal, "DOMISILI"),
        "register_number": "1",
        "registered_on": dt.date(2026, 3, 10),
    }
    with pytest.raises(Refused) as error:
        flow.perform(proposal, Action.LENGKAP, staff.tu, version=proposal.version, data=data)
    assert faults(error) == {"DOMISILI": "Surat keterangan domisili belum dinyatakan sesuai."}
    assert unchanged(proposal)
    proposal = flow.perform(
        proposal,
        Action.KEMBALIKAN,
        staff.tu,
        version=proposal.version,
        data={"items": [("DOMISILI", "Tidak terbaca.")]},
    )
    assert (proposal.state, proposal.due_on) == (State.PERBAIKAN, dt.date(2026, 3, 24))
    with pytest.raises(Refused) as error:
        flow.perform(proposal, Action.KIRIM_PERBAIKAN, ani, version=proposal.version)
    assert faults(error) == {"berkas:DOMISILI": "Unggah Surat keterangan domisili yang baru: Tidak terbaca."}
    drafts.attach(build.document(proposal, "DOMISILI"), build.pdf("baru"), ani)
    proposal = flow.perform(proposal, Action.KIRIM_PERBAIKAN, ani, version=proposal.version)
    assert (proposal.state, proposal.resume_state) == (State.DIAJUKAN, "")
    second, first = drafts.versions(letter)
    assert (second.version, first.version) == (2, 1)
    assert files.read(first) == build.PDF + f"DOMISILI {proposal.pk}".encode()
    assert files.read(second) == build.PDF + b"baru"


def test_a_file_that_is_missing_is_named_before_sending(ani):
    proposal = build.draft(build.organisation(ani), ani)
    proposal.documents.filter(code="AKTA").delete()
    drafts.sync_documents(proposal)
    with pytest.raises(Refused) as error:
        flow.perform(proposal, Action.AJUKAN, ani, version=proposal.version)
    assert faults(error) == {
        "berkas:AKTA": "Unggah Akta notaris.",
        "kirim:declared": "Setujui pernyataan di bawah lebih dahulu.",
    }


def test_every_missing_part_is_named_at_once(ani):
    recipient = build.organisation(ani)
    proposal = submission.start(recipient, ani, budget_year=2027, kind="HIBAH")
    with pytest.raises(Refused) as error:
        flow.perform(proposal, Action.AJUKAN, ani, data={"declared": True})
    found = faults(error)
    assert {"kegiatan:title", "kegiatan:field", "kegiatan:account", "rincian:lines", "berkas:DOMISILI"} < set(found)


def test_returned_too_late_lapses_by_the_clock(filed, ani, clock):
    staff = build.Staff()
    proposal = flow.perform(filed, Action.KEMBALIKAN, staff.tu, data={"items": [("DOMISILI", "Buram.")]})
    with pytest.raises(Refused):
        flow.perform(proposal, Action.LEWAT_WAKTU, None)
    with pytest.raises(NotAllowed):
        flow.perform(proposal, Action.LEWAT_WAKTU, staff.tu)
    clock.move_to(dt.datetime(2026, 3, 25, 3, tzinfo=dt.UTC))
    drafts.attach(build.document(proposal, "DOMISILI"), build.pdf("telat"), ani)
    with pytest.raises(Refused, match="Batas perbaikan sudah lewat"):
        flow.perform(proposal, Action.KIRIM_PERBAIKAN, ani)
    proposal = flow.perform(proposal, Action.LEWAT_WAKTU, None)
    assert proposal.state == State.KEDALUWARSA
    assert proposal.steps.last().reason == "Perbaikan tidak dikirim sampai Selasa, 24 Maret 2026."


def test_check_03_another_office_has_no_role(filed):
    staff = build.Staff()
    proposal = build.walk(filed, staff, State.EVALUASI)
    other = build.user("kesehatan", (Role.OPD, "dinkes"))
    everywhere = build.user("tanpa-lingkup", Role.OPD)
    for stranger in (other, everywhere):
        assert flow.available(proposal, stranger) == []
        with pytest.raises(NotAllowed):
            flow.perform(proposal, Action.SALAH_BIDANG, stranger, note="Bukan bidang kami.")
    assert unchanged(proposal)


def test_check_04_one_account_number_twice(ani):
    budi = build.user("budi")
    first = build.draft(build.organisation(ani, account_number="1234567890123"), ani)
    second = build.draft(build.organisation(budi, account_number="1234567890123"), budi)
    first, second = build.send(first, ani), build.send(second, budi)
    assert [flag.rule for flag in first.flags.all()] == [flag.rule for flag in second.flags.all()] == ["F02"]
    staff = build.Staff()
    second = build.walk(second, staff, State.EVALUASI)
    _, action, data, note = staff.steps(second)[State.EVALUASI]
    with pytest.raises(Refused) as error:
        flow.perform(second, action, staff.office, data=data, note=note)
    assert faults(error)["flags"] == "Tanda merah F02 harus ditutup dahulu oleh orang kedua dengan alasan tertulis."
    flag = second.flags.get()
    with pytest.raises(Refused, match="Tulis alasan"):
        flags.close(flag.pk, staff.team, " ", Role.TP)
    flags.close(flag.pk, staff.office, "Saya sendiri.", Role.OPD)
    with pytest.raises(Refused) as error:
        flow.perform(second, action, staff.office, data=data, note=note)
    assert faults(error) == {"flags": "Anda menutup tanda berkas ini, jadi penilaiannya dikirim oleh orang lain."}
    colleague = build.user("penilai-dua", (Role.OPD, "disdik"))
    assert flow.perform(second, action, colleague, data=data, note=note).state == State.VERIFIKASI_TP
    with pytest.raises(Refused, match="sudah ditutup"):
        flags.close(flag.pk, staff.team, "Lagi.", Role.TP)


def paid(proposal, year, state=State.SELESAI):
    """Put a case of an earlier year into a paid state, without the walk there."""
    stages = ("budgeted", "decreed", "agreed", "paid", "accounted")[: 5 if state == State.SELESAI else 4]
    amounts = {f"amount_{stage}": 12_000_000 for stage in stages}
    Proposal.objects.filter(pk=proposal.pk).update(state=state, budget_year=year, **amounts)


def test_check_05_paid_in_the_year_before(ani, filed):
    recipient = filed.recipient
    paid(build.walk(filed, build.Staff(), State.DISETUJUI), 2026)
    again = build.draft(recipient, ani)
    with pytest.raises(Refused) as error:
        build.send(again, ani)
    assert faults(error)["kirim:rule"] == (
        "Penerima sudah dibayar pada tahun anggaran 2026, jadi belum boleh menerima lagi untuk 2027. "
        "Ajukan lagi untuk tahun anggaran 2028."
    )
    head = build.user("kepala", Role.KDH)
    exceptions.grant(recipient, budget_year=2027, rule="R10", legal_basis="Perpres 1/2026", user=head)
    with pytest.raises(Refused, match="sudah dicatat"):
        exceptions.grant(recipient, budget_year=2027, rule="R10", legal_basis="Perpres 1/2026", user=head)
    assert build.send(again, ani).state == State.DIAJUKAN


def test_check_06_a_chair_with_an_open_report(ani):
    chair = build.nik()
    old = build.send(build.draft(build.organisation(ani, officers=build.officers(chair, build.nik())), ani), ani)
    paid(build.walk(old, build.Staff(), State.DISETUJUI), 2025, State.PELAKSANAAN)
    budi = build.user("budi")
    other = build.organisation(budi, officers=build.officers(build.nik(), chair))
    with pytest.raises(Refused) as error:
        build.send(build.draft(other, budi), budi)
    assert faults(error)["kirim:rule"].startswith(
        "Bantuan tahun anggaran 2025 milik penerima ini atau salah satu pengurusnya"
    )
    Proposal.objects.filter(pk=old.pk).update(state=State.SELESAI)
    assert build.send(Proposal.objects.get(recipient=other), budi).state == State.DIAJUKAN


def test_check_07_a_rise_needs_a_reason(filed):
    staff = build.Staff()
    proposal = build.walk(filed, staff, State.PERTIMBANGAN)
    with pytest.raises(Refused) as error:
        flow.perform(proposal, Action.TETAPKAN_BESARAN, staff.budget, data={"amount": 12_000_001})
    assert set(faults(error)) == {"rise"}
    with pytest.raises(Refused) as error:
        flow.perform(
            proposal, Action.TETAPKAN_BESARAN, staff.budget, data={"amount": 20_000_001, "rise": "Harga naik."}
        )
    assert set(faults(error)) == {"amount"}
    proposal = flow.perform(
        proposal, Action.TETAPKAN_BESARAN, staff.budget, data={"amount": 15_000_000, "rise": "Harga naik."}
    )
    assert (proposal.amount_tapd, proposal.rise_tapd) == (15_000_000, "Harga naik.")
    assert proposal.steps.last().facts == {"alasan_naik": "Harga naik."}


def test_a_double_click_changes_nothing_twice(filed):
    staff = build.Staff()
    person, action, data, _ = staff.steps(filed)[State.DIAJUKAN]
    flow.perform(filed, action, person, version=filed.version, data=data)
    rows = AuditEntry.objects.count()
    with pytest.raises(AlreadyDone, match="sudah tercatat"):
        flow.perform(filed, action, person, version=filed.version, data=data)
    assert (filed.steps.count(), AuditEntry.objects.count()) == (2, rows)


def test_two_officers_at_once(filed):
    staff = build.Staff()
    colleague = build.user("tono", Role.TU)
    _, action, data, _ = staff.steps(filed)[State.DIAJUKAN]
    flow.perform(filed, action, staff.tu, version=filed.version, data=data)
    with pytest.raises(Stale, match="baru saja diubah oleh Tati"):
        flow.perform(filed, Action.KEMBALIKAN, colleague, version=filed.version, data={"items": [("AKTA", "Buram.")]})
    assert Proposal.objects.get(pk=filed.pk).state == State.DISPOSISI


@pytest.mark.parametrize(
    ("action", "who"),
    [(Action.SETUJUI, "head"), (Action.REKOMENDASIKAN, "office"), (Action.TETAPKAN_BESARAN, "budget")],
)
def test_the_wrong_state_is_refused(filed, action, who):
    with pytest.raises(Refused, match="tidak dapat dilakukan pada tahap sekarang"):
        flow.perform(filed, action, getattr(build.Staff(), who))
    assert unchanged(filed)


def test_the_wrong_role_is_refused(filed, ani):
    staff = build.Staff()
    for person in (ani, staff.head, staff.office, staff.team, staff.budget):
        with pytest.raises(NotAllowed):
            flow.perform(filed, Action.LENGKAP, person)
    assert unchanged(filed)


def test_nobody_acts_on_two_stages(filed):
    staff = build.Staff()
    both = build.user("dua-peran", Role.TU, Role.TAPD, Role.TP)
    staff.tu = both
    proposal = build.walk(filed, staff, State.KLASIFIKASI)
    with pytest.raises(NotAllowed, match="sudah bertindak pada tahap lain"):
        flow.perform(proposal, Action.KLASIFIKASIKAN, both, data={"field": 6, "nature": "NON_FISIK"})
    proposal = build.walk(proposal, staff, State.VERIFIKASI_TP)
    with pytest.raises(NotAllowed, match="sudah bertindak pada tahap lain"):
        flow.perform(
            proposal, Action.PERTIMBANGKAN, staff.sorter, data={"amount": 1, "meeting_on": dt.date(2026, 3, 10)}
        )
    assert build.walk(proposal, staff, State.DISETUJUI).state == State.DISETUJUI


def test_own_and_kin_matters_are_refused(ani):
    chair = build.nik()
    from core.identity import token

    proposal = build.send(build.draft(build.organisation(ani, officers=build.officers(chair, build.nik())), ani), ani)
    officer = build.user("pengurus", Role.TU, nik_token=token(chair))
    kin = build.user("kerabat", Role.TU)
    assert [row.code for row in flow.available(proposal, kin)] == ["T02", "T03"]
    exceptions.declare_interest(proposal, kin, "Adik ketua")
    for person in (officer, kin):
        assert flow.available(proposal, person) == []
        with pytest.raises(NotAllowed):
            flow.perform(proposal, Action.LENGKAP, person)
    ani_too = build.user("ani-tu", Role.TU, (Role.PEMOHON, proposal.recipient.public_id))
    assert [row.code for row in flow.available(proposal, ani_too)] == ["T25"]


def test_a_stranger_cannot_withdraw(filed):
    budi = build.user("budi", (Role.PEMOHON, "LAIN"), Role.PEMOHON)
    with pytest.raises(NotAllowed):
        flow.perform(filed, Action.TARIK, budi, note="Batal.")


def test_withdrawing_needs_a_reason_and_ends_the_case(filed, ani):
    with pytest.raises(Refused, match="Tuliskan alasannya"):
        flow.perform(filed, Action.TARIK, ani)
    proposal = flow.perform(filed, Action.TARIK, ani, note="Kegiatan batal.")
    assert (proposal.state, proposal.due_on) == (State.DITARIK, None)
    assert flow.available(proposal, ani) == []


def test_a_reason_with_personal_numbers_is_refused(filed):
    staff = build.Staff()
    proposal = build.walk(filed, staff, State.PERSETUJUAN)
    with pytest.raises(Refused) as error:
        flow.perform(proposal, Action.TOLAK, staff.head, note="Hubungi 0812-3456-7890.")
    assert set(faults(error)) == {"note"}
    assert audit.history(proposal).last().action == Action.TETAPKAN_BESARAN


def test_evaluation_names_all_faults_at_once(filed):
    staff = build.Staff()
    proposal = build.walk(filed, staff, State.EVALUASI)
    with pytest.raises(Refused) as error:
        flow.perform(proposal, Action.REKOMENDASIKAN, staff.office, data={"answers": {"R05": (False, "")}})
    assert set(faults(error)) == {
        "check_R05", "check_R06", "check_R07", "check_R08", "check_R09", "check_R10", "check_R11",
        "visited_on", "met_with", "visit_result", "recommended", "note",
    }  # fmt: skip
    _, action, data, note = staff.steps(proposal)[State.EVALUASI]
    with pytest.raises(Refused) as error:
        flow.perform(proposal, action, staff.office, data={**data, "lines": {1: 99_000_000}}, note=note)
    assert faults(error) == {"line_1": "Paling banyak Rp15.000.000.", "line_2": "Isi jumlah yang direkomendasikan."}


def test_wrong_field_goes_back_and_to_the_next_office(filed):
    staff = build.Staff()
    proposal = build.walk(filed, staff, State.EVALUASI)
    proposal = flow.perform(proposal, Action.SALAH_BIDANG, staff.office, note="Ini urusan kesehatan.")
    proposal = flow.perform(proposal, Action.KLASIFIKASIKAN, staff.sorter, data={"field": 7, "nature": "NON_FISIK"})
    assert (proposal.state, proposal.office) == (State.EVALUASI, "dinkes")
    assert flow.available(proposal, staff.office) == []


def test_a_question_goes_back_to_the_team(filed):
    staff = build.Staff()
    proposal = build.walk(filed, staff, State.PERTIMBANGAN)
    proposal = flow.perform(proposal, Action.TANYAKAN, staff.budget, note="Mohon jelaskan honor.")
    assert proposal.state == State.VERIFIKASI_TP
    assert build.walk(proposal, staff, State.DISETUJUI).amount_approved == 12_000_000


def test_the_counter_never_checks_its_own_entry():
    counter = build.user("loket", Role.OPERATOR, Role.TU)
    recipient = build.organisation(counter)
    proposal = build.draft(recipient, counter, on_paper=True)
    proposal = build.send(proposal, counter)
    assert [row.code for row in flow.available(proposal, counter)] == ["T25"]
    with pytest.raises(NotAllowed, match="sudah bertindak pada tahap lain"):
        flow.perform(proposal, Action.LENGKAP, counter)
