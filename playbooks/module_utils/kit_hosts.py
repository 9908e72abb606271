"""What the modules for servers share: programs without a shell, files that are whole or not there, marks."""

from __future__ import annotations

import grp
import os
import subprocess
from pathlib import Path

APPLIED = Path("/var/lib/kit/applied")
LAST_LINES = 20


def run(*command: str, timeout: float = 120) -> subprocess.CompletedProcess[str]:
    """Run a program and return how it ended; its output is text."""
    return subprocess.run(
        command,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        errors="replace",
        timeout=timeout,
        check=False,
        env={**os.environ, "LC_ALL": "C.UTF-8"},
    )


def last_lines(text: str, count: int = LAST_LINES) -> str:
    """The end of what a program said."""
    return "\n".join(text.strip().splitlines()[-count:])


def write_atomically(path: Path, content: bytes, mode: int, group: str = "root") -> None:
    """Write *content* to *path*, owned by root and *group*, on the disk before it is seen."""
    path.parent.mkdir(mode=0o755, parents=True, exist_ok=True)
    partial = path.with_name(f".{path.name}.kit")
    partial.unlink(missing_ok=True)
    descriptor = os.open(partial, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW, 0o600)
    with os.fdopen(descriptor, "wb") as out:
        out.write(content)
        out.flush()
        os.fchmod(out.fileno(), mode)
        os.fchown(out.fileno(), 0, grp.getgrnam(group).gr_gid)
        os.fsync(out.fileno())
    partial.rename(path)


def mark_of(name: str) -> str:
    """What the mark *name* says, "" without one."""
    try:
        return (APPLIED / name).read_text(encoding="ascii").strip()
    except FileNotFoundError:
        return ""


def set_mark(name: str, text: str) -> None:
    """Note that *name* now runs with the files of this digest."""
    write_atomically(APPLIED / name, f"{text}\n".encode("ascii"), 0o644)
