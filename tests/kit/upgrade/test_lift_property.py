"""Random commits of a region: refused with a reason, or lifted so that the next upgrade changes nothing in its tree."""

import re
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, event, given, settings
from hypothesis import strategies as st

from kit.errors import KitError
from kit.paths import ROOT
from kit.profile import Profile, load, sample
from kit.profile.official import regions
from kit.profile.writing import profile_text
from kit.render import Renderer, templates
from kit.upgrade import upgrade
from kit.upgrade.lift import lift
from tests.kit.render.repositories import git, on_disk
from tests.kit.upgrade.trees import commit

TREE = "{{cookiecutter.app}}"
NAME = "{{ cookiecutter._region.name }}"
FILES = {
    "region": {
        ".gitattributes": "* text=auto eol=lf\n",
        "docs/a.md": f"satu\n\ndi {NAME} ada\n\ndua {NAME}\n",
        "docs/b.md": "{% for app in cookiecutter._region.apps %}- {{ app.name }}\n{% endfor %}akhir satu\n",
    },
    "hayu": {
        "hayu/a.py": "SATU = 1\nDUA = 2\nTIGA = 3\n",
        "hayu/b.html": "<p>satu</p>\n<p>dua</p>\n",
        "teks.txt": "satu\n",
    },
}
PATHS = ["docs/a.md", "docs/b.md", "apps/hayu/hayu/a.py", "apps/hayu/hayu/b.html", "apps/hayu/teks.txt", "docs/baru.md"]


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Small templates with the contexts of the real ones, and a region rendered with them."""
    base = tmp_path_factory.mktemp("lift")
    for name in ("core", "hayu", "region"):
        own = base / "templates" / name
        for path, words in FILES.get(name, {"core/a.py": "A = 1\n"}).items():
            (own / TREE / path).parent.mkdir(parents=True, exist_ok=True)
            (own / TREE / path).write_text(words, encoding="utf-8")
        shutil.copy(ROOT / "templates" / name / "cookiecutter.json", own)
    file = base / "regions/52.71-kota-mataram/region.yml"
    file.parent.mkdir(parents=True)
    own_values = sample("52.71", {"apps": {"enabled": ["hayu"]}})
    file.write_text(profile_text(regions()["52.71"], own_values), encoding="utf-8")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(templates, "templates_dir", lambda: base / "now")
        shutil.copytree(base / "templates", base / "now")
        Renderer().render(file, base / "region")
        yield base


STEP = st.tuples(
    st.sampled_from(["line", "word", "end", "cut", "remove", "mode", "move"]),
    st.sampled_from(PATHS),
    st.integers(0, 6),
    st.sampled_from(["kami", "di Kota Mataram", "52.71"]),
)


def change(folder: Path, what: str, path: str, number: int, words: str) -> None:
    """One step of a region's person."""
    file = folder / path
    lines = file.read_text(encoding="utf-8").splitlines() if file.exists() else []
    place = number % (len(lines) + 1)
    if what == "remove":
        file.unlink(missing_ok=True)
    elif what == "mode" and lines:
        file.chmod(0o755)
    elif what == "move" and lines:
        file.rename(file.with_name(f"pindah{number}{file.suffix}"))
    elif what == "cut" and lines:
        del lines[number % len(lines)]
    elif what == "word":
        lines = [re.sub(r"\b(satu|dua|2)\b", words, line) for line in lines]
    elif what == "end" and lines:
        lines[number % len(lines)] += f" {words}"
    else:
        lines.insert(place, f"baris {words} {number}")
    if what in ("cut", "word", "end", "line") and (lines or file.exists()):
        file.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")


@settings(max_examples=15, deadline=None, database=None, suppress_health_check=list(HealthCheck))
@given(steps=st.lists(STEP, min_size=1, max_size=3))
def test_a_lifted_commit_leaves_the_regions_tree_as_it_is(world: Path, steps: list[tuple[str, str, int, str]]) -> None:
    file = world / "regions/52.71-kota-mataram/region.yml"
    profile = load(file)
    folder = world / "copy"
    for name, source in (("copy", "region"), ("now", "templates")):
        shutil.rmtree(world / name, ignore_errors=True)
        shutil.copytree(world / source, world / name)
    for step in steps:
        change(folder, *step)
    commit(folder, "Kami")
    before = on_disk(folder)
    try:
        found = lift(folder, "main", profile, file)
    except KitError as error:
        event(f"refused: {str(error).rpartition(': ')[2][:50]}")
        assert on_disk(folder) == before, "nothing is touched"
        return
    event("lifted")
    assert found.is_now
    applied = subprocess.run(["git", "apply", "-"], cwd=world / "now", input=under(found.diff), check=False)
    assert applied.returncode == 0, found.diff
    after = upgraded(folder, profile, file)
    assert after == before
    assert b"Mataram" not in found.diff, "no value of the region is in the templates"


def under(diff: bytes) -> bytes:
    """The diff for a folder that holds the templates only."""
    return diff.replace(b"templates/", b"")


def upgraded(folder: Path, profile: Profile, file: Path) -> dict[str, tuple[bytes, int]]:
    """The region's files after the upgrade, the kit's manifest as it was."""
    manifest = on_disk(folder)[".kit/manifest.json"]
    assert upgrade(folder, Renderer().tree(profile, file)).conflicts == ()
    assert git(folder, "status", "--porcelain") == ""
    return on_disk(folder) | {".kit/manifest.json": manifest}
