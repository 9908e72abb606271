"""Killed at any point, the old tree is there, or the same command brings the new one."""

import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from kit.errors import KitError
from kit.render import files
from kit.render.repository import create, update
from tests.kit.render.repositories import NEW, OLD, OWN, assert_sound, expected, git, on_disk, render

KILLING = Path(__file__).with_name("killing.py")
BEFORE, AFTER = expected(render(OLD).tree | OWN), expected(render(NEW).tree | OWN)


def killed(target: Path, what: str, module: str, name: str, number: int) -> bool:
    """Run until death; False when the run ended before the n-th call."""
    command = [sys.executable, str(KILLING), str(target), what, module, name, str(number)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode in (0, -signal.SIGKILL), done.stderr
    return done.returncode != 0


@pytest.mark.parametrize(
    ("module", "name", "number"),
    [
        ("kit.render.repository", "git", 1),
        ("kit.render.repository", "git", 2),
        ("kit.render.repository", "git", 3),
        ("kit.render.files", "_write", 1),
        ("kit.render.files", "_write", 7),
        ("kit.render.repository", "place", 1),
        ("os", "rename", 1),
    ],
)
def test_a_first_render_is_there_complete_or_not_at_all(tmp_path: Path, module: str, name: str, number: int) -> None:
    target = tmp_path / "build" / "region"
    assert killed(target, "create", module, name, number)
    assert not target.exists()
    create(target, render(OLD), [])
    assert on_disk(target) == BEFORE
    until = time.monotonic() + 20
    while list(target.parent.glob(".*")) and time.monotonic() < until:
        time.sleep(0.05)  # a git that the killed run started may still be writing
        files._sweep(target)
    assert_sound(target)


@pytest.mark.parametrize(
    ("module", "name", "number"),
    [
        *(
            ("kit.render.repository", name, number)
            for name, number in [("git", 1), ("git", 4), ("ask", 3), ("switch", 1)]
        ),
        *(("kit.render.switch", "git", number) for number in (1, 2, 3)),
        ("kit.render.switch", "_write_journal", 1),
        ("os", "fsync", 1),
        ("Path", "replace", 1),
    ],
)
def test_killed_before_the_switch_the_old_tree_is_untouched(
    tmp_path: Path, module: str, name: str, number: int
) -> None:
    target = tmp_path / "region"
    create(target, render(OLD), [])
    assert killed(target, "update", module, name, number)
    assert on_disk(target) == BEFORE
    assert git(target, "status", "--porcelain") == ""
    assert git(target, "rev-list", "--count", "main").strip() == "2"
    assert update(target, render(NEW)) is True
    assert on_disk(target) == AFTER
    assert_sound(target)


@pytest.mark.parametrize(
    ("module", "name", "number"),
    [
        ("kit.render.switch", "_finish", 1),
        ("kit.render.switch", "_remove", 1),
        ("kit.render.switch", "_remove", 2),
        ("Path", "replace", 2),
        ("Path", "replace", 3),
        ("Path", "replace", 6),
        ("kit.render.switch", "git", 4),
        ("kit.render.switch", "git", 5),
    ],
)
def test_killed_in_the_switch_the_same_command_ends_it(tmp_path: Path, module: str, name: str, number: int) -> None:
    target = tmp_path / "region"
    create(target, render(OLD), [])
    assert killed(target, "update", module, name, number)
    for path, found in on_disk(target).items():
        assert found in (BEFORE.get(path), AFTER.get(path)), f"{path} is neither old nor new"
    (target / ".git" / "index.lock").touch()
    update(target, render(NEW))
    assert on_disk(target) == AFTER
    assert_sound(target)


def test_an_edit_after_the_kill_is_not_lost(tmp_path: Path) -> None:
    target = tmp_path / "region"
    create(target, render(OLD), [])
    assert killed(target, "update", "kit.render.switch", "_finish", 1)
    (target / "README.md").write_text("sempat diubah orang")
    with pytest.raises(KitError, match=r"interrupted here, and changed since were README\.md"):
        update(target, render(NEW))
    assert (target / "README.md").read_text() == "sempat diubah orang"
    git(target, "checkout", "--", "README.md")
    update(target, render(NEW))
    assert on_disk(target) == AFTER
    assert_sound(target)
