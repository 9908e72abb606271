"""The lock of a region's servers on the operator's machine: one run at a time, a killed one blocks no other."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from kit.deploy.servers import session
from kit.errors import KitError

# A kit takes its turn and starts an Ansible that inherits the lock; that one starts a worker in a session of its own.
_KIT = """
import os, subprocess, sys
from pathlib import Path
from kit.deploy.servers import session
lock = session._own_turn(Path(sys.argv[1]), "Uji")
subprocess.Popen(sys.argv[2:], pass_fds=[lock], start_new_session=True)
os.kill(os.getpid(), 9)
"""
_STUCK = (sys.executable, "-c", "import os; os.write(os.pipe()[1], bytes(1_000_000))")
"""Nobody takes its result."""
_WORKS = ("sh", "-c", "sleep 5; exit 0")


@pytest.fixture
def lock(tmp_path: Path) -> Iterator[Path]:
    """The lock's file; whoever still holds it afterwards is ended."""
    path = tmp_path / "lock"
    yield path
    for process in session.idle_holders(path):
        session.send(process, signal.SIGKILL)


def killed(lock: Path, *leaves: str) -> None:
    """A run that was killed and leaves something behind."""
    command = [sys.executable, "-c", _KIT, str(lock), *leaves]
    done = subprocess.run(command, timeout=60, check=False)
    assert done.returncode == -9


def test_what_a_killed_run_left_hanging_is_ended(lock: Path) -> None:
    killed(lock, *_STUCK)
    began = time.monotonic()
    os.close(session._own_turn(lock, "Uji"))
    assert time.monotonic() - began < session._ENDING_SECONDS / 4
    assert session.idle_holders(lock) == []


def test_what_still_works_on_a_server_is_waited_for(lock: Path) -> None:
    began = time.monotonic()
    killed(lock, *_WORKS)
    os.close(session._own_turn(lock, "Uji"))
    assert time.monotonic() - began > 5


def test_a_run_under_way_is_not_disturbed(lock: Path) -> None:
    held = session._own_turn(lock, "Uji")
    with pytest.raises(KitError, match=rf"Uji are being changed from this machine already \(process {os.getpid()}\)"):
        session._own_turn(lock, "Uji")
    os.close(held)
