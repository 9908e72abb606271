"""Conflicts with both sides' reasons: the last commit of either side that touched the file."""

from dataclasses import dataclass
from pathlib import Path

from kit.render.git import ask
from kit.render.merging import Conflict, Merge
from kit.upgrade.changelog import Entry, about, between
from kit.upgrade.guard import is_other_kit, version_of

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


_MOST = 3
_PROFILE = ("no change of the templates: the profile is another (region.yml)",)
_NOTHING = "CHANGELOG.md tells of no change between the two versions"


@dataclass(frozen=True)
class Reason:
    """One conflict: the file, what meets, and the commits of the region (``ours``) and of the kit (``theirs``).

    ``places``: where the changelog tells of the kit's change; the profile, where only that is another.
    """

    path: str
    words: str
    ours: str
    theirs: str
    places: tuple[str, ...] = ()


def reasons(repository: Path, merged: Merge, base: str, main: str, new: str) -> tuple[Reason, ...]:
    """Every file in conflict, in git's order, each once."""
    if not merged.paths:
        return ()
    found = []
    entries = _entries(repository, base, new)
    for path in merged.paths:
        about = [one for one in merged.conflicts if path in one.paths]
        names = tuple(dict.fromkeys(name for one in about for name in one.paths)) or (path,)
        found.append(
            Reason(
                path,
                "; ".join(dict.fromkeys(_sentence(one) for one in about)) or "both sides changed it",
                _last(repository, base, main, names),
                _last(repository, base, new, names),
                _PROFILE if entries is None else _places(path, entries),
            )
        )
    return tuple(found)


def _entries(repository: Path, base: str, new: str) -> tuple[Entry, ...] | None:
    """What the changelog tells between two renders; None where they come of the same code and templates."""
    if not is_other_kit(repository, base, new):
        return None
    return between(version_of(repository, base), version_of(repository, new))


def _places(path: str, entries: tuple[Entry, ...]) -> tuple[str, ...]:
    """At most three places; where nothing tells of the file, the headings of the versions in question."""
    found = about(path, entries)
    if found:
        return tuple(one.place for one in found[:_MOST])
    versions = dict.fromkeys(one.version for one in entries)
    return tuple(f"CHANGELOG.md, heading [{version}]: no line names this file" for version in versions) or (_NOTHING,)


def _sentence(conflict: Conflict) -> str:
    others = f" ({', '.join(conflict.paths)})" if len(conflict.paths) > 1 else ""
    return _WORDS.get(conflict.kind, conflict.kind) + others


def _last(repository: Path, base: str, tip: str, paths: tuple[str, ...]) -> str:
    """``1a2b3c4d5e6f 2026-11-25 Ani: words`` of the newest commit in base..tip that touched one of the paths."""
    form = "--format=%h %cs %an: %s"
    return ask(repository, "log", "-1", "--abbrev=12", form, f"{base}..{tip}", "--", *paths)
