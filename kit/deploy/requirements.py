"""Lock files: what is asked for in `*.in`, pinned with hashes in `*.txt` beside it."""

import os
import subprocess
import sys
from pathlib import Path
from typing import NamedTuple

from kit.errors import OutsideError

APPS = Path("templates/core/{{cookiecutter.app}}/requirements")
KIT = Path("requirements/kit")
DEV = Path("requirements/dev")
OVERRIDES = Path("requirements/overrides.txt")
OLDEST_PYTHON = "3.11"


class Lock(NamedTuple):
    """One lock file, the requirement files it answers, and the lock whose versions it follows."""

    target: Path
    sources: tuple[Path, ...]
    follows: Path | None = None


def locks() -> tuple[Lock, ...]:
    """The project's locks. `dev.txt` is resolved first and holds everything, so one version of a package serves all."""
    kit, dev, apps = (path.with_suffix(".in") for path in (KIT, DEV, APPS))
    everything = DEV.with_suffix(".txt")
    return (
        Lock(everything, (dev, kit, apps)),
        Lock(KIT.with_suffix(".txt"), (kit,), everything),
        Lock(APPS.with_suffix(".txt"), (apps,), everything),
    )


def compile_command(lock: Lock, *, upgrade: bool = False) -> list[str]:
    """The command that writes *lock*, to be run in the project's root. No address of a package index gets into it."""
    command = [sys.executable, "-m", "uv", "pip", "compile", "--quiet", "--universal", "--generate-hashes"]
    command += ["--python-version", OLDEST_PYTHON, "--no-emit-index-url", "--no-emit-find-links", "--no-header"]
    command += ["--override", str(OVERRIDES), "--output-file", str(lock.target)]
    if lock.follows:
        command += ["--constraint", str(lock.follows)]
    if upgrade:
        command.append("--upgrade")
    return command + [str(source) for source in lock.sources]


def write_locks(root: Path, *, upgrade: bool = False) -> list[Path]:
    """Write every lock below *root*; return those that changed. With *upgrade* newer versions are taken.

    Raises OutsideError with uv's own words when the requirements cannot be met or the package index is out of reach.
    """
    changed = []
    for lock in locks():
        target = root / lock.target
        before = target.read_bytes() if target.exists() else b""
        done = subprocess.run(
            compile_command(lock, upgrade=upgrade),
            cwd=root,
            env=dict(os.environ),
            capture_output=True,
            text=True,
            check=False,
        )
        if done.returncode:
            raise OutsideError(f"{lock.target}: not written.\n{done.stderr.strip()}")
        if target.read_bytes() != before:
            changed.append(lock.target)
    return changed
