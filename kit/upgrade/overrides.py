"""Overrides in ``custom/``: which managed file each replaces, and what an upgrade changes under it."""

import os
from dataclasses import dataclass
from pathlib import Path

from kit.render.git import git
from kit.upgrade.catalogue import difference
from kit.upgrade.changes import changes

_LONGEST = 80
_KINDS = ("templates", "static", "documents", "locale")
_REPLACING = tuple(f"custom/{kind}/" for kind in _KINDS)


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
            for kind in _KINDS:
                if kind in parts[2:4]:
                    rest = parts[parts.index(kind, 2) + 1 :]
                    found.setdefault("/".join(["custom", kind, *rest]), []).append(path)
    return found


def overrides(repository: Path, render: str, main: str) -> dict[str, list[str]]:
    """The managed files of ``render`` that ``custom/`` replaces in ``main``, by the override's path."""
    mine = set(_names(repository, main, "custom"))
    return {path: found for path, found in originals(_names(repository, render, "apps")).items() if path in mine}


def touched(repository: Path, old: str, new: str, main: str) -> tuple[Touched, ...]:
    """The overrides in ``main`` whose original differs between the renders ``old`` and ``new``, or is new.

    Of a catalogue of translations, only the messages count that the region translates itself.
    """
    own = _names(repository, main, "custom")
    if not any(path.startswith(_REPLACING) and not path.endswith("/.gitkeep") for path in own):
        return ()
    mine: dict[str, list[str]] = {}
    for render in (old, new):
        for override, files in overrides(repository, render, main).items():
            mine[override] = list(dict.fromkeys([*mine.get(override, []), *files]))
    changed = {one.before: one for one in changes(repository, old, new, "apps")}
    found = []
    for override, files in mine.items():
        if override.endswith(".mo") and f"{override.removesuffix('.mo')}.po" in mine:
            continue
        for path in files:
            if path in changed:
                words = _change(repository, (old, new, main), override, (path, changed[path].path))
                found += [Touched(override, path, words)] if words else []
    return tuple(found)


def _change(repository: Path, commits: tuple[str, str, str], override: str, paths: tuple[str, str]) -> str:
    """What changed under an override, at most 80 lines; ``commits``: both renders and main."""
    old, new, main = commits
    if override.endswith(".po"):
        before, after = (_read(repository, *one) for one in zip((old, new), paths, strict=True))
        lines = difference(before, after, _read(repository, main, override)).splitlines()
    else:
        raw = git(repository, "diff", "-M", "--no-color", "--no-ext-diff", "--no-textconv", old, new, "--", *paths)
        lines = raw.decode(errors="replace").splitlines()
    more = [f"… {len(lines) - _LONGEST} more lines"] if len(lines) > _LONGEST else []
    return "\n".join(lines[:_LONGEST] + more)


def _read(repository: Path, commit: str, path: str) -> bytes:
    """A file of a commit; empty where there is none."""
    return git(repository, "cat-file", "blob", f"{commit}:{path}", allow=(128,))


def _names(repository: Path, commit: str, folder: str) -> list[str]:
    raw = os.fsdecode(git(repository, "ls-tree", "-r", "-z", "--name-only", commit, "--", f"{folder}/"))
    return raw.split("\0")[:-1]
