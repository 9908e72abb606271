"""What differs between two commits, as git tells it."""

import os
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from kit.render.git import git

How = Literal["added", "changed", "removed", "renamed", "mode"]
_HOW: dict[str, How] = {"A": "added", "M": "changed", "T": "changed", "D": "removed", "R": "renamed"}


@dataclass(frozen=True)
class Change:
    """One file: its path after the change (before it, where it is removed) and ``before``, its former path."""

    path: str
    how: How
    before: str


def changes(repository: Path, old: str, new: str, *below: str) -> tuple[Change, ...]:
    """The files that differ between two commits or trees, renames found as a merge finds them."""
    raw = os.fsdecode(git(repository, "diff-tree", "-r", "-z", "-M", old, new, "--", *below))
    fields = iter(raw.split("\0"))
    found = []
    for facts in fields:
        if not facts:
            continue
        old_mode, new_mode, old_blob, new_blob, letter = facts.removeprefix(":").split(" ")
        before = next(fields)
        path = next(fields) if letter[0] == "R" else before
        how = _HOW[letter[0]]
        if how == "changed" and old_blob == new_blob and old_mode != new_mode:
            how = "mode"
        found.append(Change(path, how, before))
    return tuple(found)
