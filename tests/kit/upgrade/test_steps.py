"""Steps of the kit for a region's tree: all since its version, in order, one result; no version is skipped silently."""

from pathlib import Path

import pytest

from kit.errors import KitError
from kit.render import manifest
from kit.upgrade import abort, guard, preview, proceed, steps
from kit.upgrade.steps import Step
from tests.kit.render.repositories import git, render
from tests.kit.upgrade.trees import LINES, commit, everything, made, to, tree

FILES = {"apps/core/a.py": LINES}
STEPS = (
    Step("0.2.0", "custom/pages", "custom/html", "one word everywhere."),
    Step("0.3.0", "custom/html", "custom/templates", "as Django calls it."),
    Step("0.4.0", "custom/notes.txt", "custom/README.txt", "for people."),
)


@pytest.fixture
def old(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A tree of the oldest supported version with files of the region's own; the kit is at 0.3.0."""
    monkeypatch.setattr(manifest, "__version__", steps.OLDEST)
    folder = made(tmp_path / "daerah", FILES)
    for path in ("custom/pages/core/a.html", "custom/pages/ünï cödé.html", "custom/notes.txt"):
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(f"{path}\n", encoding="utf-8")
    commit(folder)
    monkeypatch.setattr(steps, "STEPS", STEPS)
    for module in (manifest, guard):
        monkeypatch.setattr(module, "__version__", "0.3.0")
    return folder


def _own(folder: Path) -> dict[str, str]:
    return {
        path.relative_to(folder).as_posix(): path.read_text(encoding="utf-8")
        for path in sorted((folder / "custom").rglob("*"))
        if path.is_file() and path.name not in (".gitkeep", "README.md")
    }


MOVED = {
    "custom/notes.txt": "custom/notes.txt\n",
    "custom/templates/core/a.html": "custom/pages/core/a.html\n",
    "custom/templates/ünï cödé.html": "custom/pages/ünï cödé.html\n",
}
WORDS = (
    "custom/pages → custom/html (kit 0.2.0): one word everywhere.",
    "custom/html → custom/templates (kit 0.3.0): as Django calls it.",
)


def test_every_step_since_its_version_is_taken_and_no_later_one(old: Path) -> None:
    before = everything(old)
    new = {"apps/core/a.py": LINES + b"baru\n"}
    assert preview(old, render(tree(new))).steps == WORDS
    assert everything(old) == before
    assert to(old, new).steps == WORDS
    assert _own(old) == MOVED
    assert git(old, "status", "--porcelain") == ""
    assert to(old, {"apps/core/a.py": LINES}).steps == ()


def test_with_a_conflict_too_and_given_up_the_former_state_is_back(old: Path) -> None:
    (old / "apps/core/a.py").write_bytes(LINES.replace(b"baris 3\n", b"punya kami\n"))
    commit(old)
    before = everything(old)
    report = to(old, {"apps/core/a.py": LINES.replace(b"baris 3\n", b"punya kit\n")})
    assert [one.path for one in report.conflicts] == ["apps/core/a.py"]
    assert _own(old) == MOVED
    abort(old)
    assert everything(old) == before
    to(old, {"apps/core/a.py": LINES.replace(b"baris 3\n", b"punya kit\n")})
    (old / "apps/core/a.py").write_bytes(LINES)
    git(old, "add", "apps")
    proceed(old)
    assert _own(old) == MOVED
    assert git(old, "status", "--porcelain") == ""


def test_a_file_at_the_new_name_is_not_replaced(old: Path) -> None:
    (old / "custom/html/core").mkdir(parents=True)
    (old / "custom/html/core/a.html").write_text("sudah ada\n", encoding="utf-8")
    commit(old)
    report = to(old, {"apps/core/a.py": LINES + b"baru\n"})
    assert "custom/pages/core/a.html stays: custom/html has such a file already." in report.steps[1]
    own = _own(old)
    assert own["custom/pages/core/a.html"] == "custom/pages/core/a.html\n"
    assert own["custom/templates/core/a.html"] == "sudah ada\n"


def test_a_tree_older_than_the_oldest_supported_is_refused(old: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(guard, "OLDEST", "0.2.0")
    before = everything(old)
    with pytest.raises(
        KitError, match=r"rendered by kit 0\.1\.0; this kit upgrades trees from 0\.2\.0 on.*kit 0\.2\.0 first"
    ):
        to(old, {"apps/core/a.py": LINES + b"baru\n"})
    assert everything(old) == before


def test_every_step_of_the_kit_is_about_the_regions_own_folder() -> None:
    versions = [guard.numbers(step.version) for step in steps.STEPS]
    assert versions == sorted(versions)
    assert all(path.startswith("custom/") for step in steps.STEPS for path in (step.old, step.new))
    assert all(guard.numbers(steps.OLDEST) < version for version in versions)
