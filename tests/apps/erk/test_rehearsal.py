"""The story `kit verify` plays on the live database."""

import pytest
import rehearsing
import time_machine


@pytest.mark.django_db
@pytest.mark.parametrize("moment", rehearsing.MOMENTS)
def test_the_story_goes_well_at_any_time_and_leaves_nothing(moment):
    with time_machine.travel(moment):
        outcome = rehearsing.played()
    assert outcome["fault"] == ""
    assert len(outcome["steps"]) == 5


@pytest.mark.django_db
def test_the_story_goes_well_where_approvers_need_a_second_step(settings):
    settings.DEMO_MODE = False
    outcome = rehearsing.played()
    assert (outcome["fault"], len(outcome["steps"])) == ("", 5)
