"""The story `kit verify` plays on the live database."""

import pytest
import rehearsing
import time_machine

from core import region
from helpers import bandung
from regions import six_steps


@pytest.mark.django_db
@pytest.mark.parametrize("moment", rehearsing.MOMENTS)
def test_the_story_goes_well_at_any_time_and_leaves_nothing(moment):
    with time_machine.travel(moment):
        outcome = rehearsing.played()
    assert outcome["fault"] == ""
    assert len(outcome["steps"]) == 9
    assert outcome["steps"][5] == (
        "KEPALA_OPD, CAMAT, LURAH and KETUA_TP sign in and file the recommendation they signed."
    )


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("kind", "grants", "signed"),
    [
        ("kabupaten", six_steps(), ["KEPALA_OPD, CAMAT and LURAH sign in and file the recommendation they signed."]),
        ("provinsi", {**bandung(), "recommendation_signers": ["KEPALA_OPD"]},
         ["KEPALA_OPD sign in and file the recommendation they signed."]),
        ("provinsi", {**bandung(), "recommendation_signers": []}, []),
    ],
)  # fmt: skip
def test_the_story_goes_well_where_others_sign(region_data, kind, grants, signed):
    region_data(grants=grants, region={**region.plain(region.region().region), "kind": kind})
    with time_machine.travel(rehearsing.MOMENTS[0]):
        outcome = rehearsing.played()
    assert outcome["fault"] == ""
    assert [step for step in outcome["steps"] if "sign in" in step] == signed
