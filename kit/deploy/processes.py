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
_AFTER_NAME_PARENT = 1  # field 4 of /proc/PID/stat, counted from the one after the name
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


def idle_holders(path: Path) -> list[Process]:
    """Who holds the lock of file *path* and does nothing: it has no child, and its parent does not hold the lock.

    Such are the workers of an Ansible that was killed: one that still works has its connection as a child, and one
    that is done may wait for ever for somebody to take its result. Processes of other users are not seen.
    """
    wanted = path.stat()
    holders, parents = set(), {}
    for entry in _PROC.iterdir():
        if not entry.name.isdigit():
            continue
        with contextlib.suppress(OSError, ValueError, IndexError):
            stat = (entry / "stat").read_text(encoding="utf-8", errors="replace")
            parents[int(entry.name)] = int(stat.rpartition(")")[2].split()[_AFTER_NAME_PARENT])
            if any(_locks(entry, descriptor, wanted) for descriptor in (entry / "fd").iterdir()):
                holders.add(int(entry.name))
    idle = holders - set(parents.values()) - {pid for pid in holders if parents.get(pid) in holders}
    return [process for process in map(describe, sorted(idle)) if process]


def _locks(entry: Path, descriptor: Path, wanted: os.stat_result) -> bool:
    """Does a descriptor of a process hold a lock of this file? One that was only opened does not."""
    with contextlib.suppress(OSError):
        there = descriptor.stat()
        if (there.st_dev, there.st_ino) == (wanted.st_dev, wanted.st_ino):
            return "\nlock:" in (entry / "fdinfo" / descriptor.name).read_text(encoding="ascii")
    return False
