"""What the clock does after approval, told by moving time."""

import datetime as dt

import later
import pytest
import time_machine

import build
from core import tasks
from core.models import Notification
from sabilulungan.domain import clock as work
from sabilulungan.domain import eligibility, flow
from sabilulungan.enums import Action, State
from sabilulungan.models import Proposal

pytestmark = pytest.mark.django_db


@pytest.fixture
def clock():
    with time_machine.travel(later.at(2027, 3, 20), tick=False) as moved:
        yield moved


@pytest.fixture
def paid(clock):
    ani, staff = build.user("ani"), later.LaterStaff()
    later.enact(staff)
    return later.go(later.approved(ani, staff), staff, ani, State.PELAKSANAAN)


def run(clock, year, month, day, hour=3):
    clock.move_to(later.at(year, month, day, hour))
    return tasks.run("tagih_laporan")


def test_check_10_the_first_warning_on_11_january_and_sanction_after_the_third(paid, clock):
    assert paid.due_on == dt.date(2028, 1, 10)
    clock.move_to(dt.datetime(2028, 1, 10, 16, 59, tzinfo=dt.UTC))  # 23.59 WIB on 10 January
    assert list(work.missing_reports(dt.date(2028, 1, 10))) == []
    assert run(clock, 2028, 1, 10) == "1 reminders, 0 warnings, 0 sanctions"
    assert run(clock, 2028, 1, 11) == "1 reminders, 1 warnings, 0 sanctions"
    assert list(work.missing_reports(dt.date(2028, 1, 11))) == [paid]
    assert run(clock, 2028, 1, 11) == "0 reminders, 0 warnings, 0 sanctions"
    assert run(clock, 2028, 1, 17) == "0 reminders, 0 warnings, 0 sanctions"
    assert run(clock, 2028, 1, 18) == "1 reminders, 1 warnings, 0 sanctions"
    assert run(clock, 2028, 1, 25) == "1 reminders, 1 warnings, 0 sanctions"
    assert run(clock, 2028, 1, 31) == "0 reminders, 0 warnings, 0 sanctions"
    assert run(clock, 2028, 2, 1) == "1 reminders, 0 warnings, 1 sanctions"
    assert run(clock, 2028, 2, 2) == "0 reminders, 0 warnings, 0 sanctions"
    case = Proposal.objects.get(pk=paid.pk)
    sanction = case.sanctions.get()
    assert (case.state, sanction.refund_due, sanction.barred_until) == (
        State.SANKSI, 12_000_000, dt.date(2033, 2, 1),
    )  # fmt: skip
    assert [one.sent_on for one in case.report_warnings.all()] == [
        dt.date(2028, 1, 11), dt.date(2028, 1, 18), dt.date(2028, 1, 25),
    ]  # fmt: skip


def test_reminders_go_out_60_30_and_7_days_before_and_a_missed_day_is_caught_up(paid, clock):
    assert run(clock, 2027, 11, 10) == "0 reminders, 0 warnings, 0 sanctions"
    assert run(clock, 2027, 11, 11) == "1 reminders, 0 warnings, 0 sanctions"
    assert run(clock, 2027, 12, 15) == "1 reminders, 0 warnings, 0 sanctions"  # the 30th day was 11 December
    assert run(clock, 2028, 1, 3) == "1 reminders, 0 warnings, 0 sanctions"
    told = Notification.objects.filter(event="laporan.pengingat").order_by("pk")
    assert [(one.user.username, one.subject) for one in told] == [
        ("ani", f"Laporan {paid.number} jatuh tempo 10 Jan 2028")
    ] * 3


def test_check_06_a_chair_with_an_open_report_applies_through_another_body(paid, clock):
    chair = paid.recipient.officers.get(position="KETUA")
    budi = build.user("budi")
    clock.move_to(later.at(2027, 4, 1))
    from sabilulungan.domain import submission
    from sabilulungan.domain.recipients import OfficerData

    board = (OfficerData("KETUA", chair.name, chair.nik, "+628129990007"), *build.officers()[1:])
    other = build.organisation(budi, name="Yayasan Pintu Lain", officers=board)
    draft = submission.start(other, budi, budget_year=2028, kind="HIBAH")
    assert [verdict.rule for verdict in eligibility.rule_verdicts(draft) if verdict.blocks] == ["R13"]
    clock.move_to(later.at(2028, 1, 11))
    for day in (11, 18, 25):
        run(clock, 2028, 1, day)
    run(clock, 2028, 2, 1)
    staff_finance = Proposal.objects.get(pk=paid.pk).disbursements.get().entered_by
    slip = {"sts_number": "STS/9", "paid_on": dt.date(2028, 2, 1), "amount": 12_000_000}
    flow.perform(paid, Action.CATAT_SETORAN, staff_finance, data=slip)
    ended = flow.perform(paid, Action.AKHIRI_SANKSI, staff_finance)
    assert (ended.state, ended.amount_accounted) == (State.SELESAI, 12_000_000)
    barred = next(verdict for verdict in eligibility.rule_verdicts(draft) if verdict.blocks)
    assert barred.sentence == ("Penerima ini atau salah satu pengurusnya dikenai sanksi sampai 1 Februari 2033.")


def test_a_late_report_is_taken_and_under_sanction_the_state_stays(paid, clock):
    ani = paid.recipient.registered_by
    for day in (11, 18, 25):
        run(clock, 2028, 1, day)
    run(clock, 2028, 2, 1)
    case = Proposal.objects.get(pk=paid.pk)
    later.papers(case, "LPJ", ani)
    case = flow.perform(case, Action.LAPORKAN, ani, data=later.report(case))
    assert (case.state, case.reports.get().late_days) == (State.SANKSI, 22)
    finance = case.disbursements.get().entered_by
    ended = flow.perform(case, Action.AKHIRI_SANKSI, finance)
    assert (ended.state, ended.reports.get().accepted_by) == (State.SELESAI, finance)


def test_lines_left_out_of_the_budget_are_closed_once(clock):
    ani, staff = build.user("ani"), later.LaterStaff()
    case = later.approved(ani, staff)
    clock.move_to(later.at(2027, 1, 31))
    later.enact(staff)
    assert tasks.run("tutup_tak_dianggarkan") == "0 closed"
    clock.move_to(dt.datetime(2027, 1, 31, 18, tzinfo=dt.UTC))  # 01.00 WIB on 1 February
    assert tasks.run("tutup_tak_dianggarkan") == "1 closed"
    assert tasks.run("tutup_tak_dianggarkan") == "0 closed"
    case = Proposal.objects.get(pk=case.pk)
    assert (case.state, case.steps.last().reason) == (
        State.TIDAK_DIANGGARKAN, "Tidak tercantum dalam Perda 10/2026.",
    )  # fmt: skip
