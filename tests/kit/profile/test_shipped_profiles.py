"""The profiles in regions/: sound, distinct, without names of persons."""

from itertools import combinations

import pytest

from kit.paths import ROOT
from kit.profile import check, load
from kit.profile.layers import province
from kit.profile.official import DATA, pilots
from kit.profile.store import stored

PROFILES = [one for one in stored() if one.path.is_relative_to(ROOT)]


def test_every_named_signer_has_a_profile() -> None:
    named = {code for code, pilot in pilots().items() if pilot.event in ("host", "confirmed", "named_once")}
    assert named | {"52.71"} == {one.code for one in PROFILES}


@pytest.mark.parametrize("one", PROFILES, ids=lambda one: one.slug)
def test_profile_is_sound(one: object) -> None:
    report = check(one.path)  # type: ignore[attr-defined]
    assert [str(fault) for fault in report.faults] == []
    assert not any(item.required for item in report.to_fill)


def test_colours_are_distinct() -> None:
    pairs = [tuple(load(one.path).as_context()["brand"]["colors"].values()) for one in PROFILES]
    assert len(set(pairs)) == len({primary for primary, _ in pairs}) == len(PROFILES)


def test_names_domains_and_addresses_are_not_mixed() -> None:
    contexts = [load(one.path).as_context() for one in PROFILES]
    for one, other in combinations(contexts, 2):
        assert one["region"]["name"] != other["region"]["name"]
        assert one["net"]["domain"] != other["net"]["domain"]
        assert not set(one["net"]["base_url"].values()) & set(other["net"]["base_url"].values())


def test_no_person_is_named_and_no_emblem_is_shipped() -> None:
    for one in PROFILES:
        context = load(one.path).as_context()
        persons = [context["officials"][post] for post in ("head", "deputy", "secretary", "pse_registrar")]
        persons += [office["head"] for office in context["offices"].values() if isinstance(office, dict)]
        assert not any(person["named"] for person in persons)
        assert context["brand"]["emblem"] is None
        assert [file.name for file in one.path.parent.iterdir()] == ["region.yml"]


def test_every_app_name_keeps_the_credit() -> None:
    context = load(next(one.path for one in PROFILES if one.code == "52.07")).as_context()
    assert context["brand"]["app_names"]["erk"]["name"] == "Pariri Kinerja"
    assert context["brand"]["credit"]["text"] == "Hasil replikasi dari Pemerintah Kota Bandung"


def test_province_is_a_province() -> None:
    context = load(next(one.path for one in PROFILES if one.code == "36")).as_context()
    assert context["terms"]["head"] == "Gubernur"
    assert context["terms"]["regulation_abbr"] == "Pergub"
    assert context["offices"]["law"]["short_name"] == "Biro Hukum"


def test_province_layers_are_read() -> None:
    assert all(province(file.stem) for file in (DATA / "layers").glob("*.yml"))
