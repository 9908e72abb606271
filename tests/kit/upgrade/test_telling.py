"""What an upgrade says: changelog, files, settings, migrations, overrides; the preview says the same; drift."""

from pathlib import Path

import pytest

from kit.render import manifest
from kit.render.tree import File
from kit.upgrade import Drift, drift, preview
from kit.upgrade.changelog import Entry, between
from kit.upgrade.settings import Setting
from kit.upgrade.summary import Count
from tests.kit.render.repositories import git, render
from tests.kit.upgrade.trees import LINES, commit, everything, made, to, tree

PAGE, DATA = "apps/hayu/hayu/templates/hayu/home.html", "apps/core/region/region.json"
MIGRATION = "apps/hayu/hayu/migrations/0002_letter.py"
OLD = {PAGE: b"<p>lama</p>\n", DATA: b'{"a": {"x": 1, "y": "dua"}, "kit": {"version": "0.1.0"}}', "docs/a.md": LINES}
NEW: dict[str, bytes | File] = {
    PAGE: b"<p>baru</p>\n",
    DATA: b'{"a": {"x": 5, "z": true}, "kit": {"version": "0.2.0"}}',
    MIGRATION: b"pass\n",
    "docs/b.md": LINES,
}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A region that replaces a page and changed a managed file."""
    folder = made(tmp_path / "region", OLD)  # type: ignore[arg-type]
    own = folder / "custom/templates/hayu/home.html"
    own.parent.mkdir(parents=True)
    own.write_text("<p>kami</p>\n")
    commit(folder, "Halaman kami")
    return folder


def test_the_summary(folder: Path) -> None:
    found = to(folder, NEW).summary
    assert found is not None
    assert found.changelog == (), "code and templates are the same"
    assert found.counts == (
        Count("database migrations", "added", 1),
        Count("documentation", "renamed", 1),
        Count("pages", "changed", 1),
        Count("region data", "changed", 1),
    )
    assert found.settings == (
        Setting(DATA, "a.x", "1", "5"),
        Setting(DATA, "a.y", '"dua"', ""),
        Setting(DATA, "a.z", "", "true"),
    )
    assert found.migrations == ("hayu: 0002_letter",)


def test_an_override_whose_original_changed(folder: Path) -> None:
    (one,) = to(folder, NEW).overrides
    assert (one.override, one.original) == ("custom/templates/hayu/home.html", PAGE)
    assert one.diff.splitlines()[-2:] == ["-<p>lama</p>", "+<p>baru</p>"]


def test_an_override_whose_original_is_the_same(folder: Path) -> None:
    assert to(folder, NEW | {PAGE: OLD[PAGE]}).overrides == ()


@pytest.mark.parametrize("conflict", [False, True])
def test_a_preview_says_the_same_and_touches_nothing(folder: Path, conflict: bool) -> None:
    if conflict:
        (folder / "docs/a.md").write_bytes(LINES.replace(b"baris 3\n", b"kami 3\n"))
        (folder / PAGE).write_text("<p>kami juga</p>\n")
        commit(folder, "Kami")
    before = everything(folder), sorted(str(path) for path in (folder / ".git").rglob("*"))
    seen = preview(folder, render(tree(NEW), words="Kota Mataram, kit 0.2.0"))
    assert (everything(folder), sorted(str(path) for path in (folder / ".git").rglob("*"))) == before
    done = to(folder, NEW)
    assert seen == done
    assert [one.path for one in done.conflicts] == ([PAGE] if conflict else [])


def test_a_preview_of_a_tree_that_is_not_clean(folder: Path) -> None:
    (folder / PAGE).write_text("sedang ditulis")
    seen = preview(folder, render(tree(NEW)))
    assert seen.summary is not None
    assert f"changes that are not committed: {PAGE}" in seen.blocked


def test_versions_come_from_the_manifests(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(manifest, "__version__", "0.0.9")
    other = made(folder.parent / "other", OLD)  # type: ignore[arg-type]
    monkeypatch.undo()
    found = to(other, NEW).summary
    assert found is not None
    assert (found.before, found.after) == ("0.0.9", "0.1.0")
    assert git(other, "log", "-1", "--format=%s").strip() == "Upgrade from kit 0.0.9 to 0.1.0"


def test_the_changelog_between_two_versions() -> None:
    text = "# C\n## [Unreleased]\n- u\n## [0.3.0] - 2027\n### Added\n- c\n  more\n## [0.2.0]\n- b\n## [0.1.0]\n- a\n"
    assert between("0.1.0", "0.3.0", text) == (Entry("Unreleased", "u"), Entry("0.3.0", "c more"), Entry("0.2.0", "b"))
    assert between("0.3.0", "0.3.0", text) == (Entry("Unreleased", "u"),)
    assert between("0.3.0", "0.3.0", text, unreleased=False) == ()


def test_drift_names_every_managed_file_that_differs(folder: Path) -> None:
    assert [one.meaning for one in drift(folder)] == ["override"]
    (folder / "docs/a.md").unlink()
    commit(folder, "Tanpa petunjuk")
    (folder / DATA).write_text("{}")
    (folder / "kami.txt").write_text("bukan milik kit")
    commit_line = git(folder, "log", "-1", "--abbrev=12", "--format=%h %cs %an: %s").strip()
    before = everything(folder)
    assert drift(folder) == (
        Drift(DATA, "changed", "uncommitted"),
        Drift(PAGE, "replaced", "override", "custom/templates/hayu/home.html"),
        Drift("docs/a.md", "removed", "committed", commit_line),
    )
    assert everything(folder) == before


def test_a_tree_as_it_was_rendered_has_no_drift(tmp_path: Path) -> None:
    assert drift(made(tmp_path / "region", OLD)) == ()  # type: ignore[arg-type]
