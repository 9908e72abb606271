"""The order of steps in two regions."""

import pytest

from helpers import bandung, profile, six_steps
from sabilulungan.enums import Role, Stage, State
from sabilulungan.rules import flow
from sabilulungan.rules.profile import Profile, ProfileError


def test_bandung_has_seven_classic_steps_and_five_later():
    assert len(flow.stages(profile())) == 12
    path = [flow.state_after(profile(), stage) for stage in flow.stages(profile())]
    assert path == [
        State.DISPOSISI,
        State.KLASIFIKASI,
        State.EVALUASI,
        State.VERIFIKASI_TP,
        State.PERTIMBANGAN,
        State.PERSETUJUAN,
        State.DISETUJUI,
        State.DIANGGARKAN,
        State.DITETAPKAN,
        State.PERJANJIAN,
        State.PELAKSANAAN,
        State.SELESAI,
    ]


def test_a_region_without_a_team_skips_its_step():
    rules = six_steps()
    assert len(flow.stages(rules)) == 11
    assert flow.state_after(rules, Stage.EVALUASI) == State.PERTIMBANGAN
    assert flow.state_before(rules, Stage.PERIKSA_TAPD) == State.EVALUASI
    assert flow.owner(rules, Stage.KLASIFIKASI) == Role.TU


def test_position_on_the_path():
    assert flow.position(profile(), Stage.EVALUASI) == 3
    assert flow.position(profile(), "") == 0
    assert flow.position(six_steps(), Stage.PERIKSA_TAPD) == 4


@pytest.mark.parametrize("key", sorted(bandung()))
def test_a_profile_that_lacks_a_key_is_named(key):
    values = bandung()
    del values[key]
    with pytest.raises(ProfileError, match=key):
        Profile.read(values)


def test_an_unknown_step_is_named():
    with pytest.raises(ProfileError, match="TIDUR"):
        profile(steps=[{"code": "TIDUR", "on": True, "owner": "TU", "days": 1, "label": ""}])
