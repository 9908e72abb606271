"""The database refuses states without their columns."""

import datetime as dt

import pytest
from django.db import IntegrityError, transaction

from core import dates
from hayu.enums import State
from hayu.models import Inspection, Report


def refused(**columns):
    with pytest.raises(IntegrityError), transaction.atomic():
        Report.objects.update(**columns)


@pytest.mark.parametrize(
    "state", [State.DIJADWALKAN_PERIKSA, State.PERLU_PEMBETULAN, State.DIBEKUKAN, State.DICABUT, "LAIN"]
)
def test_state_without_its_column(world, state):
    world.report()
    refused(state=state)


@pytest.mark.parametrize(
    "columns",
    [
        {"number": None},
        {"code": None},
        {"registered_at": None},
        {"inspect_by": dt.date(2026, 1, 1)},
        {"fix_by": dt.date(2026, 1, 1)},
        {"frozen_at": dates.now()},
        {"ended_on": dt.date(2026, 1, 1)},
        {"nik_token": ""},
        {"address": ""},
        {"capital": None},
        {"capital": -1},
        {"latitude": 1},
        {"applicant": None},
        {"consent": "ya"},
    ],
)
def test_registered_report_keeps_its_columns(world, columns):
    world.report()
    refused(**columns)


def test_draft_has_no_number(world):
    world.report(State.DRAF)
    refused(number="1")


def test_twin_is_refused_by_the_database_too(world):
    first, second = world.report(address="Jl. Dago 1"), world.report(address="Jl. Dago 2")
    with pytest.raises(IntegrityError), transaction.atomic():
        Report.objects.filter(pk=second.pk).update(address_key=first.address_key)


def test_inspection_and_its_outcome(world):
    world.report(State.PERLU_PEMBETULAN)
    for columns in ({"fix_by": None}, {"outcome": "SESUAI"}, {"findings": []}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Inspection.objects.update(**columns)
