"""Killed at any point, the same command goes on, and ``--abort`` brings the former state back."""

import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from kit.errors import KitError
from kit.upgrade import Report, abort, proceed, state
from tests.kit.render.repositories import assert_sound, git, on_disk
from tests.kit.upgrade.trees import LINES, commit, everything, made, to

KILLING = Path(__file__).with_name("killing.py")
A, B = "apps/core/a.txt", "apps/core/b.txt"


def begin(folder: Path) -> Report:
    """The upgrade of these tests: one file in conflict, one changed, one new, one removed."""
    return to(folder, {A: LINES.replace(b"baris 2\n", b"kit 2\n"), B: b"baru\n", "docs/new.txt": b"x\n"})


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = made(tmp_path / "region", {A: LINES, B: b"lama\n", "apps/core/gone.txt": b"pergi\n"})
    (folder / A).write_bytes(LINES.replace(b"baris 2\n", b"kami 2\n"))
    commit(folder)
    (folder / "catatan.txt").write_text("belum dikenal git")
    return folder


def killed(folder: Path, what: str, module: str, name: str, number: int) -> None:
    command = [sys.executable, str(KILLING), str(folder), what, module, name, str(number)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == -signal.SIGKILL, done.stderr


def again(action: Callable[[Path], object], folder: Path, done: str) -> None:
    """Run it after a kill; it may be refused with the words ``done`` only."""
    refused = ""
    try:
        action(folder)
    except KitError as error:
        refused = str(error)
    assert not refused or done in refused


POINTS = [
    ("kit.upgrade.running", "git", 1),
    ("kit.upgrade.running", "merge", 1),
    ("kit.upgrade.running", "switch", 1),
    ("kit.render.switch", "git", 3),
    ("kit.render.switch", "_write_journal", 1),
    ("kit.render.switch", "_finish", 1),
    ("kit.render.switch", "_remove", 1),
    ("Path", "replace", 2),
    ("Path", "replace", 3),
    ("kit.render.switch", "git", 4),
    ("kit.render.switch", "git", 5),
    ("Path", "write_text", 2),
    ("Path", "write_text", 4),
    ("kit.render.switch", "git", 6),
    ("Path", "unlink", 3),
]


@pytest.mark.parametrize("end", ["rerun", "abort"])
@pytest.mark.parametrize(("module", "name", "number"), POINTS)
def test_an_upgrade_killed(folder: Path, module: str, name: str, number: int, end: str) -> None:
    before = everything(folder)
    killed(folder, "upgrade", module, name, number)
    if end == "rerun":
        again(begin, folder, "waits for conflicts to be settled")
        assert state(folder).conflicts == (A,)
        assert b"<<<<<<< HEAD\nkami 2\n=======\nkit 2\n>>>>>>> kit/next" in on_disk(folder)[A][0]
        abort(folder)
    else:
        again(abort, folder, "no upgrade is under way")
    assert everything(folder) == before


@pytest.mark.parametrize(
    ("module", "name", "number"),
    [
        ("kit.upgrade.ending", "merge_commit", 1),
        ("kit.upgrade.ending", "switch", 1),
        ("kit.render.switch", "_finish", 1),
        ("kit.render.switch", "git", 4),
        ("Path", "unlink", 1),
        ("Path", "unlink", 3),
        ("kit.render.switch", "git", 5),
    ],
)
def test_an_ending_killed(folder: Path, module: str, name: str, number: int) -> None:
    begin(folder)
    (folder / A).write_bytes(b"beres\n")
    git(folder, "add", A)
    killed(folder, "proceed", module, name, number)
    again(proceed, folder, "no upgrade is under way")
    assert state(folder).is_whole
    assert on_disk(folder)[A][0] == b"beres\n"
    (folder / "catatan.txt").unlink()
    assert_sound(folder)
    assert begin(folder).summary is None


@pytest.mark.parametrize(
    ("module", "name", "number"),
    [
        ("kit.upgrade.ending", "git", 3),
        ("kit.upgrade.ending", "switch", 1),
        ("kit.render.switch", "_finish", 1),
        ("kit.render.switch", "_remove", 1),
        ("Path", "replace", 2),
        ("Path", "replace", 3),
        ("kit.render.switch", "git", 4),
        ("kit.render.switch", "git", 5),
    ],
)
def test_an_abort_killed(folder: Path, module: str, name: str, number: int) -> None:
    before = everything(folder)
    begin(folder)
    killed(folder, "abort", module, name, number)
    again(abort, folder, "no upgrade is under way")
    assert everything(folder) == before
