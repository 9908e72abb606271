"""Processes of this machine, told apart safely: the kit's own carry a mark they were started with."""

import contextlib
import os
import signal
import time
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

MARK = "KIT_INSTANCE"
"""Environment variable every process of a region carries; its value is the region's state directory."""

_PROC = Path("/proc")
_AFTER_NAME_START_TIME = 19  # field 22 of /proc/PID/stat, counted from the one after the name


@dataclass(frozen=True, slots=True)
class Process:
    """A process that cannot be mistaken for a later one with the same number."""

    pid: int
    start: int
    """When it was started, in clock ticks since boot."""
    command: str

    @property
    def name(self) -> str:
        """What to call it in a sentence: the program's name and its number."""
        return f"{Path(self.command.split(' ')[0]).name or 'process'} (pid {self.pid})"


def describe(pid: int) -> Process | None:
    """The process with number *pid*, or None if there is none (or it is a zombie)."""
    try:
        stat = (_PROC / str(pid) / "stat").read_text(encoding="utf-8", errors="replace")
        command = (_PROC / str(pid) / "cmdline").read_bytes()
    except OSError:
        return None
    fields = stat.rpartition(")")[2].split()
    if fields[0] in {"Z", "X"}:
        return None
    text = command.decode("utf-8", errors="replace").rstrip("\0").replace("\0", " ")
    return Process(pid, int(fields[_AFTER_NAME_START_TIME]), text)


def same(process: Process) -> bool:
    """Is *process* still the one that was described: same number, same start, same command?"""
    return describe(process.pid) == process


def marked(mark: str) -> list[Process]:
    """The processes of this user that carry *mark*, without the calling one."""
    wanted = f"{MARK}={mark}".encode("utf-8", "surrogateescape")
    found = []
    for entry in _PROC.iterdir():
        if not entry.name.isdigit() or int(entry.name) == os.getpid():
            continue
        with contextlib.suppress(OSError):  # another user's process, or one that has just ended
            if wanted in (entry / "environ").read_bytes().split(b"\0"):
                process = describe(int(entry.name))
                if process:
                    found.append(process)
    return found


def send(process: Process, number: signal.Signals) -> bool:
    """Send a signal to exactly this process; False if it is gone. A reused number is never hit."""
    try:
        handle = os.pidfd_open(process.pid)
    except OSError:
        return False
    try:
        if not same(process):
            return False
        signal.pidfd_send_signal(handle, number)
    except ProcessLookupError:
        return False
    finally:
        os.close(handle)
    return True


def stop(processes: Iterable[Process], patience: float = 10.0) -> list[Process]:
    """End the processes: politely, and after *patience* seconds by force. Return those that were there."""
    present = [process for process in processes if send(process, signal.SIGTERM)]
    deadline = time.monotonic() + patience
    while any(same(process) for process in present):
        if time.monotonic() > deadline:
            for process in present:
                send(process, signal.SIGKILL)
            break
        time.sleep(0.05)
    return present
