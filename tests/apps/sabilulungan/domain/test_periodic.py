"""Work of the clock: late by the region's day, once, whatever is run again."""

import datetime as dt

import pytest
import time_machine

import build
from core import tasks
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
