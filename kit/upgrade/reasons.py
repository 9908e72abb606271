"""Conflicts with both sides' reasons: the last commit of either side that touched the file."""

from dataclasses import dataclass
from pathlib import Path

from kit.render.git import ask
from kit.render.merging import Conflict, Merge

_WORDS = {
    "contents": "both sides changed the same lines",
    "modify/delete": "one side changed the file, the other deleted it",
    "rename/delete": "one side renamed the file, the other deleted it",
    "rename/rename": "both sides renamed the file, each to another name",
    "add/add": "both sides added a file of this name with other contents",
    "binary": "both sides changed a file that has no lines to merge",
    "file/directory": "one side has a file where the other has a folder",
    "distinct types": "the sides made different kinds of file of it",
}


@dataclass(frozen=True)
class Reason:
    """One conflict: the file, what meets, and the commits of the region (``ours``) and of the kit (``theirs``)."""

    path: str
    words: str
    ours: str
    theirs: str


def reasons(repository: Path, merged: Merge, base: str, main: str, new: str) -> tuple[Reason, ...]:
    """Every file in conflict, in git's order, each once."""
    found = []
    for path in merged.paths:
        about = [one for one in merged.conflicts if path in one.paths]
        names = tuple(dict.fromkeys(name for one in about for name in one.paths)) or (path,)
        found.append(
            Reason(
                path,
                "; ".join(dict.fromkeys(_sentence(one) for one in about)) or "both sides changed it",
                _last(repository, base, main, names),
                _last(repository, base, new, names),
            )
        )
    return tuple(found)


def _sentence(conflict: Conflict) -> str:
    others = f" ({', '.join(conflict.paths)})" if len(conflict.paths) > 1 else ""
    return _WORDS.get(conflict.kind, conflict.kind) + others


def _last(repository: Path, base: str, tip: str, paths: tuple[str, ...]) -> str:
    """``1a2b3c4d5e6f 2026-11-25 Ani: words`` of the newest commit in base..tip that touched one of the paths."""
    form = "--format=%h %cs %an: %s"
    return ask(repository, "log", "-1", "--abbrev=12", form, f"{base}..{tip}", "--", *paths)
