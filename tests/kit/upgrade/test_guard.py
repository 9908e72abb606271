"""What an upgrade refuses: each with a sentence that says what next, and nothing changed."""

from collections.abc import Callable
from pathlib import Path

import pytest

from kit.errors import KitError
from kit.upgrade import guard, preview, upgrade
from tests.kit.render.repositories import assert_sound, git, render
from tests.kit.upgrade.trees import LINES, commit, everything, made, to, tree

A = "apps/core/a.txt"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = made(tmp_path / "region", {A: LINES})
    (folder / "kami.txt").write_text("kami")
    commit(folder)
    return folder


def dirty(folder: Path) -> None:
    (folder / A).write_text("sedang ditulis")


def hidden(folder: Path) -> None:
    git(folder, "update-index", "--assume-unchanged", A)
    (folder / A).write_text("disembunyikan dari git")


def elsewhere(folder: Path) -> None:
    git(folder, "switch", "-qc", "coba")


def without_kit(folder: Path) -> None:
    git(folder, "rm", "-rq", ".kit")
    commit(folder)


def without_branch(folder: Path) -> None:
    git(folder, "branch", "-qD", "kit")


def committed_on_kit(folder: Path) -> None:
    git(folder, "switch", "-q", "kit")
    (folder / A).write_text("ditulis di cabang yang salah")
    commit(folder)
    git(folder, "switch", "-q", "main")


def forwarded(folder: Path) -> None:
    git(folder, "branch", "-qf", "kit", "main")


def moved_back(folder: Path) -> None:
    assert to(folder, {A: b"dua\n"}).conflicts == ()
    git(folder, "branch", "-qf", "kit", "kit~1")


def rewritten(folder: Path) -> None:
    git(folder, "switch", "-q", "--orphan", "baru")
    git(folder, "checkout", "main", "--", ".")
    commit(folder, "Semua dalam satu")
    git(folder, "branch", "-qM", "baru", "main")


def untracked(folder: Path) -> None:
    (folder / "docs").mkdir()
    (folder / "docs/new.txt").write_text("punya kami")


CASES: list[tuple[Callable[[Path], None], str]] = [
    (dirty, r"changes that are not committed: apps/core/a\.txt"),
    (hidden, r"git was told to overlook changes of apps/core/a\.txt"),
    (elsewhere, r"is on coba\. Nothing was changed\. Run `git switch main`"),
    (without_kit, r"\.kit/manifest\.json was deleted on main\. .*`git checkout kit -- \.kit`"),
    (without_branch, r"has lost branch kit.*Run `git branch kit [0-9a-f]{12}` there"),
    (committed_on_kit, r"branch kit holds commits that are no pure renders \([0-9a-f]{12}\).*`git cherry-pick`"),
    (forwarded, "branch kit holds commits that are no pure renders"),
    (moved_back, "is that of no render on branch kit.*branch kit was moved back"),
    (rewritten, r"the history of main was rewritten.*`git merge --allow-unrelated-histories -s ours [0-9a-f]{12}`"),
    (untracked, r"names that are taken there by files git does not know: docs/new\.txt"),
]


@pytest.mark.parametrize(("spoil", "words"), CASES, ids=[spoil.__name__ for spoil, _ in CASES])
def test_refused_with_nothing_changed(folder: Path, spoil: Callable[[Path], None], words: str) -> None:
    spoil(folder)
    before = everything_but_kit(folder)
    with pytest.raises(KitError, match=words):
        to(folder, {A: b"tiga\n", "docs/new.txt": b"x\n"})
    assert everything_but_kit(folder) == before


def everything_but_kit(folder: Path) -> tuple[object, ...]:
    """`everything`, where branch kit may be gone."""
    refs = git(folder, "for-each-ref", "refs/heads")
    status = git(folder, "status", "--porcelain", "--ignored")
    return (
        refs,
        status,
        {path: path.read_bytes() for path in folder.rglob("*") if path.is_file() and ".git" not in path.parts},
    )


def test_a_newer_tree_than_the_kit(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(guard, "__version__", "0.0.9")
    before = everything(folder)
    with pytest.raises(KitError, match=r"rendered by kit 0\.1\.0, and this is kit 0\.0\.9, which is older"):
        to(folder, {A: b"dua\n"})
    assert everything(folder) == before


@pytest.mark.parametrize("spoil", [without_branch, rewritten, without_kit])
def test_the_command_it_names_mends_it(folder: Path, spoil: Callable[[Path], None]) -> None:
    spoil(folder)
    with pytest.raises(KitError) as refused:
        to(folder, {A: b"dua\n"})
    git(folder, *str(refused.value).split("`git ")[1].split("`")[0].split())
    commit(folder, "Diperbaiki")
    assert to(folder, {A: b"dua\n"}).conflicts == ()
    assert (folder / A).read_bytes() == b"dua\n"
    assert (folder / "kami.txt").read_text() == "kami"
    assert_sound(folder)


def test_a_repository_that_is_not_there(tmp_path: Path) -> None:
    for run in (upgrade, preview):
        with pytest.raises(KitError, match="is no region's repository yet: `kit render` makes it"):
            run(tmp_path, render(tree({})))


def test_a_tree_several_renders_behind_gets_all_in_one(folder: Path) -> None:
    other = made(folder.parent / "other", {A: LINES})
    for line in (3, 8, 14):
        new = LINES.replace(b"baris %d\n" % line, b"kit %d\n" % line)
        assert to(other, {A: new}).conflicts == ()
    assert to(folder, {A: new}).conflicts == ()
    assert (folder / A).read_bytes() == (other / A).read_bytes()
