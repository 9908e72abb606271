"""The clock: sampling, late corrections, yearly reminder, old data; each may run twice."""

import datetime as dt

import pytest
import time_machine
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from build import World, registered
from core import audit, dates, tasks
from core.models import Notification
from hayu.domain import clock
from hayu.domain.machine import machine
from hayu.enums import Action, SampleRule, State
from hayu.models import Report
from hayu.rules.sampling import chance


def day_after(days: int) -> dt.date:
    return dates.today() + dt.timedelta(days=days)


def test_registered_commands():
    assert {"bekukan_lewat_batas", "pilih_sampel", "ingatkan_tahunan", "tandai_data_usang"} <= set(tasks.registered())


def test_sampling_draws_each_report_once_and_can_be_repeated(world):
    reports = [registered(world.owner, capital=1_000_000) for _ in range(40)]
    assert clock.draw_samples(dates.today()) == (0, 0)  # only reports of the days before
    with time_machine.travel(dates.at(day_after(1), dt.time(2)), tick=False):
        drawn, chosen = clock.draw_samples(dates.today())
        assert clock.draw_samples(dates.today()) == (0, 0)
        expected = {report.pk for report in reports if chance(dates.today(), report.code) < 100_000}
    picked = Report.objects.filter(state=State.DIJADWALKAN_PERIKSA)
    assert (drawn, chosen) == (40, len(expected))
    assert {row.pk for row in picked} == expected


def test_sampling_is_in_the_log(world):
    report = registered(world.owner, capital=450_000_000)
    with time_machine.travel(dates.at(day_after(1), dt.time(2)), tick=False):
        clock.draw_samples(dates.today())
        today = dates.today()
    entry = audit.history(report).last()
    assert (entry.action, entry.role, entry.actor) == ("pilih_sampel", "SISTEM", None)
    assert entry.data == {
        "transition": "L03",
        "rule": "DEKAT_BATAS",
        "hari": today.isoformat(),
        "peluang_per_juta": chance(today, report.code),
        "persen": 10,
        "aturan": "DEKAT_BATAS",
    }


def test_split_business_is_inspected(world):
    registered(world.owner, capital=300_000_000)
    registered(world.owner, capital=299_000_000)
    with time_machine.travel(dates.at(day_after(1), dt.time(2)), tick=False):
        assert clock.draw_samples(dates.today()) == (2, 2)
    assert set(Report.objects.values_list("sample_rule", flat=True)) == {SampleRule.TERPECAH}


def test_late_correction_freezes_the_day_after(world):
    report = world.report(State.PERLU_PEMBETULAN)
    with time_machine.travel(dates.at(report.fix_by, dt.time(23, 59)), tick=False):
        assert clock.freeze_overdue(dates.today()) == 0
    with time_machine.travel(dates.at(report.fix_by + dt.timedelta(days=1), dt.time(0, 1)), tick=False):
        assert clock.freeze_overdue(dates.today()) == 1
        assert clock.freeze_overdue(dates.today()) == 0
    report.refresh_from_db()
    assert (report.state, report.warnings, report.fix_by) == (State.DIBEKUKAN, 2, None)
    assert Notification.objects.filter(user=world.owner, event="lapor.dibekukan").count() == 1


def test_deadlines_are_working_days_of_the_region(world):
    """Sent for correction on Tuesday 22 December 2026; 24 to 26 December are holiday, leave and weekend."""
    with time_machine.travel(dt.datetime(2026, 12, 22, 3, tzinfo=dt.UTC), tick=False):
        report = world.report(State.PERLU_PEMBETULAN)
    from core.calendar import calendar

    days = calendar().working_days(dt.date(2026, 12, 23), report.fix_by)
    assert len(days) == 14
    assert days[-1] == report.fix_by


def test_reminder_each_january_once(world):
    report = world.report()
    for month, expected in ((12, 0), (1, 1)):
        year = dates.today().year + (month == 1)
        with time_machine.travel(dates.at(dt.date(year, month, 15), dt.time(7)), tick=False):
            assert clock.remind(dates.today()) == expected
            assert clock.remind(dates.today()) == 0
    report.refresh_from_db()
    assert report.reminded_year == dates.today().year + 1
    assert Notification.objects.filter(event="lapor.ingatkan").count() == 1


def test_confirmed_this_year_is_not_reminded(world):
    report = world.report()
    january = dt.date(dates.today().year + 1, 1, 3)
    with time_machine.travel(dates.at(january, dt.time(8)), tick=False):
        machine.perform(report.pk, Action.PERBARUI, world.owner, data={"capital": 1_000_000})
        assert clock.remind(dates.today()) == 0


def test_old_data_are_marked_not_revoked(world):
    report = world.report()
    almost = report.confirmed_on.replace(year=report.confirmed_on.year + 2) - dt.timedelta(days=1)
    with time_machine.travel(dates.at(almost, dt.time(3)), tick=False):
        assert clock.mark_stale(dates.today()) == 0
    with time_machine.travel(dates.at(almost + dt.timedelta(days=1), dt.time(3)), tick=False):
        assert clock.mark_stale(dates.today()) == 1
        assert clock.mark_stale(dates.today()) == 0
    report.refresh_from_db()
    assert report.state == State.TERDAFTAR
    assert report.stale_since == almost + dt.timedelta(days=1)


def test_the_day_is_the_regions(world, sumbawa_barat):
    """23.30 WITA is 15.30 UTC: still the same day; half an hour later it is the next."""
    world.owner.forget_roles()
    report = world.report(State.PERLU_PEMBETULAN)
    late = dt.datetime.combine(report.fix_by, dt.time(15, 30), dt.UTC)
    with time_machine.travel(late, tick=False):
        assert clock.freeze_overdue(dates.today()) == 0
    with time_machine.travel(late + dt.timedelta(hours=1), tick=False):
        assert clock.freeze_overdue(dates.today()) == 1


def test_commands_run_once_per_slot(world):
    world.report(State.PERLU_PEMBETULAN)
    moment = dates.at(day_after(60), dt.time(5))
    with time_machine.travel(moment, tick=False):
        assert tasks.run("bekukan_lewat_batas") == "1 frozen"
        assert "bekukan_lewat_batas" not in [job.name for job in tasks.due()]
        assert tasks.run("bekukan_lewat_batas") == "0 frozen"


class AnyOrder(TestCase):
    """Property: whatever the clock does in whatever order, twice is once, and each report stays in the table."""

    @settings(max_examples=8, deadline=None)
    @given(st.lists(st.tuples(st.sampled_from(["freeze", "draw", "remind", "stale"]), st.integers(0, 900)), max_size=6))
    def test_idempotent(self, runs):
        world = World()
        for state in (State.TERDAFTAR, State.PERLU_PEMBETULAN):
            world.report(state)
        jobs = {
            "freeze": clock.freeze_overdue, "draw": clock.draw_samples, "remind": clock.remind,
            "stale": clock.mark_stale,
        }  # fmt: skip
        for name, days in sorted(runs, key=lambda run: run[1]):
            with time_machine.travel(dates.at(dates.today() + dt.timedelta(days=days), dt.time(4)), tick=False):
                jobs[name](dates.today())
                before = list(Report.objects.order_by("pk").values_list("state", "version", "warnings"))
                jobs[name](dates.today())
                assert list(Report.objects.order_by("pk").values_list("state", "version", "warnings")) == before


pytestmark = pytest.mark.django_db
