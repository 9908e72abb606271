"""The story `kit verify` plays on the live database."""

import json
import time

import pytest
import rehearsing
import time_machine
from django.core.management import call_command


@pytest.mark.django_db
@pytest.mark.parametrize("moment", rehearsing.MOMENTS)
def test_the_story_goes_well_at_any_time_and_leaves_nothing(moment):
    with time_machine.travel(moment):
        outcome = rehearsing.played()
    assert outcome["fault"] == ""
    assert len(outcome["steps"]) == 6


@pytest.mark.django_db
def test_the_story_goes_well_where_signers_need_a_second_step(settings):
    settings.DEMO_MODE = False
    outcome = rehearsing.played()
    assert (outcome["fault"], len(outcome["steps"])) == ("", 6)


@pytest.mark.django_db
def test_a_broken_step_is_told_and_leaves_nothing(monkeypatch):
    def fail(report):
        raise RuntimeError("no paper")

    monkeypatch.setattr("hayu.domain.receipts.pdf", fail)
    outcome = rehearsing.played()
    assert outcome["fault"] == "RuntimeError: no paper"
    assert outcome["steps"] == [
        "A citizen signs in.",
        "The citizen sends a business report and gets a number.",
    ]


@pytest.mark.django_db
def test_the_examination_says_what_only_the_app_knows(capsys):
    call_command("examine", "--rehearse")
    found = json.loads(capsys.readouterr().out)
    assert found["migrations"] == []
    assert found["audit"] == {"rows": 0, "breaks": []}
    assert found["outbox"] == {"waiting": 0, "oldest_minutes": 0, "failed": 0}
    assert found["rehearsal"]["fault"] == ""


@pytest.mark.django_db
def test_a_step_that_hangs_is_broken_off(monkeypatch):
    monkeypatch.setattr("core.rehearsal._MOST_SECONDS", 1)
    monkeypatch.setattr("hayu.domain.receipts.pdf", lambda report: time.sleep(30))
    assert "ended after 1 s" in rehearsing.played()["fault"]
