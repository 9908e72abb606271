"""Conflicts settled or given up, with everything of the region's at its place."""

from pathlib import Path

import pytest

from kit.errors import KitError
from kit.upgrade import abort, proceed, require_whole, state
from tests.kit.render.repositories import assert_sound, git, on_disk
from tests.kit.upgrade.trees import LINES, commit, everything, made, to

A, B, C = "apps/core/a.txt", "apps/core/b.txt", "apps/core/c.txt"
OURS, CLASH = LINES.replace(b"baris 2\n", b"kami 2\n"), LINES.replace(b"baris 2\n", b"kit 2\n")
NEW: dict[str, object] = {A: CLASH, "apps/core/new.txt": b"baru\n", "docs/c.txt": LINES}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A region that changed a line the new render changes too, with files git does not know or ignores."""
    folder = made(tmp_path / "region", {A: LINES, B: b"pergi\n", C: LINES, ".gitignore": b"*.rahasia\n"})
    (folder / A).write_bytes(OURS)
    commit(folder, "Baris dua milik kami")
    (folder / "catatan.txt").write_text("belum dikenal git")
    (folder / "kunci.rahasia").write_text("diabaikan")
    return folder


def begin(folder: Path) -> None:
    assert [one.path for one in to(folder, NEW | {".gitignore": b"*.rahasia\n"}).conflicts] == [A]  # type: ignore[arg-type]


def test_abort_brings_the_exact_former_state_back(folder: Path) -> None:
    before = everything(folder)
    begin(folder)
    assert state(folder).conflicts == (A,)
    abort(folder)
    assert everything(folder) == before
    assert state(folder).is_whole
    begin(folder)


def test_abort_with_everything_half_settled(folder: Path) -> None:
    before = everything(folder)
    begin(folder)
    (folder / A).write_bytes(b"setengah jadi\n")
    git(folder, "add", A)
    (folder / B).write_bytes(b"dibuat lagi\n")
    (folder / "apps/core/new.txt").unlink()
    (folder / "baru.txt").write_text("dibuat di tengah jalan")
    git(folder, "add", "baru.txt")
    abort(folder)
    assert (folder / "baru.txt").read_text() == "dibuat di tengah jalan"
    (folder / "baru.txt").unlink()
    assert everything(folder) == before
    assert git(folder, "show", f"refs/kit/aborted:{A}") == "setengah jadi\n"


@pytest.mark.parametrize("how", [("merge", "--abort"), ("reset", "--mixed"), ("reset", "--hard")])
def test_abort_after_gits_own_ways_out(folder: Path, how: tuple[str, str]) -> None:
    before = everything(folder)
    begin(folder)
    git(folder, *how)
    abort(folder)
    assert everything(folder) == before


def test_an_upgrade_starts_anew_after_gits_own_abort(folder: Path) -> None:
    begin(folder)
    git(folder, "merge", "--abort")
    assert state(folder).is_whole
    begin(folder)


def test_continue_refuses_what_is_not_settled(folder: Path) -> None:
    begin(folder)
    before = everything(folder)
    with pytest.raises(KitError, match=r"still in conflict: apps/core/a\.txt\. Settle each"):
        proceed(folder)
    assert everything(folder) == before
    git(folder, "add", A)
    with pytest.raises(KitError, match=r"conflict marks still stand in apps/core/a\.txt"):
        proceed(folder)
    (folder / A).write_bytes(b"beres\n")
    with pytest.raises(KitError, match=r"changed but not added: apps/core/a\.txt"):
        proceed(folder)
    git(folder, "add", A)
    made = proceed(folder)
    assert git(folder, "rev-parse", "main").strip() == made
    assert git(folder, "rev-parse", "main^2") == git(folder, "rev-parse", "kit")
    found = on_disk(folder)
    assert (found[A][0], found["docs/c.txt"][0]) == (b"beres\n", LINES)
    assert C not in found
    assert found["kunci.rahasia"][0] == b"diabaikan"
    (folder / "catatan.txt").unlink()
    assert_sound(folder)
    assert not (folder / ".git/kit-upgrade.json").exists()


def test_a_merge_ended_with_git_itself_counts(folder: Path) -> None:
    begin(folder)
    (folder / A).write_bytes(b"beres\n")
    git(folder, "add", A)
    git(folder, "commit", "-qm", "Beres")
    assert state(folder).is_whole
    with pytest.raises(KitError, match="no upgrade is under way"):
        proceed(folder)
    with pytest.raises(KitError, match=r"main has moved on since the upgrade began"):
        abort(folder)
    assert to(folder, NEW | {".gitignore": b"*.rahasia\n"}).summary is None  # type: ignore[arg-type]


def test_nothing_to_end(folder: Path) -> None:
    before = everything(folder)
    for end in (proceed, abort):
        with pytest.raises(KitError, match="no upgrade is under way"):
            end(folder)
    assert everything(folder) == before


def test_continue_after_a_reset_says_so(folder: Path) -> None:
    begin(folder)
    git(folder, "reset", "--mixed")
    with pytest.raises(KitError, match="git no longer knows of the merge"):
        proceed(folder)


def test_a_tree_in_conflict_is_not_deployed_and_not_rendered(folder: Path) -> None:
    begin(folder)
    with pytest.raises(KitError, match=r"waits for conflicts to be settled\. Still to settle: apps/core/a\.txt"):
        require_whole(folder)
    before = everything(folder)
    with pytest.raises(KitError, match="waits for conflicts to be settled"):
        begin(folder)
    assert everything(folder) == before


def test_any_other_conflict_is_not_whole(folder: Path) -> None:
    git(folder, "switch", "-qc", "coba", "HEAD~1")
    (folder / A).write_bytes(CLASH)
    commit(folder, "lain")
    git(folder, "switch", "-q", "main")
    with pytest.raises(AssertionError):
        git(folder, "cherry-pick", "coba")
    assert state(folder).conflicts == (A,)
    with pytest.raises(KitError, match=r"has conflicts in apps/core/a\.txt"):
        require_whole(folder)
