"""What later versions must upgrade from: versions recorded in `tests/releases/`, each by `kit release`.

Before the first release a baseline stands there, which is upgraded from like a release but binds no migration.
"""

import json
from dataclasses import dataclass
from pathlib import Path

from kit.errors import KitError
from kit.paths import ROOT

RECORD = "release.json"


def folder() -> Path:
    """Where the records of releases are."""
    return ROOT / "tests" / "releases"


@dataclass(frozen=True)
class Release:
    """A recorded version: its folder, the last migration of each app it has, and whether it was released."""

    version: str
    folder: Path
    migrations: dict[str, str]
    is_released: bool


def recorded(below: Path | None = None) -> tuple[Release, ...]:
    """Every recorded version, the oldest first. Raises KitError for a record that cannot be read."""
    found = [_read(path) for path in (below or folder()).glob(f"[!.]*/{RECORD}")]
    return tuple(sorted(found, key=lambda one: (numbers(one.version), one.is_released)))


def released(below: Path | None = None) -> tuple[Release, ...]:
    """Every recorded release, the oldest first; the baseline is none."""
    return tuple(one for one in recorded(below) if one.is_released)


def _read(path: Path) -> Release:
    try:
        values = json.loads(path.read_text(encoding="utf-8"))
        found = Release(values["version"], path.parent, dict(values["migrations"]), bool(values["released"]))
        numbers(found.version)
    except (ValueError, KeyError, TypeError) as error:
        raise KitError(f"{path} is no record of a release ({error}). Take it back from git.") from None
    return found


def numbers(version: str) -> tuple[int, int, int]:
    """``1.2.3`` as numbers that compare. Raises ValueError for anything else."""
    parts = version.split(".")
    if len(parts) != 3 or not all(part.isascii() and part.isdigit() for part in parts):
        raise ValueError(f"{version!r} is no version such as 1.2.3")
    major, minor, patch = map(int, parts)
    return major, minor, patch
