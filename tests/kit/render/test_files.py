"""Writing trees: complete or not at all, one at a time."""

import os
from pathlib import Path

import pytest

from kit.errors import KitError
from kit.render.files import draft_of, locked, place, write
from kit.render.tree import File
from tests.kit.render.repositories import OLD, expected, on_disk


def test_files_are_written_with_their_permissions(tmp_path: Path) -> None:
    before = os.umask(0o077)
    try:
        write(OLD, tmp_path)
    finally:
        os.umask(before)
    assert on_disk(tmp_path) == expected(OLD)


def test_nothing_is_overwritten_or_followed(tmp_path: Path) -> None:
    (tmp_path / "outside").write_text("milik orang")
    (tmp_path / "tree").mkdir()
    (tmp_path / "tree" / "a").symlink_to(tmp_path / "outside")
    with pytest.raises(OSError, match=r"exists|symbolic"):
        write({"a": File(b"x")}, tmp_path / "tree")
    assert (tmp_path / "outside").read_text() == "milik orang"


def test_a_draft_is_removed_when_it_fails(tmp_path: Path) -> None:
    twice = {"a": File(b""), "a/b": File(b"")}
    with pytest.raises(NotADirectoryError), draft_of(tmp_path / "x") as draft:
        write(OLD | twice, draft)
    assert list(tmp_path.iterdir()) == []


def test_a_finished_draft_takes_its_place(tmp_path: Path) -> None:
    with draft_of(tmp_path / "deep" / "x") as draft:
        write(OLD, draft)
        place(draft, tmp_path / "deep" / "x")
    assert on_disk(tmp_path) == {f"deep/x/{path}": found for path, found in expected(OLD).items()}
    assert (tmp_path / "deep" / "x").stat().st_mode & 0o777 == 0o755


def test_drafts_of_the_dead_are_removed_and_those_of_the_living_stay(tmp_path: Path) -> None:
    dead = tmp_path / ".x.kit-draft-dead"
    dead.mkdir()
    (dead / "y").write_text("")
    other = tmp_path / ".other.kit-draft-dead"
    other.mkdir()
    with draft_of(tmp_path / "x") as living:
        assert not dead.exists()
        with draft_of(tmp_path / "x") as second:
            assert living.is_dir()
            assert second != living
    assert [path.name for path in tmp_path.iterdir()] == [other.name]


def test_a_folder_is_held_by_one(tmp_path: Path) -> None:
    with locked(tmp_path), pytest.raises(KitError, match="Another kit is working on"), locked(tmp_path):
        pass
    with locked(tmp_path):
        pass
