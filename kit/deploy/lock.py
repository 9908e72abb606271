"""One `kit up` a region: a lock that the kernel releases when its holder ends, however it ends."""

import fcntl
import json
import os
import time
from pathlib import Path
from typing import Any

from kit.deploy.processes import Process, describe
from kit.deploy.state import read_json
from kit.errors import KitError


class Busy(KitError):
    """The region's lock is held by another process."""

    def __init__(self, message: str, owner: Process | None) -> None:
        super().__init__(message)
        self.owner = owner


class RegionLock:
    """The held lock. Its file says who holds it, since when, and what is being served."""

    def __init__(self, descriptor: int) -> None:
        self.descriptor = descriptor

    @classmethod
    def take(cls, path: Path, name: str) -> "RegionLock":
        """Take the lock or raise Busy with a sentence that names the holder."""
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            os.close(descriptor)
            owner = owner_of(path)
            who = f"pid {owner.pid}" if owner else "another process"
            since = read_json(path).get("since", "just now")
            stop = f"`kit down {path.parent.parent.name}` stops it"
            raise Busy(f"{name} is already up or coming up ({who}, since {since}); {stop}.", owner) from None
        lock = cls(descriptor)
        lock.sign()
        return lock

    def sign(self, **more: Any) -> None:
        """Write into the file that this process holds the lock, and what else there is to know."""
        me = describe(os.getpid())
        start = me.start if me else 0
        record = {"pid": os.getpid(), "start": start, "since": time.strftime("%Y-%m-%d %H:%M:%S"), **more}
        os.ftruncate(self.descriptor, 0)
        os.pwrite(self.descriptor, json.dumps(record).encode(), 0)

    def release(self) -> None:
        """Empty the file and let go."""
        os.ftruncate(self.descriptor, 0)
        os.close(self.descriptor)


def owner_of(path: Path) -> Process | None:
    """The living process that signed the lock file, if it is still that very process."""
    record = read_json(path)
    process = describe(record.get("pid", 0))
    return process if process and process.start == record.get("start") else None


def is_held(path: Path) -> bool:
    """Does a living process hold the lock?"""
    if not path.exists():
        return False
    descriptor = os.open(path, os.O_RDWR | os.O_CLOEXEC)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return True
    else:
        return False
    finally:
        os.close(descriptor)
