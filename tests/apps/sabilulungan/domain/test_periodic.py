"""Work of the clock: late by the region's day, once, whatever is run again."""

import datetime as dt

import pytest
import time_machine

import build
from core import tasks
from core.errors import NotAllowed
from regions import without_clerk
from sabilulungan.domain import flow
from sabilulungan.enums import Action, State
from sabilulungan.models import Proposal

pytestmark = pytest.mark.django_db


def test_overdue_repairs_are_closed_once():
    with time_machine.travel(build.OPEN_DAY, tick=False) as clock:
        ani = build.user("ani")
        staff = build.Staff()
        proposal = build.send(build.draft(build.organisation(ani), ani), ani)
        flow.perform(proposal, Action.KEMBALIKAN, staff.tu, data={"items": [("DOMISILI", "Buram.")]})
        clock.move_to(dt.datetime(2026, 3, 24, 16, 59, tzinfo=dt.UTC))  # the last minute of the due day in WIB
        assert tasks.run("tutup_perbaikan") == "0 closed"
        clock.move_to(dt.datetime(2026, 3, 24, 18, 30, tzinfo=dt.UTC))
        assert tasks.run("tutup_perbaikan") == "1 closed"
        assert tasks.run("tutup_perbaikan") == "0 closed"
    proposal = Proposal.objects.get()
    assert (proposal.state, proposal.steps.last().role) == (State.KEDALUWARSA, "SISTEM")


def lying(region_data=None):
    """Return a case that waits for the head's disposition until 12 March, under today's rules or those of a region."""
    if region_data:
        region_data(grants=without_clerk())
    ani, staff = build.user("ani"), build.Staff()
    return build.walk(build.send(build.draft(build.organisation(ani), ani), ani), staff, State.DISPOSISI), staff


def test_what_the_head_leaves_lying_is_passed_on_and_routed_by_its_field_where_the_region_allows_it(region_data):
    """T05 and T06 by the system, in its own name; what an office sends back waits for people."""
    with time_machine.travel(build.OPEN_DAY, tick=False) as clock:
        case, staff = lying(region_data)
        clock.move_to(dt.datetime(2026, 3, 12, 16, 59, tzinfo=dt.UTC))  # the last minute of the due day in WIB
        assert tasks.run("teruskan_disposisi") == "0 passed on"
        clock.move_to(dt.datetime(2026, 3, 12, 18, 30, tzinfo=dt.UTC))
        assert [tasks.run("teruskan_disposisi") for _ in range(2)] == ["1 passed on", "0 passed on"]
        case = Proposal.objects.get(pk=case.pk)
        assert (case.state, case.office) == (State.EVALUASI, "disdik")
        assert [(step.transition, step.role, step.reason) for step in case.steps.all()][-2:] == [
            ("T05", "SISTEM", "Diteruskan sistem karena batas disposisi, Kamis, 12 Maret 2026, sudah lewat."),
            ("T06", "SISTEM", "Dipilah sistem menurut bidang yang dipilih pemohon."),
        ]
        back = flow.perform(case, Action.SALAH_BIDANG, staff.office, note="Ini bidang kesehatan.")
        assert back.state == State.KLASIFIKASI
        sorted_by_people = flow.perform(back, Action.KLASIFIKASIKAN, staff.sorter, data={"field": 7, "nature": "FISIK"})
        assert (sorted_by_people.state, sorted_by_people.office) == (State.EVALUASI, "dinkes")


def test_elsewhere_it_stays_on_the_head_s_desk():
    with time_machine.travel(build.OPEN_DAY, tick=False) as clock:
        case, _ = lying()
        clock.move_to(dt.datetime(2026, 4, 12, 18, 30, tzinfo=dt.UTC))
        assert tasks.run("teruskan_disposisi") == "0 passed on"
        with pytest.raises(NotAllowed):
            flow.perform(case, Action.TERUSKAN, None)
    assert Proposal.objects.get(pk=case.pk).state == State.DISPOSISI
