"""What differs in a region's tree from its render, and whether somebody meant it."""

import os
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from kit.render.git import ask, git
from kit.render.repository import KIT, MAIN
from kit.upgrade.changes import How, changes
from kit.upgrade.overrides import overrides

Meaning = Literal["committed", "uncommitted", "override"]


@dataclass(frozen=True)
class Drift:
    """One managed file that differs. ``by``: the commit that changed it last, or the override that replaces it."""

    path: str
    how: How | Literal["replaced"]
    meaning: Meaning
    by: str = ""


def drift(repository: Path) -> tuple[Drift, ...]:
    """Every managed file that differs from the last render in main, in order of paths.

    A file with both kinds of change is named for each. Nothing is written. Raises GitFailed where this is no
    repository of a region.
    """
    base = ask(repository, "merge-base", MAIN, KIT)
    managed = set(os.fsdecode(git(repository, "ls-tree", "-r", "-z", "--name-only", base)).split("\0")[:-1])
    found = [
        Drift(one.before, one.how, "committed", _last(repository, base, one.before, one.path))
        for one in changes(repository, base, MAIN)
        if one.before in managed and one.how != "added"
    ]
    found += [Drift(path, how, "uncommitted") for path, how in _uncommitted(repository) if path in managed]
    found += [
        Drift(path, "replaced", "override", override)
        for override, files in overrides(repository, base, MAIN).items()
        for path in files
    ]
    return tuple(sorted(found, key=lambda one: (one.path, one.meaning)))


def _last(repository: Path, base: str, *paths: str) -> str:
    form = "--format=%h %cs %an: %s"
    return ask(repository, "log", "-1", "--abbrev=12", "--no-merges", form, f"{base}..{MAIN}", "--", *paths)


def _uncommitted(repository: Path) -> list[tuple[str, How]]:
    raw = os.fsdecode(git(repository, "--no-optional-locks", "status", "--porcelain", "-z", "--no-renames", "-uno"))
    entries = [(entry[:2], entry[3:]) for entry in raw.split("\0") if entry]
    return [(path, "removed" if "D" in how else "changed") for how, path in entries]
