"""Overrides in ``custom/``: which managed file each replaces, and what an upgrade changes under it."""

import os
from dataclasses import dataclass
from pathlib import Path

from kit.render.git import git
from kit.upgrade.changes import changes

_LONGEST = 80


@dataclass(frozen=True)
class Touched:
    """An override whose original changed. ``diff``: that change of the original, at most 80 lines."""

    override: str
    original: str
    diff: str


def originals(files: list[str]) -> dict[str, list[str]]:
    """The managed files by the path in ``custom/`` that would replace them.

    Pages: ``custom/templates/X`` for ``apps/*/*/templates/X``; static files likewise; documents by their name;
    translations by language and catalogue.
    """
    found: dict[str, list[str]] = {}
    for path in files:
        parts = path.split("/")
        if len(parts) > 3 and parts[0] == "apps":
            for kind in ("templates", "static", "documents", "locale"):
                if kind in parts[2:4]:
                    rest = parts[parts.index(kind, 2) + 1 :]
                    found.setdefault("/".join(["custom", kind, *rest]), []).append(path)
    return found


def overrides(repository: Path, render: str, main: str) -> dict[str, list[str]]:
    """The managed files of ``render`` that ``custom/`` replaces in ``main``, by the override's path."""
    mine = set(_names(repository, main, "custom"))
    return {path: found for path, found in originals(_names(repository, render, "apps")).items() if path in mine}


def touched(repository: Path, old: str, new: str, main: str) -> tuple[Touched, ...]:
    """The overrides in ``main`` whose original differs between the renders ``old`` and ``new``."""
    mine = overrides(repository, old, main)
    if not mine:
        return ()
    changed = {one.before: one for one in changes(repository, old, new, "apps")}
    found = []
    for override, files in mine.items():
        for path in files:
            if path in changed:
                after = changed[path].path
                raw = git(repository, "diff", "-M", "--no-color", "--no-ext-diff", old, new, "--", path, after)
                lines = raw.decode(errors="replace").splitlines()
                more = [f"… {len(lines) - _LONGEST} more lines"] if len(lines) > _LONGEST else []
                found.append(Touched(override, path, "\n".join(lines[:_LONGEST] + more)))
    return tuple(found)


def _names(repository: Path, commit: str, folder: str) -> list[str]:
    raw = os.fsdecode(git(repository, "ls-tree", "-r", "-z", "--name-only", commit, "--", f"{folder}/"))
    return raw.split("\0")[:-1]
