"""Merging a new render into the region's branch with git, without touching a file."""

import os
from dataclasses import dataclass
from pathlib import Path

from kit.render.git import git

NEXT = "refs/kit/next"
"""Where a new render stands until it is on branch ``kit``."""

OURS, THEIRS = "HEAD", "kit/next"
"""The names both sides bear in conflict marks."""


@dataclass(frozen=True)
class Conflict:
    """One conflict: git's ``kind`` (``contents``, ``modify/delete``, …) and the paths it is about."""

    kind: str
    paths: tuple[str, ...]


@dataclass(frozen=True)
class Merge:
    """The outcome of a merge. ``tree``: its tree, files in conflict as git leaves them for a person to settle.

    ``paths``: the files in conflict; ``stages``: their entries for ``git update-index -z --index-info``.
    """

    tree: str
    paths: tuple[str, ...]
    stages: str
    conflicts: tuple[Conflict, ...]


def merge(folder: Path) -> Merge:
    """Merge the commit at `NEXT` into the branch that is checked out; nothing but objects is written."""
    raw = git(folder, "merge-tree", "--write-tree", "-z", "--messages", OURS, THEIRS, allow=(1,))
    tree, *fields = os.fsdecode(raw).split("\0")
    end = fields.index("")
    entries = fields[:end]
    paths = tuple(dict.fromkeys(entry.partition("\t")[2] for entry in entries))
    cleared = [f"0 {'0' * 40}\t{path}" for path in paths]
    stages = "".join(f"{line}\0" for line in cleared + entries)
    return Merge(tree, paths, stages if paths else "", tuple(_conflicts(fields[end + 1 :])))


def _conflicts(fields: list[str]) -> list[Conflict]:
    found = []
    while fields and fields[0]:
        count = int(fields[0])
        paths, kind = fields[1 : count + 1], fields[count + 1]
        if kind.startswith("CONFLICT"):
            found.append(Conflict(kind.removeprefix("CONFLICT (").removesuffix(")"), tuple(paths)))
        fields = fields[count + 3 :]
    return found
