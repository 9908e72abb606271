"""Layers and the plain data a renderer gets."""

import json
from pathlib import Path

import pytest

from kit.profile import ProfileError, check, from_values, load, sample
from kit.profile.layers import layered, merge
from kit.profile.model import NAME_BLANK
from tests.kit.profile.bad_profiles import BASE

SECTIONS = "region terms officials offices brand doc locale calendar budget privacy registration support net apps auth"


def test_merge_joins_maps_and_replaces_the_rest() -> None:
    base = {"a": {"b": 1, "c": [1, 2]}, "d": 1}
    assert merge(base, {"a": {"c": [3]}, "e": 2}) == {"a": {"b": 1, "c": [3]}, "d": 1, "e": 2}
    assert merge(base, {"a": None, "d": None}) == {"a": {"b": 1, "c": [1, 2]}, "d": None}
    assert base == {"a": {"b": 1, "c": [1, 2]}, "d": 1}


def test_a_part_of_a_section_is_laid_on_the_national_default() -> None:
    data = layered(
        sample(
            "52.71",
            {"grants": {"window": {"opens": "02-01"}}, "calendar": {"hours": {"friday": {"work": "07.30-11.30"}}}},
        )
    )
    assert data["grants"]["window"] == {"opens": "02-01", "closes": "02-31"}
    assert data["calendar"]["hours"]["monday"] == {"work": "07.30-16.00", "rest": "12.00-13.00"}
    assert data["calendar"]["hours"]["friday"]["work"] == "07.30-11.30"


def test_the_region_wins_over_province_and_code() -> None:
    own = {
        "budget": {"bank_rkud": {"bank": "Bank Lain"}},
        "offices": {"it": {"name": "Dinas Siber", "short_name": "Disiber"}},
    }
    data = from_values(sample("52.71", own)).data
    assert data.budget.bank_rkud.bank == "Bank Lain"
    assert data.offices.it.head_post == "Kepala Dinas Siber"
    assert data.offices.inspectorate.head_post == "Inspektur Daerah"


def test_context_is_plain_and_complete() -> None:
    context = from_values(sample("52.71")).as_context()
    assert json.loads(json.dumps(context)) == context
    assert {*SECTIONS.split(), "sign", "data"} <= set(context)
    assert {"grants", "licences", "performance"} <= set(context)


def test_addresses_end_with_a_slash() -> None:
    context = from_values(sample("52.71", {"net": {"base_url": {"erk": "https://subang.go.id/erk"}}})).as_context()
    assert context["net"]["base_url"] == {
        "sabilulungan": "https://sabilulungan.r5271.example/",
        "hayu": "https://hayu.r5271.example/",
        "erk": "https://subang.go.id/erk/",
    }


def test_a_named_person_is_printed() -> None:
    head = {"front_title": "Dr. H.", "name": "Nama Lengkap", "back_title": "S.H.", "status": "Plt"}
    officials = from_values(sample("52.71", {"officials": {"head": head}})).as_context()["officials"]
    assert officials["head"] == {**head, "since": None, "until": None, "named": True}
    assert (officials["deputy"]["name"], officials["deputy"]["named"]) == (NAME_BLANK, False)


def test_own_holidays_stand_between_the_national_ones() -> None:
    profile = from_values(sample("52.71", {"calendar": {"holidays": [{"date": "2026-08-31", "name": "HUT Kota"}]}}))
    days = profile.holidays()
    assert days == sorted(days, key=lambda day: day.date)
    assert [(day.kind, day.name) for day in days if day.date == "2026-08-31"] == [("region", "HUT Kota")]


def test_load_raises_with_every_fault(tmp_path: Path) -> None:
    path = tmp_path / "region.yml"
    path.write_text(BASE.replace('"52.71"', "52.71").replace('"83116"', "83116"))
    with pytest.raises(ProfileError) as caught:
        load(path)
    assert caught.value.faults == check(path).faults
    assert str(caught.value).startswith("the profile has 2 faults:\n")
    assert caught.value.exit_code == 1


def test_values_that_do_not_fit_are_refused() -> None:
    with pytest.raises(ProfileError) as caught:
        from_values(sample("52.71", {"locale": {"timezone": "Asia/Jakarta"}, "backup": {"keep": "30"}}))
    assert [fault.path for fault in caught.value.faults] == ["backup.keep", "locale.timezone"]


def test_two_loads_are_equal(tmp_path: Path) -> None:
    (tmp_path / "region.yml").write_text(BASE)
    assert load(tmp_path) == load(tmp_path / "region.yml")
