"""The later life: approval to accepted report, by the right people, with money and identity held together."""

import later
import pytest
import time_machine

import build
from core import audit
from core.errors import NotAllowed, Refused
from sabilulungan.domain import accounts, flags, flow
from sabilulungan.enums import Action, Role, State
from sabilulungan.models import Proposal

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


def faults(error):
    return {fault.field: fault.sentence for fault in error.value.faults}


def refused(proposal, person, action, data, note=""):
    with pytest.raises(Refused) as error:
        flow.perform(proposal, action, person, version=proposal.version, data=data, note=note)
    fresh = Proposal.objects.get(pk=proposal.pk)
    assert (fresh.state, fresh.version) == (proposal.state, proposal.version)
    return faults(error)


def test_from_approval_to_the_accepted_report(case, staff, ani):
    done = later.go(case, staff, ani, State.SELESAI)
    assert [step.transition for step in done.steps.all()][8:] == [
        "T14", "T15", "T16-SETUJU", "T16", "T17", "T18", "T20", "T21",
    ]  # fmt: skip
    assert done.amounts() == {
        "asked": 20_000_000, "opd": 12_000_000, "tp": 12_000_000, "tapd": 12_000_000, "approved": 12_000_000,
        "budgeted": 12_000_000, "decreed": 12_000_000, "agreed": 12_000_000, "paid": 12_000_000,
        "accounted": 12_000_000,
    }  # fmt: skip
    assert done.agreement.number == "900/1/BPKAD/2027"
    assert [line.amount_decreed for line in done.lines.all()] == [9_000_000, 3_000_000]
    assert audit.verify() == []


def test_goods_are_handed_over_and_checked_by_their_office(ani, staff):
    later.enact(staff)
    case = later.approved(ani, staff, form="BARANG")
    paid = later.go(case, staff, ani, State.PELAKSANAAN)
    assert (paid.disbursements.get().handover, paid.amount_paid) == ("027/BAST/7", 12_000_000)
    checked = later.go(paid, staff, ani, State.LPJ_DIPERIKSA)
    with pytest.raises(NotAllowed, match="dinas yang menyerahkan barang"):
        flow.perform(checked, Action.TERIMA_LAPORAN, staff.finance)
    assert later.go(checked, staff, ani, State.SELESAI).amount_accounted == 12_000_000


def test_whoever_evaluated_neither_hands_over_nor_checks(ani, staff):
    later.enact(staff)
    case = later.go(later.approved(ani, staff, form="BARANG"), staff, ani, State.PENCAIRAN)
    staff.keeper = staff.office
    person, action, data = staff.later(case, ani)
    with pytest.raises(NotAllowed, match="sudah bertindak pada tahap lain"):
        flow.perform(case, action, person, data=data)


def test_tranches_never_sum_above_the_agreement(case, staff, ani):
    case = later.go(case, staff, ani, State.PENCAIRAN)
    case = flow.perform(case, Action.BAYAR, staff.finance, data=later.payment(5_000_000, "SP2D/A"))
    assert refused(case, staff.finance, Action.BAYAR_LAGI, later.payment(7_000_001)) == {
        "amount": "Paling banyak Rp7.000.000, yaitu sisa yang belum dibayar."
    }
    assert refused(case, staff.finance, Action.BAYAR_LAGI, later.payment(1, "SP2D/A")) == {
        "sp2d": "Nomor ini sudah dipakai untuk pembayaran lain."
    }
    case = flow.perform(case, Action.BAYAR_LAGI, staff.finance, data=later.payment(7_000_000))
    assert (case.amount_paid, case.state, [one.tranche for one in case.disbursements.all()]) == (
        12_000_000, State.PELAKSANAAN, [1, 2],
    )  # fmt: skip
    assert "T18-LAGI" not in [row.code for row in flow.available(case, staff.finance)]


def test_check_08_one_letter_in_the_decree_or_another_account_owner(case, staff, ani):
    case = later.go(case, staff, ani, State.DIANGGARKAN)
    person, action, data = staff.later(case, ani)
    name = case.budget_entry.name
    assert refused(case, person, action, {**data, "name": name[:-1] + "x"}) == {
        "name": f"Harus sama huruf demi huruf dengan lampiran III: {name}"
    }
    assert "amount" in refused(case, person, action, {**data, "amount": data["amount"] + 1})
    case = later.go(case, staff, ani, State.PERJANJIAN)
    account = case.recipient.accounts.get()
    account.owner_name = "Maman Suparman"
    account.save()
    person, action, data = staff.later(case, ani)
    assert refused(case, person, action, data) == {
        "account": f"Rekening atas nama Maman Suparman, bukan {name}. Pakai rekening atas nama penerima."
    }


def test_the_identity_chain_is_checked_again_before_payment(case, staff, ani):
    case = later.go(case, staff, ani, State.PENCAIRAN)
    account = case.payout_request.account
    account.owner_name = "Maman Suparman"
    account.save()
    case.recipient.address = "Jl. Lain Nomor 1"
    case.recipient.save()
    person, action, data = staff.later(case, ani)
    with pytest.raises(Refused) as error:
        flow.perform(case, action, person, data=data)
    told = [fault.sentence for fault in error.value.faults]
    assert told == [
        f"Nama di keputusan ({case.decree_line.name}) tidak sama dengan pemilik rekening (Maman Suparman).",
        "Alamat di keputusan tidak sama dengan alamat penerima.",
    ]


def test_check_09_the_chair_dies_before_the_agreement(case, staff, ani):
    case = later.go(case, staff, ani, State.DITETAPKAN)
    confirm = {"signer_name": "Dewi Lestari", "accepted": True}
    assert refused(case, ani, Action.KONFIRMASI, confirm) == {
        "signer_name": "Penanda tangan haruslah Maman Suparman. Bila ketua berganti, laporkan dahulu dengan suratnya."
    }
    change = {"reason": "MENINGGAL", "new_name": "Dewi Lestari", "nik": build.nik(), "phone": ""}
    assert refused(case, ani, Action.GANTI_KETUA, {**change, "appointment": build.pdf("sk baru")}) == {
        "certificate": "Unggah akta kematian ketua lama."
    }
    assert set(refused(case, ani, Action.GANTI_KETUA, {**change, "certificate": build.pdf("akta")})) == {"appointment"}
    papers = {"certificate": build.pdf("akta"), "appointment": build.pdf("sk baru")}
    case = flow.perform(case, Action.GANTI_KETUA, ani, data={**change, **papers})
    assert case.steps.last().reason == "Ketua meninggal dunia: Maman Suparman digantikan Dewi Lestari."
    case = flow.perform(case, Action.KONFIRMASI, ani, data=confirm)
    assert later.go(case, staff, ani, State.PERJANJIAN).agreement.signer_name == "Dewi Lestari"


def test_a_cut_asks_for_an_adjusted_plan_before_payment(case, staff, ani):
    case = later.go(case, staff, ani, State.PERJANJIAN)
    person, action, data = staff.later(case, ani)
    document = case.documents.get(code="RAB_PENYESUAIAN")
    from core.models import StoredFile

    StoredFile.objects.filter(owner_id=str(document.pk)).delete()
    assert refused(case, person, action, data) == {"berkas:RAB_PENYESUAIAN": "Unggah Rincian biaya yang disesuaikan."}


def test_nothing_is_budgeted_before_the_year_is_enacted(ani, staff):
    case = later.approved(ani, staff)
    person, action, data = staff.later(case, ani)
    with pytest.raises(Refused, match="APBD tahun 2027 belum dicatat"):
        flow.perform(case, action, person, data=data)
    later.enact(staff)
    wrong = {**data, "account_code": "5.1.06.01", "amount": 12_000_001, "name": "Yayasan Lain"}
    assert set(refused(case, person, action, wrong)) == {"account_code", "amount", "name"}


def test_the_lines_of_a_kind_never_sum_above_what_the_apbd_sets_aside(ani, staff):
    budi = build.user("budi")
    first, second = later.approved(ani, staff), later.approved(budi, staff, title="Kursus lain")
    later.enact(staff, grants=20_000_000)
    first = later.go(first, staff, ani, State.DIANGGARKAN)
    person, action, data = staff.later(second, budi)
    assert refused(second, person, action, data) == {"amount": "Sisa anggaran hibah 2027 tinggal Rp8.000.000."}
    cut = flow.perform(second, action, person, data={**data, "amount": 8_000_000})
    assert (first.amount_budgeted, cut.amount_budgeted) == (12_000_000, 8_000_000)


def line_of(case, **changes):
    """Return the data of a changed line: as it stands, with changes."""
    recipient, entry = case.recipient, case.budget_entry
    as_it_stands = {name: getattr(recipient, name) for name in ("name", "address", "rt", "rw", "village_code")}
    return {**as_it_stands, "account_code": entry.account_code, "amount": entry.amount, **changes}


def test_a_line_is_changed_before_the_decree_and_what_changed_is_looked_at_by_a_second_person(case, staff, ani):
    case = later.go(case, staff, ani, State.DIANGGARKAN)
    old = (case.budget_entry.name, case.budget_entry.address)
    act = (staff.budget, Action.UBAH_BARIS)
    why = "Peraturan penjabaran diubah."
    with pytest.raises(Refused, match="Tidak ada yang berubah"):
        flow.perform(case, *reversed(act), data=line_of(case), note=why)
    with pytest.raises(Refused, match="Tuliskan alasannya"):
        flow.perform(case, *reversed(act), data=line_of(case, amount=11_000_000))
    with pytest.raises(NotAllowed):
        flow.perform(case, Action.UBAH_BARIS, staff.finance, data=line_of(case, amount=11_000_000), note=why)
    wrong = line_of(case, amount=12_000_001, account_code="5.1.06.01")
    assert set(refused(case, *act, wrong, note=why)) == {"amount", "account_code"}
    moved = line_of(case, amount=11_000_000, name="Yayasan Bakti Sesama", address="Jalan Anggrek 5", rt="002", rw="001")
    assert refused(case, *act, moved, note=why) == {"scan": "Unggah bukti perubahan nama atau alamat."}
    case = flow.perform(case, *reversed(act), data={**moved, "scan": build.pdf("akta perubahan")}, note=why)
    entry = case.budget_entry
    assert (case.amount_budgeted, entry.amount, entry.name) == (11_000_000, 11_000_000, "Yayasan Bakti Sesama")
    assert entry.address.startswith("Jalan Anggrek 5, RT 002/RW 001, ")
    assert case.recipient.normal_name == "BAKTI SESAMA"
    assert "Bakti Sesama" in case.search_text
    assert audit.history(case).last().data["before"][:2] == list(old)
    person, action, data = staff.later(case, ani)
    assert refused(case, person, action, data) == {
        "flags": "Tanda merah F09 harus ditutup dahulu oleh orang kedua dengan alasan tertulis."
    }
    flags.close(case.flags.get(rule="F09").pk, staff.team, "Akta perubahan diperiksa.", Role.TP)
    case = later.go(case, staff, ani, State.PERJANJIAN)
    person, action, data = staff.later(case, ani)
    assert set(refused(case, person, action, data)) == {"account"}  # the old account carries the old name
    with pytest.raises(Refused, match="atas nama penerima: Yayasan Bakti Sesama"):
        accounts.add(case, ani, bank="bank bjb", number="8800112233", owner_name=old[0])
    accounts.add(case, ani, bank="bank bjb", number="8800112233", owner_name="Yayasan Bakti Sesama")
    last = audit.history(case).last()
    assert (last.action, "8800112233" in last.note) == ("tambah_rekening", False)
    case = later.go(case, staff, ani, State.PENCAIRAN)
    person, action, data = staff.later(case, ani)
    assert set(refused(case, person, action, data)) == {"flags"}  # the account is a fact of its own
    flags.close(case.flags.get(rule="F09", closed_at=None).pk, staff.team, "Rekening diperiksa di bank.", Role.TP)
    case = later.go(case, staff, ani, State.SELESAI)
    assert (case.amount_decreed, case.decree_line.name) == (11_000_000, "Yayasan Bakti Sesama")
    with pytest.raises(Refused, match="sebelum pencairan diajukan"):
        accounts.add(case, ani, bank="bank bjb", number="8800112244", owner_name="Yayasan Bakti Sesama")


def test_name_and_address_stay_while_other_help_is_under_way_and_never_become_another_s(ani, staff):
    first, second = later.approved(ani, staff), later.approved(build.user("budi"), staff, title="Kursus lain")
    later.enact(staff)
    case = later.go(first, staff, ani, State.DIANGGARKAN)
    twin = second.recipient
    scan = {"scan": build.pdf("akta")}
    theirs = line_of(case, **{name: getattr(twin, name) for name in ("name", "address", "rt", "rw", "village_code")})
    assert refused(case, staff.budget, Action.UBAH_BARIS, {**theirs, **scan}, note="Salah tulis.") == {
        "name": "Penerima lain sudah terdaftar dengan nama dan alamat itu."
    }
    amounts = dict.fromkeys(("amount_budgeted", "amount_decreed", "amount_agreed"), 12_000_000)
    Proposal.objects.filter(pk=second.pk).update(recipient=case.recipient, state=State.PENCAIRAN, **amounts)
    assert set(refused(case, staff.budget, Action.UBAH_BARIS, line_of(case, name="Lain", **scan), note="Salah.")) == {
        "name"
    }
    cut = flow.perform(case, Action.UBAH_BARIS, staff.budget, data=line_of(case, amount=9_000_000), note="Dipotong.")
    assert (cut.amount_budgeted, cut.flags.filter(rule="F09").count()) == (9_000_000, 0)


def test_returned_pay_out_papers_come_back_to_pay_out_and_nothing_else_may_change(case, staff, ani):
    from sabilulungan.domain import drafts

    case = later.go(case, staff, ani, State.PENCAIRAN)
    assert set(refused(case, staff.finance, Action.KEMBALIKAN, {"items": [("AKTA", "Buram.")]})) == {"AKTA"}
    case = flow.perform(case, Action.KEMBALIKAN, staff.finance, data={"items": [("KUITANSI", "Tanpa meterai.")]})
    with pytest.raises(Refused, match="hanya berkas pencairannya"):
        drafts.save_lines(case, [], case.version)
    with pytest.raises(Refused, match="tidak dapat diganti"):
        drafts.attach(case.documents.get(code="AKTA"), build.pdf("lain"), ani)
    drafts.attach(case.documents.get(code="KUITANSI"), build.pdf("bermeterai"), ani)
    case = flow.perform(case, Action.KIRIM_PERBAIKAN, ani)
    assert (case.state, case.resume_state) == (State.PENCAIRAN, "")
    assert later.go(case, staff, ani, State.PELAKSANAAN).amount_paid == 12_000_000


def test_void_before_payment_only(case, staff, ani):
    case = later.go(case, staff, ani, State.PERJANJIAN)
    assert refused(case, staff.finance, Action.BATALKAN, {}, note="Pengurus bersengketa.") == {
        "decree_number": "Isi nomor keputusan pembatalan."
    }
    ended = flow.perform(
        case, Action.BATALKAN, staff.head, data={"decree_number": "900/9"}, note="Pengurus bersengketa."
    )
    assert (ended.state, ended.amount_paid) == (State.DIBATALKAN, None)


def test_what_is_not_used_is_paid_back_before_the_report_is_accepted(case, staff, ani):
    case = later.go(case, staff, ani, State.PELAKSANAAN)
    later.papers(case, "LPJ", ani)
    assert set(refused(case, ani, Action.LAPORKAN, later.report(case, 12_000_001))) == {"lines"}
    case = flow.perform(case, Action.LAPORKAN, ani, data=later.report(case, 11_000_000))
    accept = staff.later(case, ani)
    assert refused(case, *accept) == {"flags": "Sisa Rp1.000.000 belum disetor kembali. Catat setorannya lebih dahulu."}
    slip = {"sts_number": "STS/1", "paid_on": later.PAID_DAY, "amount": 1_000_000}
    case = flow.perform(case, Action.CATAT_SETORAN, staff.finance, data=slip)
    assert refused(case, staff.finance, Action.CATAT_SETORAN, slip) == {"sts_number": "STS ini sudah dicatat."}
    assert later.go(case, staff, ani, State.SELESAI).amount_accounted == 12_000_000


def test_a_finding_of_the_auditor_ends_only_when_it_is_paid_back(case, staff, ani):
    case = later.go(case, staff, ani, State.SELESAI)
    assert set(refused(case, staff.auditor, Action.TEMUAN, {"amount": 12_000_001}, note="Kuitansi palsu.")) == {
        "amount"
    }
    case = flow.perform(case, Action.TEMUAN, staff.auditor, data={"amount": 2_000_000}, note="Kuitansi palsu.")
    assert case.state == State.SANKSI
    assert refused(case, staff.finance, Action.AKHIRI_SANKSI, {}) == {"flags": "Setoran baru Rp0 dari Rp2.000.000."}
    slip = {"sts_number": "STS/2", "paid_on": later.at(2027, 3, 20).date(), "amount": 2_000_000}
    flow.perform(case, Action.CATAT_SETORAN, staff.finance, data=slip)
    ended = flow.perform(case, Action.AKHIRI_SANKSI, staff.finance)
    assert (ended.state, ended.sanctions.get().ended_on) == (State.SELESAI, later.at(2027, 3, 20).date())


def test_f09_another_account_at_pay_out_waits_for_a_second_person(case, staff, ani):
    from sabilulungan.domain import flags, recipients

    case = later.go(case, staff, ani, State.PERJANJIAN)
    recipients.add_account(case.recipient, "bank lain", "998877665544", case.recipient.name)
    case = later.go(case, staff, ani, State.PENCAIRAN)
    flag = case.flags.get(rule="F09")
    assert (flag.severity, flag.other) == ("RED", None)
    person, action, data = staff.later(case, ani)
    assert refused(case, person, action, data) == {
        "flags": "Tanda merah F09 harus ditutup dahulu oleh orang kedua dengan alasan tertulis."
    }
    flags.close(flag.pk, staff.team, "Rekening lama ditutup bank, surat terlampir.", "TP")
    assert later.go(case, staff, ani, State.PELAKSANAAN).amount_paid == 12_000_000


def test_f14_a_report_photo_of_another_recipient_stops_its_acceptance(case, staff, ani):
    budi = build.user("budi")
    first = later.go(case, staff, ani, State.PELAKSANAAN)
    second = later.go(later.approved(budi, staff, title="Kursus lain"), staff, budi, State.PELAKSANAAN)
    from sabilulungan.domain import drafts

    for one, owner in ((first, ani), (second, budi)):
        later.papers(one, "LPJ", owner)
        drafts.attach(one.documents.get(code="LPJ_FOTO"), build.pdf("foto yang sama"), owner)
        flow.perform(one, Action.LAPORKAN, owner, data=later.report(one))
    assert not first.flags.filter(rule="F14").exists()
    second = Proposal.objects.get(pk=second.pk)
    assert second.flags.get(rule="F14").other == first
    assert set(refused(second, *staff.later(second, budi))) == {"flags"}


def test_f06_f07_f11_are_yellow_and_block_nothing(staff):
    from decimal import Decimal

    from sabilulungan.domain import drafts

    with time_machine.travel(build.OPEN_DAY, tick=False):
        eka, fani = build.user("eka"), build.user("fani")
        first = build.draft(build.organisation(eka), eka)
        drafts.attach(first.documents.get(code="PROPOSAL"), build.pdf("salinan"), eka)
        build.send(first, eka)
        young = build.organisation(fani, registered_on=build.OPEN_DAY.date())
        second = build.draft(young, fani)
        drafts.attach(second.documents.get(code="PROPOSAL"), build.pdf("salinan"), fani)
        lines = [drafts.LineData(name, Decimal(1), "unit", 1_000_000) for name in ("Satu", "Dua", "Tiga")]
        second = drafts.save_lines(second, lines, second.version)
        second = build.send(second, fani)
        assert [(flag.rule, flag.severity) for flag in second.flags.all()] == [
            ("F06", "YELLOW"), ("F07", "YELLOW"), ("F11", "YELLOW"),
        ]  # fmt: skip
        assert build.walk(second, staff, State.VERIFIKASI_TP).state == State.VERIFIKASI_TP
