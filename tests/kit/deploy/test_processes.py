"""Only the kit's own processes are ever ended."""

import subprocess
import time
from collections.abc import Callable
from dataclasses import replace
from signal import SIGTERM

from kit.deploy.processes import describe, marked, same, send, stop

Start = Callable[..., "subprocess.Popen[bytes]"]
SLEEP = "import time; print('up', flush=True); time.sleep(60)"
DEAF = "import signal, time; signal.signal(signal.SIGTERM, signal.SIG_IGN); print('up', flush=True); time.sleep(60)"


def started(process: "subprocess.Popen[bytes]") -> "subprocess.Popen[bytes]":
    """Wait until the program runs."""
    assert process.stdout
    assert process.stdout.readline() == b"up\n"
    return process


def test_only_marked_processes_are_found(start: Start) -> None:
    mine, other, unmarked = started(start(SLEEP, "/a b/x")), started(start(SLEEP, "/a b/xy")), started(start(SLEEP))
    found = {process.pid for process in marked("/a b/x")}
    assert found == {mine.pid}
    assert not found & {other.pid, unmarked.pid}


def test_stop_is_polite_first_and_then_firm(start: Start) -> None:
    polite, deaf = started(start(SLEEP, "/m")), started(start(DEAF, "/m"))
    began = time.monotonic()
    stopped = stop(marked("/m"), patience=0.5)
    assert {process.pid for process in stopped} == {polite.pid, deaf.pid}
    assert polite.wait(5) == -SIGTERM
    assert deaf.wait(5) == -9
    assert time.monotonic() - began < 5


def test_a_reused_number_is_not_hit(start: Start) -> None:
    process = started(start(SLEEP))
    described = describe(process.pid)
    assert described
    impostor = replace(described, start=described.start - 1)
    assert not same(impostor)
    assert not send(impostor, SIGTERM)
    assert stop([impostor]) == []
    assert process.poll() is None


def test_a_process_that_has_ended_is_none(start: Start) -> None:
    process = started(start(SLEEP))
    process.kill()
    time.sleep(0.05)
    assert describe(process.pid) is None
    process.wait()
    assert describe(process.pid) is None
