"""What is made of the schema fits the schema."""

import json
from typing import Any

import jsonschema
import pytest

from kit.paths import ROOT
from kit.profile import check, load, nodes, reference, sample
from kit.profile.checking import fill_keys
from kit.profile.layers import layered
from kit.profile.reference import Part, parts
from kit.profile.schema.root import ProfileData
from kit.profile.store import stored
from kit.profile.validate import validate

FIELDS = [(part, name) for part in (Part("", "", ProfileData, False), *parts()) for name in part.section.model_fields]


@pytest.mark.parametrize("path", reference.made(), ids=lambda path: path.name)
def test_made_files_are_current(path: Any) -> None:
    hint = "run: python -m kit.profile.reference"
    assert path.read_text(encoding="utf-8") == reference.made()[path], hint


def test_a_stale_file_is_named(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setattr(reference, "made", lambda: {ROOT / "docs" / "profile.md": "other"})
    assert reference.main(["--check"]) == 1
    assert capsys.readouterr().out == "differs: docs/profile.md\n"


@pytest.mark.parametrize(("part", "name"), FIELDS, ids=lambda value: getattr(value, "path", value) or "profile")
def test_every_field_says_what_it_is(part: Part, name: str) -> None:
    info = part.section.model_fields[name]
    assert info.description
    assert info.examples
    assert set(reference.notes(info)["used"]) <= set("SHEDIU")


DIRECT = [(part, name) for part, name in FIELDS if not part.listed and part.path]


@pytest.mark.parametrize(("part", "name"), DIRECT, ids=lambda value: getattr(value, "path", value))
def test_every_example_is_accepted(part: Part, name: str) -> None:
    path = (*part.path.split("."), name)
    value = part.section.model_fields[name].examples[0]
    for step in reversed(path):
        value = {step: value}
    own = sample("52.07", value)
    _, faults = validate(layered(own), nodes.Tree(data=own), "example")
    wrong = [fault for loc, fault in faults if loc[: len(path)] == path]
    assert [str(fault) for fault in wrong if fault.found != "nothing"] == []  # an item of a list may be an excerpt


def test_the_example_is_a_sound_profile() -> None:
    profile = load(ROOT / "docs" / "profile.example.yml")
    assert profile.code == "52.07"


def test_the_example_names_every_key() -> None:
    text = (ROOT / "docs" / "profile.example.yml").read_text(encoding="utf-8")
    for part, name in FIELDS:
        if not part.listed:
            assert f"{name}:" in text


def test_editor_schema_accepts_every_profile_and_refuses_a_misspelt_key() -> None:
    schema = json.loads((ROOT / "docs" / "profile.schema.json").read_text(encoding="utf-8"))
    validator = jsonschema.Draft202012Validator(schema)
    for one in stored():
        data = nodes.parse(one.path.read_text(encoding="utf-8"), "x").data
        assert [error.message for error in validator.iter_errors(data)] == []
    data["net"]["domian"] = "x.go.id"
    assert not validator.is_valid(data)


def test_at_most_eight_keys_are_asked() -> None:
    assert [item.path for item in fill_keys()] == [
        "officials.head.name",
        "officials.data_protection.email",
        "officials.incident_team.email",
        "doc.address.street",
        "doc.address.postal_code",
        "doc.address.phone",
        "doc.address.email",
        "net.domain",
    ]


def test_a_schema_of_secrets_does_not_exist() -> None:
    names = {name for _, name in FIELDS}
    assert not [name for name in names if any(word in name for word in ("secret_", "passphrase", "token", "api_key"))]
    assert [name for name in names if "password" in name] == ["password_policy"]
    assert check(ROOT / "docs" / "profile.example.yml").to_fill
