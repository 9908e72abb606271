"""What the deciders see beside a case: how much of the year's money is left; and what lies too long, at whose desk."""

import datetime as dt

import pytest

import build
from core import audit
from core.errors import Refused
from sabilulungan.domain import flow
from sabilulungan.domain.envelopes import rooms, set_limit
from sabilulungan.enums import Action, State
from sabilulungan.models import EnactedBudget, EnvelopeLimit, Proposal


def enact(world, grants):
    EnactedBudget.objects.create(
        budget_year=2027, law="Perda 7", regulation="Perwal 9", enacted_on=world.today, lines_until=dt.date(2027, 3, 1),
        grants=grants, aid=5_000_000, unplanned=0, entered_by=world.staff.budget,
    )  # fmt: skip


def test_the_envelope_counts_what_is_placed_and_no_more(world):
    assert rooms(2027) == []
    enact(world, 20_000_000)
    assert [(room.kind, room.placed, room.left) for room in rooms(2027)] == [
        ("BANSOS", 12_000_000, -7_000_000), ("HIBAH", 12_000_000, 8_000_000),
    ]  # fmt: skip
    assert [room.placed for room in rooms(2027, without=world.cases.approved.pk)] == [12_000_000, 0]
    assert rooms(2026) == []


def test_the_head_sees_what_is_left_before_he_approves_and_others_do_not(client, world):
    case = build.walk(world.cases.evaluated, world.staff, State.PERSETUJUAN)
    address = f"/meja/{case.number}/"
    client.force_login(world.staff.head)
    assert "Pagu belum ditetapkan" in client.get(address).content.decode()
    enact(world, 11_000_000)
    page = client.get(address)
    assert [room.left for room in page.context["rooms"]] == [-1_000_000]
    assert "Terlampaui" in page.content.decode()
    client.force_login(world.staff.tu)
    assert client.get(address).context["rooms"] is None


def test_late_cases_with_who_has_them_and_an_office_sees_its_own(client, world, clock):
    clock.move_to(build.OPEN_DAY + dt.timedelta(days=60))
    found = {}
    for name, person in (("head", world.staff.head), ("office", world.staff.office), ("other", world.more.kesehatan)):
        client.force_login(person)
        rows = client.get("/meja/terlambat/").context["rows"]
        found[name] = {proposal.pk: (holder, row.late) for proposal, row, holder in rows}
        assert "/meja/terlambat/" in client.get("/meja/").content.decode()
    cases = world.cases
    assert cases.filed.pk in found["head"]
    holder, late = found["office"][cases.evaluated.pk]
    assert (holder, late > 0) == ("Disdik", True)
    assert cases.filed.pk not in found["office"]
    assert found["other"] == {}


def test_the_budget_team_places_no_more_than_the_year_s_envelope(client, world):
    """T10: refused with what is left; hibah of all offices, and each office's own part; a closed case gives it back."""
    team = world.staff.budget
    case = build.walk(world.cases.evaluated, world.staff, State.PERTIMBANGAN)
    limits = {"budget_year": 2027, "kind": "HIBAH", "basis": "KUA-PPAS 2027"}
    set_limit(team, office="", amount=20_000_000, **limits)
    set_limit(team, office="disdik", amount=15_000_000, **limits)
    set_limit(team, office="dinkes", amount=5_000_000, **limits)
    with pytest.raises(Refused, match="belum dapat disimpan") as refused:
        set_limit(team, office="dinkes", amount=5_000_001, **limits)
    assert refused.value.faults[0].sentence == "Pagu semua dinas Rp20.000.001 melebihi pagu hibah Rp20.000.000."
    assert [(room.label, room.placed, room.left) for room in rooms(2027)] == [
        ("Hibah", 12_000_000, 8_000_000), ("Hibah, Dinkes", 0, 5_000_000), ("Hibah, Disdik", 12_000_000, 3_000_000),
    ]  # fmt: skip
    client.force_login(team)
    page = client.get(f"/meja/{case.number}/").content.decode()
    assert "KUA-PPAS 2027" in page
    address = f"/meja/{case.number}/tindakan/TETAPKAN_BESARAN/"
    sent = {"amount": "9000000", "rise": "", "note": "", "version": case.version}
    answer = client.post(address, sent)
    assert answer.status_code == 409
    said = answer.content.decode()
    assert "Sisa pagu Hibah 2027 tinggal Rp8.000.000 dari Rp20.000.000." in said
    assert "Sisa pagu Hibah, Disdik 2027 tinggal Rp3.000.000 dari Rp15.000.000." in said
    assert 'value="9000000"' in said or "9.000.000" in said
    assert client.post(address, {**sent, "amount": "3000000"}).status_code == 302
    assert [room.left for room in rooms(2027)] == [5_000_000, 5_000_000, 0]
    case = Proposal.objects.get(pk=case.pk)
    data = {"amount": 3_000_001, "rise": "Alat lebih mahal.", "approval_number": "1", "approved_on": world.today}
    with pytest.raises(Refused) as refused:
        flow.perform(case, Action.SETUJUI, world.staff.head, data=data)
    assert [fault.field for fault in refused.value.faults] == ["amount"]
    flow.perform(case, Action.TOLAK, world.staff.head, note="Tidak mendesak.")
    assert [room.left for room in rooms(2027)] == [8_000_000, 5_000_000, 3_000_000]
    enact(world, 12_500_000)
    assert (rooms(2027)[1].basis, rooms(2027)[1].left) == ("Perda 7", 500_000)


def test_only_the_budget_team_sets_envelopes_and_every_change_is_on_record(client, world):
    client.force_login(world.staff.budget)
    sent = {"budget_year": "2027", "kind": "HIBAH", "office": "", "amount": "5 juta", "basis": "KUA-PPAS 2027"}
    assert client.post("/meja/pagu/", {**sent, "basis": ""}).status_code == 422
    for amount in ("5 juta", "13 juta"):
        assert client.post("/meja/pagu/", {**sent, "amount": amount}).status_code == 302
    page = client.get("/meja/pagu/").content.decode()
    assert "Rp13.000.000" in page
    assert "Rp5.000.000" not in page
    kept = EnvelopeLimit.objects.all()
    assert [(one.amount, audit.history(one).get().data["jumlah"]) for one in kept] == [
        (5_000_000, 5_000_000), (13_000_000, 13_000_000),
    ]  # fmt: skip
    client.force_login(world.staff.head)
    assert client.post("/meja/pagu/", sent).status_code == 404
