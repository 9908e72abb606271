"""The state machine of hayu.md section 6: every row, and what it refuses."""

import datetime as dt

import pytest

from build import NIK, draft, facts, person, photo, registered, visit
from core import audit, codes, dates
from core.calendar import calendar
from core.errors import AlreadyDone, NotAllowed, Refused, Stale
from core.models import Notification, StoredFile
from hayu.domain.machine import TABLE, machine
from hayu.enums import ACTIVE, FINAL, Action, Finding, Ground, Outcome, SampleRule, State
from hayu.models import Inspection, Report

NOTE = "Sudah diperiksa bersama pemilik."


def test_sending_gives_number_and_code_at_once(world):
    report = draft(world.owner)
    assert (report.state, report.number, report.code) == (State.DRAF, None, None)
    sent = machine.perform(report.pk, Action.KIRIM, world.owner, version=report.version, data={"statement": True})
    assert sent.state == State.TERDAFTAR
    assert sent.number == f"3273-LAPOR-{dates.today().year}-000001"
    assert codes.is_wellformed(sent.code)
    assert (sent.scale, sent.risk, sent.confirmed_on) == ("mikro", "rendah", dates.today())
    assert [entry.action for entry in audit.history(sent)] == ["buat", "kirim"]
    message = Notification.objects.get(user=world.owner)
    assert (message.event, message.link) == ("lapor.terdaftar", f"/lapor/{sent.public_id}/")
    assert sent.number in message.body


def test_numbers_follow_each_other(world):
    numbers = [registered(world.owner).number[-6:] for _ in range(3)]
    assert numbers == ["000001", "000002", "000003"]


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"business_name": ""}, "business_name"),
        ({"capital": None}, "capital"),
        ({"nik": "123"}, "nik"),
        ({"nik": ""}, "nik"),
        ({"phone": ""}, "phone"),
        ({"holder_name": ""}, "holder_name"),
        ({"address": ""}, "address"),
        ({"village_code": ""}, "village_code"),
        ({"capital": 500_000_000}, "capital"),
    ],
)
def test_incomplete_or_too_large_is_refused_with_its_field(world, change, field):
    report = draft(world.owner, **change)
    with pytest.raises(Refused) as refusal:
        machine.perform(report.pk, Action.KIRIM, world.owner, data={"statement": True})
    assert field in [fault.field for fault in refusal.value.faults]
    assert Report.objects.get(pk=report.pk).state == State.DRAF


def test_all_faults_come_at_once(world):
    report = draft(world.owner, business_name="", phone="", address="")
    with pytest.raises(Refused) as refusal:
        machine.perform(report.pk, Action.KIRIM, world.owner, data={})
    assert [fault.field for fault in refusal.value.faults] == ["business_name", "address", "phone", "statement"]


def test_threshold_on_sending(world):
    """Rp 499,999,999 is sent; one rupiah more is not."""
    assert registered(world.owner, capital=499_999_999).state == State.TERDAFTAR
    report = draft(world.owner, capital=500_000_000)
    with pytest.raises(Refused):
        machine.perform(report.pk, Action.KIRIM, world.owner, data={"statement": True})


def test_place_outside_the_region_is_refused(world):
    report = draft(world.owner)
    Report.objects.filter(pk=report.pk).update(village_code="11.01.01.2001", district_code="11.01.01")
    with pytest.raises(Refused) as refusal:
        machine.perform(report.pk, Action.KIRIM, world.owner, data={"statement": True})
    assert [fault.sentence for fault in refusal.value.faults] == ["Tempat usaha itu di luar Kota Bandung."]


def test_code_that_is_not_in_the_table_is_refused(world):
    report = draft(world.owner)
    Report.objects.filter(pk=report.pk).update(kbli_code="00000")
    with pytest.raises(Refused) as refusal:
        machine.perform(report.pk, Action.KIRIM, world.owner, data={"statement": True})
    assert "kbli" in [fault.field for fault in refusal.value.faults]


def test_same_owner_activity_and_address_only_once(world):
    first = registered(world.owner, address="Jl. Dago No. 5")
    twin = draft(world.owner, address="jalan  Dago nomor 05")
    with pytest.raises(Refused) as refusal:
        machine.perform(twin.pk, Action.KIRIM, world.owner, data={"statement": True})
    assert first.number in refusal.value.faults[0].sentence
    machine.perform(first.pk, Action.TUTUP, world.owner, data={"closed_on": dates.today()})
    assert machine.perform(twin.pk, Action.KIRIM, world.owner, data={"statement": True}).state == State.TERDAFTAR


def test_other_activity_or_address_is_another_report(world):
    registered(world.owner, address="Jl. Dago No. 5")
    assert registered(world.owner, "95320", address="Jl. Dago No. 5").state == State.TERDAFTAR
    assert registered(world.owner, address="Jl. Dago No. 6").state == State.TERDAFTAR


def test_double_click_sends_once(world):
    report = draft(world.owner)
    version = report.version
    machine.perform(report.pk, Action.KIRIM, world.owner, version=version, data={"statement": True})
    with pytest.raises(AlreadyDone):
        machine.perform(report.pk, Action.KIRIM, world.owner, version=version, data={"statement": True})
    assert Report.objects.exclude(number=None).count() == 1
    assert Notification.objects.count() == 1


def test_two_officers_at_once(world):
    report = world.report(State.DIJADWALKAN_PERIKSA)
    second = person("pengawas2", "PENGAWAS")
    machine.perform(report.pk, Action.CATAT_HASIL, world.inspector, version=report.version, data=visit(), note=NOTE)
    with pytest.raises(Stale, match="baru saja diubah oleh Pengawas"):
        machine.perform(report.pk, Action.CATAT_HASIL, second, version=report.version, data=visit(), note=NOTE)
    assert Inspection.objects.count() == 1


def test_inspection_passed(world):
    report = world.report(State.DIJADWALKAN_PERIKSA)
    assert report.inspect_by == calendar().add(dates.today(), 30)
    done = machine.perform(report.pk, Action.CATAT_HASIL, world.inspector, data=visit(), note=NOTE)
    assert (done.state, done.inspect_by, done.warnings) == (State.TERDAFTAR, None, 0)
    assert done.inspected_at is not None
    inspection = Inspection.objects.get()
    assert (inspection.outcome, inspection.officer, inspection.note) == (Outcome.SESUAI, world.inspector, NOTE)
    assert StoredFile.objects.filter(owner_type="hayu.inspection").count() == 1


def test_inspection_failed_then_corrected(world):
    report = world.report(State.PERLU_PEMBETULAN)
    assert (report.fix_by, report.warnings) == (calendar().add(dates.today(), 14), 1)
    again = machine.perform(
        report.pk, Action.BETULKAN, world.owner, note="Saluran air sudah diperbaiki.",
        data={"address": "Jl. Melati No. 900", "photos": [photo("blue")]},
    )  # fmt: skip
    assert (again.state, again.fix_by) == (State.DIJADWALKAN_PERIKSA, None)
    assert again.address == "Jl. Melati No. 900"
    assert again.address_key.endswith("jalan melati 900")


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"photos": []}, "photo_1"),
        ({"latitude": None}, "latitude"),
        ({"outcome": ""}, "outcome"),
        ({"outcome": Outcome.TIDAK_SESUAI, "findings": []}, "findings"),
        ({"outcome": Outcome.SESUAI, "findings": [Finding.GANGGUAN.value]}, "findings"),
        ({"findings": ["LAIN"], "outcome": Outcome.TIDAK_SESUAI}, "findings"),
    ],
)
def test_half_an_inspection_is_refused(world, change, field):
    report = world.report(State.DIJADWALKAN_PERIKSA)
    with pytest.raises(Refused) as refusal:
        machine.perform(report.pk, Action.CATAT_HASIL, world.inspector, data=visit() | change)
    assert field in [fault.field for fault in refusal.value.faults]
    assert Inspection.objects.count() == 0


def test_a_broken_photo_leaves_nothing_behind(world):
    report = world.report(State.DIJADWALKAN_PERIKSA)
    broken = photo()
    broken.truncate(60)
    with pytest.raises(Refused):
        machine.perform(report.pk, Action.CATAT_HASIL, world.inspector, data=visit(photos=[photo(), broken]))
    assert (Inspection.objects.count(), StoredFile.objects.count()) == (0, 0)


def test_grown_business_goes_to_oss(world):
    report = world.report()
    done = machine.perform(report.pk, Action.NAIK_KELAS, world.owner, data={"capital": 500_000_000})
    assert (done.state, done.capital, done.ended_on) == (State.DIRUJUK_OSS, 500_000_000, dates.today())
    assert Notification.objects.filter(event="lapor.dirujuk_oss", user=world.owner).count() == 1


def test_a_business_that_did_not_grow_is_not_referred(world):
    report = world.report()
    with pytest.raises(Refused, match="masih cukup melapor"):
        machine.perform(report.pk, Action.NAIK_KELAS, world.owner, data={"capital": 499_999_999})
    assert Report.objects.get(pk=report.pk).capital == 35_000_000


def test_growth_by_risk(world):
    """A restaurant whose sales make it small is MT: OSS, whatever the capital."""
    report = registered(world.owner, "56101", scope=1)
    data = {"capital": 40_000_000, "yearly_sales": 2_000_000_001}
    assert machine.perform(report.pk, Action.NAIK_KELAS, world.inspector, data=data).state == State.DIRUJUK_OSS


def test_freeze_and_restore(world):
    report = world.report(State.DIBEKUKAN)
    assert report.frozen_at is not None
    with pytest.raises(Refused, match="alasannya"):
        machine.perform(report.pk, Action.PULIHKAN, world.signer)
    back = machine.perform(report.pk, Action.PULIHKAN, world.signer, note=NOTE)
    assert (back.state, back.frozen_at) == (State.TERDAFTAR, None)


def test_revoking_needs_two_warnings_or_proof(world):
    report = world.report(State.PERLU_PEMBETULAN)
    with pytest.raises(Refused, match="Baru ada 1 peringatan"):
        machine.perform(report.pk, Action.BATALKAN, world.signer, note=NOTE, data={"ground": Ground.DUA_PERINGATAN})
    with pytest.raises(Refused, match="dasar pencabutan"):
        machine.perform(report.pk, Action.BATALKAN, world.signer, note=NOTE, data={"ground": "LAIN"})
    Report.objects.filter(pk=report.pk).update(warnings=2)
    done = machine.perform(report.pk, Action.BATALKAN, world.signer, note=NOTE, data={"ground": Ground.DUA_PERINGATAN})
    assert (done.state, done.ended_on, done.fix_by) == (State.DICABUT, dates.today(), None)


@pytest.mark.parametrize("state", ACTIVE)
def test_any_active_report_can_be_closed_and_revoked(world, state):
    report = world.report(state)
    closed = machine.perform(report.pk, Action.TUTUP, world.owner, data={"closed_on": dates.today()})
    assert closed.state == State.TUTUP
    other = world.report(state)
    data = {"ground": Ground.DATA_PALSU}
    assert machine.perform(other.pk, Action.BATALKAN, world.signer, data=data, note=NOTE).state == State.DICABUT


@pytest.mark.parametrize(
    ("day", "sentence"),
    [
        (None, "Isi tanggal tutup"),
        (dt.date(2100, 1, 1), "masa depan"),
        (dt.date(2020, 1, 1), "mendahului"),
    ],
)
def test_closing_date(world, day, sentence):
    with pytest.raises(Refused, match=sentence):
        machine.perform(world.report().pk, Action.TUTUP, world.owner, data={"closed_on": day})


def test_yearly_update(world):
    report = world.report()
    Report.objects.filter(pk=report.pk).update(confirmed_on=dt.date(2024, 1, 1), stale_since=dt.date(2026, 1, 2))
    done = machine.perform(report.pk, Action.PERBARUI, world.owner, data={"capital": 60_000_000, "workers": 3})
    assert (done.state, done.capital, done.workers) == (State.TERDAFTAR, 60_000_000, 3)
    assert (done.confirmed_on, done.stale_since) == (dates.today(), None)
    assert done.state_since == report.state_since


def test_update_past_the_threshold_is_refused(world):
    report = world.report()
    with pytest.raises(Refused, match="naik kelas"):
        machine.perform(report.pk, Action.PERBARUI, world.owner, data={"capital": 500_000_000})
    assert Report.objects.get(pk=report.pk).capital == 35_000_000


def test_complaint_leads_to_an_inspection(world):
    report = world.report()
    done = machine.perform(report.pk, Action.PERIKSA_PENGADUAN, world.inspector, note="Warga mengeluh asap tebal.")
    assert (done.state, done.sample_rule) == (State.DIJADWALKAN_PERIKSA, SampleRule.PENGADUAN)


HUMAN = [row for row in TABLE if row.roles != ("SISTEM",) and row.source != ("",)]
WRONG = [
    (row.action, state)
    for row in HUMAN
    for state in State
    if state not in [source for other in TABLE if other.action == row.action for source in other.source]
]


@pytest.mark.parametrize(("action", "state"), WRONG)
def test_wrong_state_is_refused(world, action, state):
    """What is not in the table is refused with a sentence and changes nothing."""
    report = world.report(state)
    for user in (world.owner, world.inspector, world.signer):
        with pytest.raises(Refused, match="tahap sekarang"):
            machine.perform(report.pk, action, user, data=visit() | {"ground": Ground.DATA_PALSU}, note=NOTE)
    assert Report.objects.get(pk=report.pk).version == report.version


ALLOWED = {
    Action.KIRIM: {"owner"},
    Action.PERIKSA_PENGADUAN: {"inspector"},
    Action.CATAT_HASIL: {"inspector"},
    Action.BETULKAN: {"owner"},
    Action.NAIK_KELAS: {"owner", "inspector"},
    Action.PULIHKAN: {"signer"},
    Action.BEKUKAN: {"signer"},
    Action.BATALKAN: {"signer"},
    Action.TUTUP: {"owner"},
    Action.PERBARUI: {"owner"},
}
EVERYBODY = ("owner", "stranger", "desk", "inspector", "signer", "admin", "auditor", "checker")


@pytest.mark.parametrize("action", ALLOWED)
def test_wrong_role_is_refused(world, action):
    source = next(row.source[0] for row in TABLE if row.action == action)
    report = world.report(source)
    offered = {
        name for name in EVERYBODY if action in [row.action for row in machine.available(report, getattr(world, name))]
    }
    assert offered == ALLOWED[action]
    for name in set(EVERYBODY) - ALLOWED[action]:
        with pytest.raises(NotAllowed):
            machine.perform(report.pk, action, getattr(world, name), data=visit(), note=NOTE)


@pytest.mark.parametrize("action", [row.action for row in TABLE if row.roles == ("SISTEM",)])
def test_no_person_does_what_the_clock_does(world, action):
    source = next(row.source[0] for row in TABLE if row.action == action)
    report = world.report(source)
    for name in EVERYBODY:
        with pytest.raises(NotAllowed):
            machine.perform(report.pk, action, getattr(world, name), data={"rule": SampleRule.ACAK})


def test_desk_files_on_behalf_with_consent(world):
    report = draft(world.desk, desk=True)
    sent = machine.perform(report.pk, Action.KIRIM, world.desk, data={"statement": True})
    assert (sent.applicant, sent.filed_by, sent.channel) == (None, world.desk, "LOKET")
    assert audit.history(sent).last().role == "LOKET"
    without = draft(world.desk, "95320", desk=True, consent="")
    with pytest.raises(Refused) as refusal:
        machine.perform(without.pk, Action.KIRIM, world.desk, data={"statement": True})
    assert [fault.field for fault in refusal.value.faults] == ["consent"]


def test_desk_does_not_act_on_what_was_filed_from_home(world):
    assert machine.available(world.report(), world.desk) == []


def test_an_officer_never_decides_on_the_own_business(world):
    """Own interest by account, and by NIK."""
    own = registered(world.inspector)
    with pytest.raises(NotAllowed):
        machine.perform(own.pk, Action.PERIKSA_PENGADUAN, world.inspector, note=NOTE)
    twin = person("kembar", "PENGAWAS", nik=NIK)
    with pytest.raises(NotAllowed):
        machine.perform(world.report().pk, Action.PERIKSA_PENGADUAN, twin, note=NOTE)


def test_duties_stay_separate(world):
    """Who inspected a report does not decide on it, even with both roles."""
    both = person("rangkap", "PENGAWAS")
    both.assignments.create(role="PENANDATANGAN", valid_from=dt.date(2020, 1, 1))
    report = world.report(State.DIJADWALKAN_PERIKSA)
    machine.perform(report.pk, Action.CATAT_HASIL, both, data=visit(), note=NOTE)
    with pytest.raises(NotAllowed, match="tahap lain"):
        machine.perform(report.pk, Action.BEKUKAN, both, note=NOTE)
    assert machine.perform(report.pk, Action.BEKUKAN, world.signer, note=NOTE).state == State.DIBEKUKAN


def test_inspector_of_another_kecamatan(world):
    report = world.report(State.DIJADWALKAN_PERIKSA)
    here = person("sini", "PENGAWAS", scope=report.district_code)
    there = person("sana", "PENGAWAS", scope="32.73.99")
    with pytest.raises(NotAllowed):
        machine.perform(report.pk, Action.CATAT_HASIL, there, data=visit(), note=NOTE)
    assert machine.perform(report.pk, Action.CATAT_HASIL, here, data=visit(), note=NOTE).state == State.TERDAFTAR


def test_final_states_are_final(world):
    assert {source for row in TABLE for source in row.source} & set(FINAL) == set()


def test_the_chain_holds_and_tells_no_personal_number(world):
    world.report(State.DIBEKUKAN)
    assert audit.verify() == []
    text = str(list(audit.history(Report.objects.get()).values()))
    assert NIK not in text
    assert facts()["phone"] not in text
