"""The region's repository: made once, rendered again, merged, never lost."""

import os
from pathlib import Path

import pytest

from kit.errors import KitError
from kit.render.repository import create, exists, update
from tests.kit.render.repositories import CODE, NEW, OLD, OWN, assert_sound, expected, git, on_disk, render


@pytest.fixture
def made(tmp_path: Path) -> Path:
    target = tmp_path / "build" / "52.71-kota-mataram"
    create(target, render(OLD), [])
    return target


def commit(folder: Path, words: str) -> None:
    git(folder, "add", "-A")
    git(folder, "commit", "-qm", words)


def test_the_first_render_makes_both_branches(made: Path) -> None:
    assert on_disk(made) == expected(render(OLD).tree | OWN)
    assert git(made, "branch", "--format=%(refname:short)").split() == ["kit", "main"]
    assert git(made, "symbolic-ref", "HEAD").strip() == "refs/heads/main"
    assert git(made, "log", "--format=%an <%ae> %s", "kit") == "kit <kit@localhost> Kota Mataram, kit 0.1.0\n"
    assert git(made, "ls-tree", "-r", "--name-only", "-z", "kit").split("\0")[:-1] == sorted(render(OLD).tree)
    assert git(made, "rev-parse", "main^").strip() == git(made, "rev-parse", "kit").strip()
    assert_sound(made)


def test_the_same_render_makes_the_same_commit(made: Path, tmp_path: Path) -> None:
    other = tmp_path / "other"
    create(other, render(OLD), [])
    assert git(other, "rev-parse", "kit") == git(made, "rev-parse", "kit")


def test_an_empty_folder_is_filled(tmp_path: Path) -> None:
    target = tmp_path / "empty"
    target.mkdir()
    assert not exists(target)
    create(target, render(OLD), [])
    assert_sound(target)


def test_a_new_render_is_merged(made: Path) -> None:
    assert update(made, render(NEW)) is True
    assert on_disk(made) == expected(render(NEW).tree | OWN)
    assert git(made, "log", "--format=%s", "--first-parent", "main").splitlines() == [
        "Render of the kit merged",
        "Folder of the region's own, never written again",
        "Kota Mataram, kit 0.1.0",
    ]
    assert git(made, "rev-parse", "main^2") == git(made, "rev-parse", "kit")
    assert git(made, "rev-list", "--count", "kit").strip() == "2"
    assert_sound(made)
    assert update(made, render(OLD)) is True
    assert on_disk(made) == expected(render(OLD).tree | OWN)
    assert_sound(made)


def test_the_same_render_changes_nothing(made: Path) -> None:
    before = git(made, "rev-parse", "kit", "main")
    assert update(made, render(OLD)) is False
    assert git(made, "rev-parse", "kit", "main") == before
    assert_sound(made)


def test_changes_of_the_region_survive(made: Path) -> None:
    (made / "README.md").write_bytes(b"satu punya kami\n" + OLD["README.md"].data.partition(b"\n")[2])
    (made / "apps/core/a.py").rename(made / "apps/core/renamed.py")
    (made / "apps/core/empty").unlink()
    (made / "custom/README.md").unlink()
    (made / "custom/templates").mkdir()
    (made / "custom/templates/base.html").write_text("{{ punya }}")
    (made / "ours.sh").write_text("#!/bin/sh\n")
    (made / "ours.sh").chmod(0o755)
    (made / "link").symlink_to("README.md")
    commit(made, "punya kami")
    (made / "untracked.txt").write_text("belum dikenal git")
    assert update(made, render(NEW)) is True
    found = on_disk(made)
    assert found["README.md"][0].splitlines()[0] == b"satu punya kami"
    assert found["README.md"][0].splitlines()[-1] == b"tujuh baru"
    assert found["apps/core/renamed.py"] == (b"A = 1\n", 0o755)
    assert "apps/core/empty" not in found
    assert "custom/README.md" not in found
    assert found["custom/templates/base.html"][0] == b"{{ punya }}"
    assert found["ours.sh"][1] & 0o111
    assert (made / "link").readlink() == Path("README.md")
    assert found["untracked.txt"][0] == b"belum dikenal git"
    (made / "untracked.txt").unlink()
    assert_sound(made)


@pytest.mark.parametrize("how", ["edited", "staged", "deleted", "mode"])
def test_a_tree_that_is_not_clean_is_left_alone(made: Path, how: str) -> None:
    path = made / "README.md"
    if how == "deleted":
        path.unlink()
    elif how == "mode":
        path.chmod(0o755)
    else:
        path.write_text("sedang ditulis")
    if how == "staged":
        git(made, "add", "README.md")
    before, refs = on_disk(made), git(made, "for-each-ref")
    with pytest.raises(KitError, match=r"changes that are not committed: README\.md\. Nothing was changed"):
        update(made, render(NEW))
    assert (on_disk(made), git(made, "for-each-ref")) == (before, refs)


def test_another_branch_is_left_alone(made: Path) -> None:
    git(made, "switch", "-qc", "coba")
    refs = git(made, "for-each-ref")
    with pytest.raises(KitError, match=r"is on coba\. Nothing was changed\. Run `git switch main`"):
        update(made, render(NEW))
    git(made, "switch", "-q", "--detach")
    with pytest.raises(KitError, match="is on no branch"):
        update(made, render(NEW))
    assert git(made, "for-each-ref") == refs


def test_a_merge_under_way_is_left_alone(made: Path) -> None:
    git(made, "switch", "-qc", "coba")
    (made / "x").write_text("1")
    commit(made, "x")
    git(made, "switch", "-q", "main")
    git(made, "merge", "-q", "--no-ff", "--no-commit", "coba")
    refs = git(made, "for-each-ref")
    with pytest.raises(KitError, match="in the middle of a merge or rebase"):
        update(made, render(NEW))
    assert git(made, "for-each-ref") == refs


def test_a_conflict_names_the_files_and_leaves_main(made: Path) -> None:
    (made / "README.md").write_bytes(OLD["README.md"].data.replace(b"tujuh", b"tujuh kami"))
    (made / "apps/core/run").unlink()
    commit(made, "punya kami")
    before, main = on_disk(made), git(made, "rev-parse", "main")
    with pytest.raises(KitError, match=r"meet in README\.md, apps/core/run\. Branch main is as it was"):
        update(made, render(NEW))
    assert (on_disk(made), git(made, "rev-parse", "main")) == (before, main)
    assert_sound(made)
    with pytest.raises(KitError, match=r"meet in README\.md"):
        update(made, render(NEW))
    assert git(made, "rev-list", "--count", "kit").strip() == "2"


def test_what_the_message_of_a_conflict_says_works(made: Path) -> None:
    (made / "README.md").write_bytes(OLD["README.md"].data.replace(b"tujuh", b"tujuh kami"))
    commit(made, "punya kami")
    with pytest.raises(KitError, match="Run `git merge kit` there, settle these files, commit; then run this again"):
        update(made, render(NEW))
    with pytest.raises(AssertionError):
        git(made, "merge", "-q", "kit")
    (made / "README.md").write_text("beres\n")
    commit(made, "beres")
    assert update(made, render(NEW)) is False
    assert (made / "README.md").read_text() == "beres\n"
    assert_sound(made)


def test_untracked_files_in_the_way_are_named(made: Path) -> None:
    (made / "apps/core/new").write_text("punya kami")
    refs, before = git(made, "for-each-ref"), on_disk(made)
    with pytest.raises(KitError, match=r"files git does not know: apps/core/new/deep/b\.py\. Nothing was changed"):
        update(made, render(NEW))
    assert on_disk(made) == before
    assert git(made, "rev-parse", "kit", "main").splitlines() == [
        line.split()[0] for line in refs.splitlines() if line.endswith(("/kit", "/main")) and "refs/heads" in line
    ]


def test_ignored_files_in_the_way_are_named_too(made: Path) -> None:
    (made / ".git/info").mkdir(exist_ok=True)
    (made / ".git/info/exclude").write_text("*.py\n")
    (made / "apps/core/new/deep").mkdir(parents=True)
    (made / "apps/core/new/deep/b.py").write_text("punya kami")
    with pytest.raises(KitError, match="files git does not know"):
        update(made, render(NEW))
    assert (made / "apps/core/new/deep/b.py").read_text() == "punya kami"


def test_nothing_is_written_through_a_link(made: Path, tmp_path: Path) -> None:
    outside = tmp_path / "outside"
    outside.mkdir()
    (made / "apps/core/new").symlink_to(outside)
    with pytest.raises(KitError, match="files git does not know"):
        update(made, render(NEW))
    assert list(outside.iterdir()) == []


@pytest.mark.parametrize("kind", ["files", "git", "file", "dangling"])
def test_what_is_not_the_kits_is_refused(tmp_path: Path, kind: str) -> None:
    target = tmp_path / "target"
    if kind == "file":
        target.write_text("x")
    elif kind == "dangling":
        target.symlink_to(tmp_path / "nowhere")
    else:
        target.mkdir()
        (target / "x").write_text("x")
    if kind == "git":
        git(target, "init", "-q", "-b", "main")
        commit(target, "x")
    assert exists(target)
    with pytest.raises(KitError, match=r"give another (folder|one) with --into"):
        update(target, render(NEW))


def test_another_regions_repository_is_refused(made: Path) -> None:
    with pytest.raises(KitError, match=r"holds the region 52\.71, not 32\.73"):
        update(made, render(NEW, code="32.73"))
    assert on_disk(made) == expected(render(OLD).tree | OWN)
    assert CODE == "52.71"


def test_two_kits_at_once_do_not_mix(made: Path) -> None:
    from kit.render.files import locked

    with locked(made), pytest.raises(KitError, match="Another kit is working on"):
        update(made, render(NEW))
    assert update(made, render(NEW)) is True


def test_a_target_that_appears_meanwhile_is_not_overwritten(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from kit.render import repository

    target, place = tmp_path / "target", repository.place

    def late(draft: Path, to: Path) -> None:
        to.mkdir()
        (to / "theirs").write_text("x")
        place(draft, to)

    monkeypatch.setattr(repository, "place", late)
    with pytest.raises(KitError, match="could not be put in place"):
        create(target, render(OLD), [])
    assert [path.name for path in tmp_path.iterdir()] == ["target"]
    assert on_disk(target) == {"theirs": (b"x", (target / "theirs").stat().st_mode & 0o777)}


def test_modes_do_not_depend_on_the_umask(tmp_path: Path) -> None:
    target = tmp_path / "target"
    before = os.umask(0o077)
    try:
        create(target, render(OLD), [])
        update(target, render(NEW))
    finally:
        assert os.umask(before) == 0o077
    assert on_disk(target) == expected(render(NEW).tree | OWN)
    folders = [path for path in target.rglob("*") if path.is_dir() and ".git" not in path.parts]
    assert {oct(path.stat().st_mode & 0o777) for path in [target, *folders]} == {"0o755"}
    assert_sound(target)
