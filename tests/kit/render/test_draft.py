"""A profile that was good is not checked anew while nothing it rests on has changed; and never when something has."""

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from kit.profile import ProfileError
from kit.profile import load as checked
from kit.render import Renderer, draft, manifest

PROFILE = Callable[..., Path]
SVG = b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 8 8"><path d="M0 0h8v8z"/></svg>'


@pytest.fixture(autouse=True)
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty cache, and a build folder."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    monkeypatch.setenv("KIT_BUILD", str(tmp_path / "build"))
    return tmp_path / "cache"


@pytest.fixture
def loads(monkeypatch: pytest.MonkeyPatch) -> list[Path]:
    """The profiles that were checked."""
    seen: list[Path] = []

    def load(path: Path) -> object:
        seen.append(path)
        return checked(path)

    monkeypatch.setattr("kit.profile.checking.load", load)
    return seen


def test_a_kept_draft_is_the_same_draft(profile_file: PROFILE, loads: list[Path]) -> None:
    path = profile_file()
    first = draft.load(path)
    assert loads == [path]
    assert draft.load(path) == first == draft.draft_of(checked(path))
    assert loads == [path]
    assert Renderer().tree(checked(path), path) == Renderer()._tree(draft.load(path), path)


def test_what_it_rests_on_is_looked_at(
    profile_file: PROFILE, loads: list[Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    path = profile_file(brand={"emblem": "lambang.svg"})
    (path.parent / "lambang.svg").write_bytes(SVG)
    assert draft.load(path).named == {"brand.emblem": "lambang.svg"}
    (path.parent / "lambang.svg").write_bytes(SVG + b"\n")
    draft.load(path)
    assert len(loads) == 2
    path.write_text(path.read_text(encoding="utf-8") + "# seen\n", encoding="utf-8")
    draft.load(path)
    assert len(loads) == 3
    monkeypatch.setattr(manifest, "kit_digest", lambda: "another kit")
    draft.load(path)
    assert len(loads) == 4


def test_a_fault_is_told_each_time(profile_file: PROFILE) -> None:
    path = profile_file(brand={"emblem": "lambang.svg"})
    (path.parent / "lambang.svg").write_bytes(SVG)
    draft.load(path)
    (path.parent / "lambang.svg").unlink()
    for _ in range(2):
        with pytest.raises(ProfileError, match=r"lambang\.svg"):
            draft.load(path)


@pytest.mark.parametrize("rest", [b"", b"\n", b"[]", b'{"name": 1}', b"\xff\xfe", b'{"name"'])
def test_a_broken_cache_is_made_anew(profile_file: PROFILE, loads: list[Path], cache: Path, rest: bytes) -> None:
    path = profile_file()
    first = draft.load(path)
    (kept,) = cache.glob("kit/*/drafts/*")
    key, _, values = kept.read_bytes().partition(b"\n")
    assert json.loads(values)["code"] == "52.71"
    kept.write_bytes(key + b"\n" + rest)
    assert draft.load(path) == first
    assert len(loads) == 2
    assert kept.read_bytes() == key + b"\n" + values


def test_without_a_cache_each_run_checks(profile_file: PROFILE, loads: list[Path], cache: Path) -> None:
    cache.write_bytes(b"no folder")
    path = profile_file()
    assert draft.load(path) == draft.load(path)
    assert len(loads) == 2


def test_a_profile_rendered_before_needs_no_schema(profile_file: PROFILE) -> None:
    path = profile_file()
    draft.load(path)
    program = (
        "import sys; from pathlib import Path; from kit.render import render;"
        "render(Path(sys.argv[1])); print('pydantic' in sys.modules)"
    )
    said = subprocess.run([sys.executable, "-c", program, str(path)], capture_output=True, text=True, check=True).stdout
    assert said == "False\n"
