"""Regions side by side, rendered from profiles: nothing of one in the other (regions.md section 10)."""

import gettext
import io
import json
import re
from pathlib import Path
from typing import Any

import pytest

from kit.profile import load, sample
from kit.profile.official import regions
from kit.profile.writing import profile_text
from kit.render import Renderer

NEIGHBOURS = {"32.73": "Kota Bandung", "32.04": "Kabupaten Bandung", "32.17": "Kabupaten Bandung Barat"}
CREDIT = "Hasil replikasi dari Pemerintah Kota Bandung"  # stands in every region, whoever it is
LOCALE = {"languages": ["id", "sas"], "strings": {"sas": "sas.csv"}}
Texts = dict[str, str]


@pytest.fixture(scope="module")
def renderer() -> Renderer:
    return Renderer()


def texts(renderer: Renderer, folder: Path, code: str, **changed: Any) -> Texts:
    """The texts of a region's tree, without the credit; ``changed``: sections of its profile to set, by key."""
    file = folder / code / "region.yml"
    file.parent.mkdir()
    values = sample(code)
    for section, keys in changed.items():
        values[section] = values.get(section, {}) | keys
    file.write_text(profile_text(regions()[code], values), encoding="utf-8")
    tree = renderer.tree(load(file), file).tree
    return {
        path: text.replace(CREDIT, "(credit)") for path, file in tree.items() if (text := _text(file.data)) is not None
    }


def _text(raw: bytes) -> str | None:
    try:
        return raw.decode()
    except UnicodeDecodeError:
        return None


def test_1_three_regions_of_one_name_are_never_mixed(renderer: Renderer, tmp_path: Path) -> None:
    trees = {code: texts(renderer, tmp_path, code) for code in NEIGHBOURS}
    for code, own in trees.items():
        others = [tree for other, tree in trees.items() if other != code]
        particular = {path: text for path, text in own.items() if any(tree.get(path) != text for tree in others)}
        assert any(re.search(rf"\b{NEIGHBOURS[code]}\b", text) for text in particular.values())
        for other, name in NEIGHBOURS.items():
            if other != code:
                strange = re.compile(rf"\b{name}\b(?! Barat)|\b{re.escape(other)}\b")
                assert {path: strange.findall(text) for path, text in particular.items() if strange.search(text)} == {}
    common = {path: text for path, text in trees["32.73"].items() if trees["32.04"].get(path) == text}
    named = re.compile(r"^(?!.*Return the).*\b(Kota|Kabupaten) Bandung\b", re.MULTILINE)  # docstrings give examples
    assert [path for path, text in common.items() if named.search(text)] == []


def test_9_words_of_a_regional_language_become_its_catalogue(renderer: Renderer, tmp_path: Path) -> None:
    file = tmp_path / "region.yml"
    file.write_text(profile_text(regions()["52.01"], sample("52.01") | {"locale": LOCALE}), encoding="utf-8")
    (tmp_path / "sas.csv").write_text("key,text\nSelamat datang.,Rahayu dateng.\n", encoding="utf-8")
    tree = renderer.tree(load(file), file).tree
    assert tree["sas.csv"].data == b"key,text\nSelamat datang.,Rahayu dateng.\n"
    catalogue = gettext.GNUTranslations(io.BytesIO(tree["apps/core/region/locale/sas/LC_MESSAGES/django.mo"].data))
    assert catalogue.gettext("Selamat datang.") == "Rahayu dateng."
    assert json.loads(tree["apps/core/region/region.json"].data)["locale"]["languages"] == ["id", "sas"]


def test_12_a_renamed_app_has_its_new_name_everywhere_and_keeps_the_credit(renderer: Renderer, tmp_path: Path) -> None:
    names = {"hayu": {"name": "Mangga", "slogan": "Izin usaha tanpa antre"}}
    tree = texts(renderer, tmp_path, "52.07", brand={"app_names": names})
    shown = {path: text for path, text in tree.items() if path.endswith((".html", ".md", ".typ", ".json", ".txt"))}
    assert [path for path, text in shown.items() if re.search(r"\bHayu\b", text)] == []
    assert '"name": "Mangga"' in tree["apps/hayu/region/hayu.json"]
    assert "Mangga" in tree["README.md"]
    assert json.loads(tree["apps/core/region/region.json"])["brand"]["credit"]["text"] == "(credit)"


def test_13_with_one_app_nothing_is_served_stored_or_run_of_the_others(renderer: Renderer, tmp_path: Path) -> None:
    tree = texts(renderer, tmp_path, "52.07", apps={"enabled": ["sabilulungan"]})
    others = re.compile(r"\b(hayu|erk|E-RK)\b", re.IGNORECASE)
    tree = {path: text for path, text in tree.items() if not path.startswith("apps/core/core/")}  # code of all apps
    assert {path for path, text in tree.items() if others.search(path) or others.search(text)} == {
        "apps/core/region/region.json",  # names and addresses of all, as the profile has them
        "deploy/env/erk.env",  # the address of a database that no unit reads
        "deploy/env/hayu.env",
        ".kit/manifest.json",
    }
    assert {path.split("/")[1] for path in tree if path.startswith("apps/")} == {"core", "sabilulungan"}
