"""The whole path of a proposal, in Bandung's seven steps and in a region with six."""

import datetime as dt

import pytest
import time_machine

import build
from core import audit
from core.models import Notification
from regions import six_steps
from sabilulungan.domain import flow, rulebook
from sabilulungan.domain.letters import seats
from sabilulungan.enums import Role, State
from sabilulungan.models import Proposal

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _in_march():
    with time_machine.travel(build.OPEN_DAY, tick=False):
        yield


def test_seven_steps_from_draft_to_approval():
    applicant = build.user("ani")
    proposal = build.draft(build.organisation(applicant), applicant)
    proposal = build.send(proposal, applicant)
    assert proposal.number == "3273-2027-H-00001"
    assert proposal.due_on == dt.date(2026, 3, 17)
    staff = build.Staff()
    proposal = build.walk(proposal, staff, State.DISETUJUI)
    assert [step.transition for step in proposal.steps.all()] == [
        "T01",
        "T02",
        "T05",
        "T06",
        "T07",
        "T09",
        "T10",
        "T12",
    ]
    assert (proposal.amount_asked, proposal.amount_opd, proposal.amount_approved) == (
        20_000_000,
        12_000_000,
        12_000_000,
    )
    assert proposal.due_on is None
    entries = audit.history(proposal)
    assert [entry.data.get("transition", entry.data.get("dokumen")) for entry in entries] == [
        "T00",
        "T01",
        "T02",
        "T05",
        "T06",
        "T07",
        *seats.ORDER,
        "T09",
        "T10",
        "T12",
    ]
    assert [entry.role for entry in entries][-1] == Role.KDH
    assert audit.verify() == []


def test_the_applicant_hears_of_every_step():
    applicant = build.user("ani")
    proposal = build.send(build.draft(build.organisation(applicant), applicant), applicant)
    build.walk(proposal, build.Staff(), State.DISETUJUI)
    told = list(Notification.objects.order_by("pk").values_list("user__username", "event"))
    assert told == [("ani", f"usulan.{code}") for code in ("T01", "T02", "T05", "T06", "T07", "T09", "T10", "T12")]
    assert Notification.objects.latest("pk").body.startswith("Usulan Anda disetujui sebesar Rp12.000.000.")


def test_six_steps_without_a_team(region_data):
    region_data(grants=six_steps())
    applicant = build.user("ani")
    with time_machine.travel(dt.datetime(2026, 2, 20, 3, tzinfo=dt.UTC), tick=False):
        proposal = build.send(build.draft(build.organisation(applicant), applicant), applicant)
        staff = build.Staff()
        staff.sorter = build.user("tata-dua", Role.TU)
        proposal = build.walk(proposal, staff, State.DISETUJUI)
    assert [step.transition for step in proposal.steps.all()] == ["T01", "T02", "T05", "T06", "T07", "T10", "T12"]
    assert proposal.amount_tp is None


def test_a_case_keeps_the_rules_it_was_filed_under(region_data):
    applicant = build.user("ani")
    proposal = build.send(build.draft(build.organisation(applicant), applicant), applicant)
    region_data(grants=six_steps())
    proposal = Proposal.objects.select_related("profile").get(pk=proposal.pk)
    assert rulebook.profile_of(proposal).step("PERIKSA_TP").on
    assert not rulebook.current().step("PERIKSA_TP").on
    assert build.walk(proposal, build.Staff(), State.VERIFIKASI_TP).state == State.VERIFIKASI_TP


def test_check_13_a_changed_log_row_breaks_the_chain():
    from django.db import connection

    from core import audit_triggers
    from core.models import AuditEntry

    applicant = build.user("ani")
    proposal = build.send(build.draft(build.organisation(applicant), applicant), applicant)
    assert audit.verify() == []
    audit_triggers.remove(connection)
    AuditEntry.objects.filter(object_id=str(proposal.pk), action="AJUKAN").update(note="diubah")
    audit_triggers.install(connection)
    assert [found.sentence for found in audit.verify()] == [
        f"Isi baris {audit.history(proposal).last().seq} tidak sesuai dengan segelnya."
    ]


def test_available_offers_only_what_is_allowed():
    applicant = build.user("ani")
    proposal = build.send(build.draft(build.organisation(applicant), applicant), applicant)
    staff = build.Staff()
    offered = {name: [row.code for row in flow.available(proposal, getattr(staff, name))] for name in vars(staff)}
    nobody = {name: [] for name in ("head", "sorter", "office", "chief", "team", "budget")}
    assert offered == {"tu": ["T02", "T03"], **nobody}
    assert [row.code for row in flow.available(proposal, applicant)] == ["T25"]
