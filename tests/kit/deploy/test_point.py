"""The Ansible module that keeps databases before a release: which points stay, and when there is no room."""

import os
from collections.abc import Callable
from pathlib import Path
from types import ModuleType

import pytest


@pytest.fixture
def point(library: Callable[[str], ModuleType]) -> ModuleType:
    """The module."""
    return library("kit_point")


def made(root: Path, name: str, age: int) -> None:
    """A complete point of so many seconds ago."""
    (root / name).mkdir()
    (root / name / "hayu.dump").write_bytes(b"PGDMP")
    done = root / name / ".complete"
    done.touch()
    os.utime(done, (1_700_000_000 - age, 1_700_000_000 - age))


def test_the_newest_points_stay_and_what_was_interrupted_goes(point: ModuleType, tmp_path: Path) -> None:
    for name, age in (("first", 30), ("third", 10), ("second", 20)):
        made(tmp_path, name, age)
    (tmp_path / "killed").mkdir()
    assert [path.name for path in point.complete(tmp_path)] == ["third", "second", "first"]
    point.keep_only(tmp_path, 2)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["second", "third"]
    assert point.complete(tmp_path / "nowhere") == []


def test_without_room_nothing_is_written_and_both_numbers_are_told(
    point: ModuleType, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []

    def psql(database: str, sql: str) -> int:
        asked.append(sql)
        return 300 << 20

    monkeypatch.setattr(point, "psql", psql)
    assert point.room(["hayu", "erk"], 400 << 20) == ""
    assert "'hayu,erk'" in asked[0]
    refusal = "The databases have 300 MiB and only 100 MiB are free, so they cannot be kept first."
    assert point.room(["hayu", "erk"], 100 << 20) == refusal


def test_what_postgresql_refuses_is_told_in_its_words(
    point: ModuleType, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    runuser = tmp_path / "runuser"
    runuser.write_text("#!/bin/sh\necho 'FATAL: database \"hayu\" does not exist' >&2\nexit 1\n")
    runuser.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}:{os.environ['PATH']}")
    with pytest.raises(RuntimeError, match='database "hayu" does not exist'):
        point.dump("hayu", tmp_path / "hayu.dump")
    with pytest.raises(RuntimeError, match='database "hayu" does not exist'):
        point.psql("hayu", "select 1")
