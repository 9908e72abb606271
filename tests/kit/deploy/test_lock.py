"""One `kit up` a region."""

import os
import subprocess
import sys
from collections.abc import Callable

import pytest

from kit.deploy.lock import Busy, RegionLock, is_held, owner_of
from kit.deploy.state import State
from kit.paths import ROOT

Start = Callable[..., "subprocess.Popen[bytes]"]
HOLD = f"""
import sys, time
sys.path.insert(0, {str(ROOT)!r})
from pathlib import Path
from kit.deploy.lock import RegionLock
lock = RegionLock.take(Path(PATH), "X")
print("up", flush=True)
time.sleep(60)
"""


def hold(start: Start, state: State) -> "subprocess.Popen[bytes]":
    """Another process that holds the lock."""
    process = start(HOLD.replace("PATH", repr(str(state.lock))))
    assert process.stdout
    assert process.stdout.readline() == b"up\n"
    return process


def test_the_second_is_refused_with_the_first_ones_number(start: Start, state: State) -> None:
    first = hold(start, state)
    with pytest.raises(Busy, match=rf"Kota Bandung is already up or coming up \(pid {first.pid}, since 20") as raised:
        RegionLock.take(state.lock, "Kota Bandung")
    assert raised.value.exit_code == 1
    owner = owner_of(state.lock)
    assert owner
    assert owner.pid == first.pid
    assert is_held(state.lock)


def test_a_killed_holder_holds_nothing(start: Start, state: State) -> None:
    first = hold(start, state)
    first.kill()
    first.wait()
    assert not is_held(state.lock)
    assert owner_of(state.lock) is None
    RegionLock.take(state.lock, "X").release()


def test_a_held_lock_says_who_and_a_released_one_nothing(state: State) -> None:
    lock = RegionLock.take(state.lock, "X")
    lock.sign(urls={"hayu": "http://localhost:8100"})
    owner = owner_of(state.lock)
    assert owner
    assert owner.pid == os.getpid()
    assert sys.executable.split("/")[-1] in owner.command or "python" in owner.command
    lock.release()
    assert owner_of(state.lock) is None
    assert not is_held(state.lock)


def test_a_lock_that_was_never_taken_is_not_held(state: State) -> None:
    assert not is_held(state.lock)
