"""Periodic commands run once per slot, in the region's time."""

import datetime as dt

import pytest
from django.core.management import CommandError, call_command

from core import tasks
from core.models import PeriodicRun

pytestmark = pytest.mark.django_db
EARLY = dt.datetime(2026, 11, 23, 17, 30, tzinfo=dt.UTC)  # 24 November, 00.30 WIB
LATE = dt.datetime(2026, 11, 23, 19, 0, tzinfo=dt.UTC)  # 24 November, 02.00 WIB


@pytest.fixture
def jobs(monkeypatch):
    monkeypatch.setattr(tasks, "_REGISTER", {})
    monkeypatch.setattr(tasks, "registered", lambda: dict(tasks._REGISTER))
    days = []

    @tasks.periodic("harian", hour=1)
    def daily(day):
        days.append(day)
        return "selesai"

    return days


def names(moment):
    return [job.name for job in tasks.due(moment)]


def test_a_daily_command_waits_for_its_hour_and_runs_once(jobs):
    assert names(EARLY) == []
    assert names(LATE) == ["harian"]
    assert tasks.run("harian", LATE) == "selesai"
    assert jobs == [dt.date(2026, 11, 24)]
    assert names(LATE) == []
    assert names(LATE + dt.timedelta(days=1)) == ["harian"]


def test_a_failing_command_stays_due_and_does_not_stop_the_others(jobs, capsys):
    @tasks.periodic("awal", every=tasks.HOURLY)
    def broken(day):
        raise RuntimeError("rusak")

    with pytest.raises(CommandError, match="Failed: awal"):
        call_command("periodic", "awal", "harian")
    assert PeriodicRun.objects.get(name="harian").result == "selesai"
    assert "awal" in names(dt.datetime.now(dt.UTC))


def test_an_unknown_name_is_answered_with_the_known_ones(jobs):
    with pytest.raises(CommandError, match="No periodic command besok; there are: harian"):
        call_command("periodic", "besok")


def test_a_command_of_the_minute_runs_once_a_minute(jobs):
    @tasks.periodic("tiap_menit", every=tasks.MINUTELY)
    def often(day):
        return "lagi"

    moment = dt.datetime(2026, 11, 24, 3, 0, 20, tzinfo=dt.UTC)
    tasks.run("tiap_menit", moment)
    assert "tiap_menit" not in names(moment + dt.timedelta(seconds=30))
    assert "tiap_menit" in names(moment + dt.timedelta(seconds=40))
    with pytest.raises(ValueError, match="minutely"):
        tasks.periodic("x", every="yearly")
