"""Renamed and removed keys: named by `kit check`, rewritten without touching a comment, left where it is not safe."""

import pytest

from kit import __version__
from kit.profile import check, load_moved, moves, sample, words
from kit.profile.checking import check_text
from kit.profile.moves import Move, rewritten
from kit.upgrade.changelog import numbers
from kit.upgrade.steps import OLDEST

STEPS = (
    Move("0.2.0", "region.slogan", "saying", "one word for both."),
    Move("0.2.0", "net.host", "domain", "it always was a domain."),
    Move("0.3.0", "legacy", "", "nobody used it."),
    Move("0.3.0", "offices.*.title", "name", "as everywhere."),
    Move("0.4.0", "region.saying", "motto", "the word of the regions' own laws."),
)
OLD = """# profil
region:
  code: "52.71"   # kode resmi
  "slogan": "slogan: maju"  # kata
net: {host: kota.example, other: 1}
offices:
  finance:
    title: Badan   # dua
  secretariat: {title: Sekretariat}

legacy:
  a: 1

  b: [1,
    2]
# sesudah
doc:
  x: 1
"""
NEW = """# profil
region:
  code: "52.71"   # kode resmi
  "motto": "slogan: maju"  # kata
net: {domain: kota.example, other: 1}
offices:
  finance:
    name: Badan   # dua
  secretariat: {name: Sekretariat}

# Gone since kit 0.3.0: nobody used it.
# legacy:
#   a: 1

#   b: [1,
#     2]
# sesudah
doc:
  x: 1
"""


@pytest.fixture
def _steps(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(moves, "MOVES", STEPS)


@pytest.mark.usefixtures("_steps")
def test_all_steps_in_order_give_one_text_with_every_comment() -> None:
    assert rewritten(OLD, "region.yml") == (NEW, STEPS)
    assert rewritten(NEW, "region.yml") == (NEW, ())


@pytest.mark.usefixtures("_steps")
@pytest.mark.parametrize(
    "text",
    [
        "region: {slogan: a, saying: b, motto: c}\n",  # both names
        "{legacy: 1, region: {code: x}}\n",  # shares its line
        "region: [\n",  # no YAML
        "- net\n",
        "",
    ],
)
def test_what_is_not_safe_stays(text: str) -> None:
    assert rewritten(text, "region.yml") == (text, ())


@pytest.mark.usefixtures("_steps")
def test_a_section_whose_only_key_is_gone_says_nothing() -> None:
    text, done = rewritten("offices:\n  finance:\n    title: A\n", "x")
    assert (text, done) == ("offices:\n  finance:\n    name: A\n", (STEPS[3],))
    moves.MOVES = (Move("0.3.0", "legacy.a", "", "w."),)
    assert rewritten("legacy:\n  a: 1\n", "x")[0] == "legacy:\n  # Gone since kit 0.3.0: w.\n  # a: 1\n"


@pytest.mark.usefixtures("_steps")
def test_check_names_the_new_key_at_its_place() -> None:
    report = check_text('region:\n  code: "52.71"\n  saying: Maju\nlegacy: 1\n', "region.yml")
    told = {(one.line, one.column, one.path): (one.found, one.expected, one.likely) for one in report.faults}
    assert told[3, 3, "region.saying"] == (
        'the former key "saying"',
        "the key motto since kit 0.4.0 (`kit upgrade` changes it): the word of the regions' own laws.",
        "motto",
    )
    assert told[4, 1, "legacy"] == (
        'the former key "legacy"',
        "no such key since kit 0.3.0 (`kit upgrade` changes it): nobody used it.",
        "",
    )


@pytest.mark.usefixtures("_steps")
def test_a_profile_with_former_keys_is_read_for_an_upgrade_and_not_touched(tmp_path) -> None:
    import yaml

    values = sample("52.71")
    values["region"]["slogan"] = "Maju Religius"
    path = tmp_path / "region.yml"
    path.write_text(before := yaml.safe_dump(values), encoding="utf-8")
    assert check(path).profile is None
    profile, text, done = load_moved(path)
    assert profile.data.region.motto == "Maju Religius"
    assert text == before.replace("slogan:", "motto:")
    assert done == (STEPS[0], STEPS[4])
    assert path.read_text(encoding="utf-8") == before


def test_every_step_of_the_kit_leads_to_a_key_of_today() -> None:
    versions = [numbers(move.version) for move in moves.MOVES]
    assert versions == sorted(versions)
    for move in moves.MOVES:
        assert numbers(OLDEST) < numbers(move.version) <= numbers(__version__)
        assert words.locate(tuple(move.old.split(".")))[0] is None
        later = [one for one in moves.MOVES if one.old == f"{move.old.rpartition('.')[0]}.{move.new}".lstrip(".")]
        assert not move.new or later or words.locate((*move.old.split(".")[:-1], move.new))[0] is not None
        assert move.why.endswith(".")
