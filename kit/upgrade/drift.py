"""What differs in a region's tree from its render, and whether somebody meant it."""

import os
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from kit.errors import KitError
from kit.render.git import ask, commit_of, git
from kit.render.repository import KIT
from kit.upgrade.changes import How, changes
from kit.upgrade.guard import require_kit_branch
from kit.upgrade.overrides import overrides

Meaning = Literal["committed", "uncommitted", "override"]
_HOW: dict[str, How] = {"A": "added", "D": "removed", "M": "changed", "T": "changed"}
_HEAD = "HEAD"


@dataclass(frozen=True)
class Drift:
    """One managed file that differs. ``by``: the commit that changed it last, or the override that replaces it."""

    path: str
    how: How | Literal["replaced"]
    meaning: Meaning
    by: str = ""

    @property
    def is_meant(self) -> bool:
        """Whether the region meant it: it stands in a commit, or in ``custom/``."""
        return self.meaning != "uncommitted"


def drift(repository: Path) -> tuple[Drift, ...]:
    """Every managed file that differs from the last render in the checked-out branch, in order of paths.

    A file with both kinds of change is named for each; one that git was told to overlook is named as well. Nothing is
    written. Raises KitError where this is no repository of a region.
    """
    base = _base(repository)
    managed = set(os.fsdecode(git(repository, "ls-tree", "-r", "-z", "--name-only", base)).split("\0")[:-1])
    found = [
        Drift(one.before, one.how, "committed", _last(repository, base, one.before, one.path))
        for one in changes(repository, base, _HEAD)
        if one.before in managed and one.how != "added"
    ]
    found += [Drift(path, how, "uncommitted") for path, how in _uncommitted(repository) if path in managed]
    found += [
        Drift(path, "replaced", "override", override)
        for override, files in overrides(repository, base, _HEAD).items()
        for path in files
    ]
    return tuple(sorted(found, key=lambda one: (one.path, one.meaning)))


def _base(repository: Path) -> str:
    """The last render in the checked-out branch."""
    if not (repository / ".git").is_dir() or not commit_of(repository, _HEAD):
        raise KitError(f"{repository} is no region's repository: `kit render` makes it.")
    require_kit_branch(repository)
    base = git(repository, "merge-base", _HEAD, KIT, allow=(1, 128)).decode().strip()
    if not base:
        raise KitError(
            f"{repository}: what is checked out holds no render of branch kit, so nothing can be compared. "
            "`kit upgrade --preview` says what to do."
        )
    return base


def _last(repository: Path, base: str, *paths: str) -> str:
    form = "--format=%h %cs %an: %s"
    return ask(repository, "log", "-1", "--abbrev=12", "--no-merges", form, f"{base}..{_HEAD}", "--", *paths)


def _uncommitted(repository: Path) -> list[tuple[str, How]]:
    """The files that are on disk as no commit holds them; told by an index of its own, which hides nothing."""
    with tempfile.TemporaryDirectory(prefix="kit-drift-") as folder:
        extra = {"GIT_INDEX_FILE": f"{folder}/index"}
        git(repository, "read-tree", _HEAD, extra=extra)
        git(repository, "update-index", "-q", "--refresh", extra=extra, allow=(1,))
        raw = os.fsdecode(git(repository, "diff-files", "-z", "--raw", "--no-renames", extra=extra))
    fields = raw.split("\0")
    found: list[tuple[str, How]] = []
    for facts, path in zip(fields[::2], fields[1::2], strict=False):
        old, new, _, _, letter = facts.removeprefix(":").split(" ")
        found.append((path, "mode" if letter == "M" and old != new and _is_same(repository, path) else _HOW[letter]))
    return found


def _is_same(repository: Path, path: str) -> bool:
    """Whether a file's bytes are those of the commit, so that only its mode differs."""
    return ask(repository, "rev-parse", f"{_HEAD}:{path}") == ask(repository, "hash-object", "--", path)
