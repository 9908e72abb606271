"""Work that is not finished on 10 January: a report then, the final one within a month after its end (section 8)."""

import copy
import datetime as dt

import later
import pytest
import time_machine

import build
from core.errors import Refused
from sabilulungan.domain import clock, flow
from sabilulungan.domain.queries import public
from sabilulungan.enums import Action, ReportCheck, State
from sabilulungan.models import Proposal
from sabilulungan.rules.after import AfterApproval

pytestmark = pytest.mark.django_db
CHECKS = {"checks": dict.fromkeys(ReportCheck.values, True)}


@pytest.fixture
def moved():
    with time_machine.travel(later.at(2027, 3, 20), tick=False) as travel:
        yield travel


@pytest.fixture(scope="module")
def _made(rows_of_file):
    with time_machine.travel(later.at(2027, 3, 20), tick=False):
        ani, staff = build.user("ani"), later.LaterStaff()
        later.enact(staff)
        case = later.go(later.approved(ani, staff), staff, ani, State.PELAKSANAAN)
        later.papers(case, "LPJ", ani)
        return case, ani, staff


@pytest.fixture
def paid(_made, moved):
    return copy.deepcopy(_made)


def report(case, ani, used, **more):
    return flow.perform(case, Action.LAPORKAN, ani, version=case.version, data={**later.report(case, used), **more})


def test_the_report_of_january_and_the_final_one_a_month_after_the_work(paid, moved):
    case, ani, staff = paid
    moved.move_to(later.at(2028, 1, 3))
    assert clock.chase_reports(dt.date(2028, 1, 3)) == {"reminders": 1, "warnings": 0, "sanctions": 0}
    case = report(case, ani, 8_000_000, unfinished_until=dt.date(2028, 4, 15))
    case = flow.perform(case, Action.TERIMA_LAPORAN, staff.finance, data=CHECKS)  # what is left need not be paid back
    case = Proposal.objects.get(pk=case.pk)
    assert (case.state, case.due_on, case.amount_accounted) == (State.PELAKSANAAN, dt.date(2028, 5, 15), None)
    shown = public.case(case)
    assert shown.events[-1].what == "Laporan sementara diterima, pekerjaan berlanjut"
    assert (shown.row.report_due, shown.row.report_status) == (dt.date(2028, 5, 15), "ditunggu")
    moved.move_to(later.at(2028, 2, 10))
    assert clock.chase_reports(dt.date(2028, 2, 10)) == {"reminders": 0, "warnings": 0, "sanctions": 0}
    moved.move_to(later.at(2028, 5, 8))
    assert clock.chase_reports(dt.date(2028, 5, 8)) == {"reminders": 1, "warnings": 0, "sanctions": 0}
    moved.move_to(later.at(2028, 5, 16))
    assert clock.chase_reports(dt.date(2028, 5, 16))["warnings"] == 1
    case = report(Proposal.objects.get(pk=case.pk), ani, 12_000_000)
    assert case.reports.last().late_days == 1
    case = flow.perform(case, Action.TERIMA_LAPORAN, staff.finance, data=CHECKS)
    assert (case.state, case.amount_accounted) == (State.SELESAI, 12_000_000)


def test_the_final_report_is_still_held_to_the_last_rupiah_and_a_return_shortens_nothing(paid, moved):
    case, ani, staff = paid
    moved.move_to(later.at(2028, 1, 5))
    case = report(case, ani, 8_000_000, unfinished_until=dt.date(2028, 4, 15))
    case = flow.perform(case, Action.TERIMA_LAPORAN, staff.finance, data=CHECKS)
    case = report(Proposal.objects.get(pk=case.pk), ani, 9_000_000)
    with pytest.raises(Refused) as refused:
        flow.perform(case, Action.TERIMA_LAPORAN, staff.finance, data=CHECKS)
    assert [fault.sentence[:18] for fault in refused.value.faults] == ["Sisa Rp3.000.000 b"]
    case = flow.perform(case, Action.KEMBALIKAN_LAPORAN, staff.finance, note="Foto belum ada.")
    assert (case.state, case.due_on) == (State.LPJ_PERBAIKAN, dt.date(2028, 5, 15))


@pytest.mark.parametrize("day", [dt.date(2028, 1, 5), dt.date(2029, 1, 5)])
def test_a_day_that_is_past_or_too_far_is_refused(paid, moved, day):
    case, ani, _ = paid
    moved.move_to(later.at(2028, 1, 5))
    with pytest.raises(Refused) as refused:
        report(case, ani, 8_000_000, unfinished_until=day)
    assert [fault.field for fault in refused.value.faults] == ["unfinished_until"]


@pytest.mark.parametrize(
    ("finished", "due"),
    [((2028, 4, 15), (2028, 5, 15)), ((2028, 1, 31), (2028, 2, 29)), ((2028, 12, 20), (2029, 1, 20))],
)
def test_one_month_after_the_end(finished, due):
    assert AfterApproval.final_report_day(None, dt.date(*finished)) == dt.date(*due)
