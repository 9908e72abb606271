"""Running this machine's own programs."""

import os
import subprocess
from collections.abc import Callable, Sequence

from kit.errors import OutsideError

_ADMIN_PATH = "/usr/sbin:/sbin"
_TIED = ("setpriv", "--pdeathsig", "KILL", "--")
"""Programs end with the kit: one that outlived a kill could still change what the next run has cleared."""

TIMEOUT = 60.0
"""Seconds a program of this machine may take before it counts as hung."""


def search_path() -> str:
    """Where programs are looked for: a plain user's PATH leaves out the directories of administrators' programs."""
    return os.pathsep.join((os.environ.get("PATH", os.defpath), _ADMIN_PATH))


def environment() -> dict[str, str]:
    """The environment for programs whose output is read: in English, found wherever Debian has them."""
    return {**os.environ, "PATH": search_path(), "LC_ALL": "C.UTF-8"}


def run(*command: str, feed: str | None = None, timeout: float = TIMEOUT) -> str:
    """Run a program and return what it printed. Raises OutsideError with its own words if it fails or hangs."""
    done = attempt(*command, feed=feed, timeout=timeout)
    if done.returncode:
        said = (done.stderr.strip() or done.stdout.strip() or f"exit code {done.returncode}").splitlines()[-1]
        raise OutsideError(f"`{' '.join(command)}` failed: {said}")
    return done.stdout


def attempt(*command: str, feed: str | None = None, timeout: float = TIMEOUT) -> subprocess.CompletedProcess[str]:
    """Run a program and return how it ended. Raises OutsideError if it is missing or hangs."""
    given: dict[str, object] = {"stdin": subprocess.DEVNULL} if feed is None else {"input": feed}
    try:
        return subprocess.run(  # type: ignore[call-overload,no-any-return]
            [*_TIED, *command],
            env=environment(),
            capture_output=True,
            text=True,
            errors="replace",
            timeout=timeout,
            check=False,
            **given,
        )
    except subprocess.TimeoutExpired as hung:
        raise OutsideError(f"`{' '.join(command)}` did not end within {timeout:.0f} s.") from hung
    except OSError as error:
        raise OutsideError(f"`{command[0]}` could not be run: {error.strerror}.") from error


def watch(command: Sequence[str], tell: Callable[[str], None]) -> tuple[int, list[str]]:
    """Run a program, telling each line as it is printed; return its exit code and all lines."""
    lines: list[str] = []
    try:
        with subprocess.Popen(
            [*_TIED, *command],
            env=environment(),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            errors="replace",
        ) as process:
            for line in process.stdout or ():
                lines.append(line.rstrip())
                tell(lines[-1])
    except OSError as error:
        raise OutsideError(f"`{command[0]}` could not be run: {error.strerror}.") from error
    return process.returncode, lines
