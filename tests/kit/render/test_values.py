"""Values stay values: every rendered file is parsed by its own format and compared with the profile."""

import csv
import io
import json
import re
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from kit.profile import Profile, from_values, load, sample
from kit.profile.store import find
from kit.render import templates
from kit.render.context import APP_SECTIONS, CORE_SECTIONS, contexts
from kit.render.engine import Engine
from kit.render.markdown import plain
from kit.render.tree import Tree
from tests.kit.render import nasty

NAMES = ("region", "core", "sabilulungan", "hayu", "erk")


@pytest.fixture(scope="module")
def engines() -> dict[str, Engine]:
    return {name: Engine(templates.load(name)) for name in NAMES}


def rendered(engines: dict[str, Engine], profile: Profile) -> dict[str, Tree]:
    """What is rendered of every template, without what is copied."""
    made = contexts(profile)
    kinds = {name: {s.path for s in engines[name].template.sources if s.text is not None} for name in made}
    trees = {name: engines[name].render(context) for name, context in made.items()}
    return {name: {path: file for path, file in tree.items() if path in kinds[name]} for name, tree in trees.items()}


def rows(raw: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(raw.decode(), newline="")))


def assert_equal(trees: dict[str, Tree], profile: Profile) -> None:
    """Every rendered file says what the profile says."""
    values = profile.as_context()
    core = {path: file.data for path, file in trees["core"].items()}
    assert set(core) == {"region/region.json", "region/wilayah.csv", "region/holidays.csv", "region/static/theme.css"}
    found = json.loads(core["region/region.json"])
    assert {name: found[name] for name in CORE_SECTIONS} == {name: values[name] for name in CORE_SECTIONS}
    assert set(found) == {*CORE_SECTIONS, "kit"}
    assert rows(core["region/holidays.csv"]) == [
        ["date", "kind", "name"],
        *([d.date, d.kind, d.name] for d in profile.holidays()),
    ]
    places = [[p.code, p.parent, str(p.level), p.kind, p.name, p.postal_code] for p in profile.territory()]
    assert rows(core["region/wilayah.csv"]) == [["code", "parent", "level", "kind", "name", "postal_code"], *places]
    assert_colours(core["region/static/theme.css"].decode())
    for name in values["apps"]["enabled"]:
        assert set(trees[name]) == {f"region/{name}.json"}
        section = APP_SECTIONS[name]
        assert json.loads(trees[name][f"region/{name}.json"].data) == {
            "app": values["brand"]["app_names"][name],
            section: values[section],
        }


def assert_colours(text: str) -> None:
    body = re.fullmatch(r"/\*[^*]*\*/\n:root \{\n((?:  --[a-z-]+: #[0-9A-F]{6};\n)+)\}\n", text)
    assert body is not None
    assert {"primary", "accent", "link"} <= set(re.findall(r"--([a-z-]+):", body[1]))


def words_of(markdown: str) -> str:
    """What a reader sees of a Markdown page, white space as one space. Fails on raw HTML and pictures."""
    tokens = MarkdownIt("commonmark").enable("table").parse(markdown)
    inline = [child for token in tokens if token.type == "inline" for child in token.children or ()]
    assert [token for token in [*tokens, *inline] if token.type.startswith("html")] == []
    assert [token for token in inline if token.type == "image"] == []
    return " ".join("".join(child.content if child.type != "softbreak" else " " for child in inline).split())


def test_a_hostile_profile_is_data_everywhere(engines: dict[str, Engine]) -> None:
    profile = nasty.profile()
    trees = rendered(engines, profile)
    assert_equal(trees, profile)
    values = profile.as_context()
    expected = {
        "README.md": [
            values["offices"]["it"]["name"],
            *(values["brand"]["app_names"][name]["slogan"] for name in APP_SECTIONS),
        ],
        "docs/arsitektur.md": [values["brand"]["app_names"]["hayu"]["name"]],
    }
    for path, texts in expected.items():
        seen = words_of(trees["region"][path].data.decode())
        for text in texts:
            assert " ".join(text.split()) in seen


def test_free_words_reach_no_configuration(engines: dict[str, Engine]) -> None:
    """Files that a server, git or a shell reads hold what the schema restricts to names, numbers and addresses."""
    files = {
        path: file for path, file in rendered(engines, nasty.profile())["region"].items() if not path.endswith(".md")
    }
    kinds = {path.split("/")[0] for path in files}
    assert kinds == {".gitignore", ".gitattributes", "custom", "deploy"}
    plain_region = from_values(sample("52.71"))
    for path, file in rendered(engines, plain_region)["region"].items():
        if path in files:
            assert files[path].data == file.data, f"{path} changes with free words of the profile"


@pytest.mark.parametrize("code", ["32.73", "52.07", "52.71", "36"])
def test_shipped_profiles_are_rendered_as_they_are(engines: dict[str, Engine], code: str) -> None:
    profile = load(find(code))
    assert_equal(rendered(engines, profile), profile)


TEXT = st.text(
    st.characters(codec="utf-8", exclude_categories=("Cc", "Cf", "Cs", "Zl", "Zp")), min_size=1, max_size=60
).filter(lambda text: bool(text.strip()) and not set(text) & {"\ufffe", "\uffff"})
MARKUP = st.lists(
    st.sampled_from(
        [
            "{{",
            "}}",
            "{%",
            "%}",
            "{#",
            "#}",
            '"',
            "'",
            "\\",
            "\\n",
            ",",
            ";",
            "`",
            "$(id)",
            "../",
            "</x>",
            "é",
            "-",
        ]
    ),
    min_size=1,
    max_size=12,
).map(lambda parts: "x" + "".join(parts) + "y")


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=TEXT | MARKUP, name=TEXT | MARKUP, lines=st.lists(TEXT, min_size=1, max_size=3))
def test_any_text_comes_out_as_it_went_in(engines: dict[str, Engine], text: str, name: str, lines: list[str]) -> None:
    own: dict[str, Any] = {
        "brand": {"footer": text, "app_names": {"hayu": {"name": name, "slogan": text}}},
        "privacy": {"notice": "\n".join(lines)},
        "calendar": {"holidays": [{"date": "2026-09-25", "name": name}]},
        "apps": {"enabled": ["hayu"]},
    }
    profile = from_values(sample("52.71", own))
    trees = rendered(engines, profile)
    assert set(trees) == {"region", "core", "hayu"}
    assert_equal(trees, profile)


@given(TEXT | MARKUP)
def test_any_text_is_plain_in_markdown(text: str) -> None:
    line = f"Nama: **{plain(text)}** dan\n\n| a |\n|---|\n| b {plain(text)} c |\n"
    seen = words_of(line)
    wanted = " ".join(text.split())
    assert seen.count(f"b {wanted} c") == 1
    assert seen.startswith(f"Nama: {wanted} dan") or f"**{wanted}** dan" in seen
