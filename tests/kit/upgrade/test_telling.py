"""What an upgrade says: changelog, files, settings, migrations, overrides; the preview says the same; drift."""

from pathlib import Path

import pytest

from kit.errors import KitError
from kit.render import manifest
from kit.render.tree import File
from kit.upgrade import Drift, changelog, drift, preview
from kit.upgrade.changelog import Entry, about, between
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


KINDS = {
    "static/hayu/gaya.css": "apps/hayu/hayu/static/hayu/gaya.css",
    "documents/izin.typ": "apps/hayu/hayu/documents/izin.typ",
}


@pytest.mark.parametrize("own", KINDS)
def test_static_files_and_documents_are_overrides_too(tmp_path: Path, own: str) -> None:
    path = KINDS[own]
    folder = made(tmp_path / "region", {path: b"lama\n", PAGE: b"lama\n"})
    put(folder, f"custom/{own}", "kami\n")
    (one,) = to(folder, {path: b"baru\n", PAGE: b"baru\n"}).overrides
    assert (one.override, one.original, one.diff.splitlines()[-2:]) == (f"custom/{own}", path, ["-lama", "+baru"])
    (gone,) = to(folder, {PAGE: b"baru\n"}).overrides
    assert "deleted file mode 100644" in gone.diff


def test_a_file_of_the_region_that_replaces_a_new_one(tmp_path: Path) -> None:
    folder = made(tmp_path / "region", OLD)  # type: ignore[arg-type]
    put(folder, "custom/static/hayu/peta.js", "kami\n")
    (one,) = to(folder, OLD | {"apps/hayu/hayu/static/hayu/peta.js": b"kit\n"}).overrides  # type: ignore[arg-type]
    assert one.diff.splitlines()[-1] == "+kit"


def test_of_translations_only_the_messages_the_region_translates(tmp_path: Path) -> None:
    path, own = "apps/core/core/locale/id/LC_MESSAGES/django.po", "custom/locale/id/LC_MESSAGES/django.po"
    head = 'msgid ""\nmsgstr "Language: id\\n"\n\n'
    old = head + 'msgid "Save"\nmsgstr "Simpan"\n\nmsgctxt "x"\nmsgid "Send"\nmsgstr ""\n"Kirim "\n"segera"\n\n'
    many = 'msgid "day"\nmsgid_plural "days"\nmsgstr[0] "hari"\nmsgstr[1] "hari-hari"\n'
    folder = made(tmp_path / "region", {path: (old + many).encode()})
    put(folder, own, head + 'msgctxt "x"\nmsgid "Send"\nmsgstr "Kirimkan"\n\n' + many)
    put(folder, own.replace(".po", ".mo"), "x")
    assert to(folder, {path: (old + many).replace("Simpan", "Simpanlah").encode()}).overrides == ()
    (one,) = to(folder, {path: old.replace("segera", "sekarang").encode()}).overrides
    assert (one.override, one.original) == (own, path)
    assert one.diff.splitlines() == [
        " x | Send",
        "-  Kirim segera",
        "+  Kirim sekarang",
        " day",
        "-  hari",
        "-  hari-hari",
        "+  (no longer used)",
    ]


def put(folder: Path, name: str, words: str) -> None:
    """Commit a file of the region's own."""
    (folder / name).parent.mkdir(parents=True, exist_ok=True)
    (folder / name).write_text(words)
    commit(folder)


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
    other = made(folder.parent / "other", OLD)  # type: ignore[arg-type]
    monkeypatch.setattr(manifest, "__version__", "0.1.1")
    found = to(other, NEW).summary
    assert found is not None
    assert (found.before, found.after) == ("0.1.0", "0.1.1")
    assert git(other, "log", "-1", "--format=%s").strip() == "Upgrade from kit 0.1.0 to 0.1.1"


def test_the_changelog_between_two_versions() -> None:
    text = "# C\n## [Unreleased]\n- u\n## [0.3.0] - 2027\n### Added\n- c\n  more\n## [0.2.0]\n- b\n## [0.1.0]\n- a\n"
    assert between("0.1.0", "0.3.0", text) == (Entry("Unreleased", "u"), Entry("0.3.0", "c more"), Entry("0.2.0", "b"))
    assert between("0.3.0", "0.3.0", text) == (Entry("Unreleased", "u"),)
    assert between("0.3.0", "0.3.0", text, unreleased=False) == ()


def test_which_line_of_the_changelog_tells_of_a_file() -> None:
    text = (
        "## [Unreleased]\n- Hayu: a new page.\n- Pages in `apps/hayu/hayu/templates/` read better.\n"
        "## [0.2.0]\n- E-RK: months.\n- The words of `hayu/cetak.html`.\n"
    )
    entries = between("0.1.0", "0.2.0", text)
    assert [one.line for one in about(PAGE, entries)] == [3]
    assert [one.line for one in about("apps/hayu/hayu/views.py", entries)] == [2]
    assert [one.line for one in about("apps/hayu/hayu/x/hayu/cetak.html", entries)] == [6]
    assert about("docs/a.md", entries) == ()
    assert about("apps/erk/erk/a.py", entries)[0].place == "CHANGELOG.md line 5 [0.2.0]: E-RK: months."


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("## [Unreleased]\n- Hayu: home\n", "CHANGELOG.md line 2 [Unreleased]: Hayu: home"),
        ("## [Unreleased]\n- E-RK\n- core\n", "CHANGELOG.md, heading [Unreleased]: no line names this file"),
        ("", "CHANGELOG.md tells of no change between the two versions"),
    ],
)
def test_a_conflict_names_its_place_in_the_changelog(
    folder: Path, monkeypatch: pytest.MonkeyPatch, text: str, place: str
) -> None:
    (folder / PAGE).write_text("<p>kami juga</p>\n")
    commit(folder, "Kami")
    (folder.parent / "CHANGELOG.md").write_text(text)
    monkeypatch.setattr(changelog, "ROOT", folder.parent)
    assert [one.places for one in preview(folder, render(tree(NEW))).conflicts] == [
        ("no change of the templates: the profile is another (region.yml)",)
    ]
    (one,) = preview(folder, render(tree(NEW), templates="t2")).conflicts
    assert one.places == (place,)


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


def test_drift_of_modes_and_of_files_git_was_told_to_overlook(tmp_path: Path) -> None:
    folder = made(tmp_path / "region", OLD)  # type: ignore[arg-type]
    (folder / PAGE).chmod(0o755)
    git(folder, "update-index", "--skip-worktree", "docs/a.md")
    (folder / "docs/a.md").write_text("lupa\n")
    assert drift(folder) == (Drift(PAGE, "mode", "uncommitted"), Drift("docs/a.md", "changed", "uncommitted"))


def test_drift_without_a_repository(tmp_path: Path) -> None:
    with pytest.raises(KitError, match="is no region's repository: `kit render` makes it"):
        drift(tmp_path)
