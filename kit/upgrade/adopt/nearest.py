"""Which version of the kit a tree was copied from: the one whose templates differ from it in the fewest files.

Most files of a render are copies of the template's, so the ids that git keeps for each version tell without rendering.
"""

import os
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path

from kit.errors import KitError
from kit.render.extras import MAX_BYTES
from kit.render.git import ask, git
from kit.render.templates import TREE
from kit.render.tree import File

_MAKES = ("templates", "kit/profile", "kit/render", "regions/data")
"""What a render depends on."""

_SAME = 4
"""How many versions that differ from the tree in equally many files are rendered to be told apart."""

Blobs = dict[str, frozenset[str]]
"""Ids of a file's bytes as they are and with LF line ends, by path."""


@dataclass(frozen=True)
class Version:
    """A commit of the kit, its tag where it has one, and in how many files its templates differ from the tree."""

    commit: str
    tag: str
    differs: int

    @property
    def words(self) -> str:
        """As people call it."""
        return self.tag or f"commit {self.commit[:12]}"


def blobs(folder: Path) -> Blobs:
    """The files below ``apps`` of a tree. Links, special files and files over 4 MB are passed over."""
    found: Blobs = {}
    for base, folders, names in os.walk(folder / "apps"):
        folders[:] = sorted(name for name in folders if name != "__pycache__")
        for name in names:
            path = Path(base) / name
            if path.is_file() and not path.is_symlink() and path.stat().st_size <= MAX_BYTES:
                raw = path.read_bytes()
                ids = {File(raw).blob, File(raw.replace(b"\r\n", b"\n")).blob}
                found[path.relative_to(folder).as_posix()] = frozenset(ids)
    return found


def nearest(kit: Path, folder: Path) -> list[Version]:
    """The versions in the history of ``kit`` that differ least from the tree at ``folder``, the newest first.

    Empty where the kit has no history here. Raises KitError where the tree holds nothing of the kit's apps.
    """
    mine = blobs(folder)
    apps = sorted({path.split("/")[1] for path in mine if path.count("/") > 1})
    if not mine:
        raise KitError(f"{folder} holds no apps/: it is no copy of a region's rendered tree.")
    if not (kit / ".git").exists():
        return []
    tags = _tags(kit)
    commits = ask(kit, "log", "--format=%H", "--", *_MAKES).split()
    ordered = list(dict.fromkeys([*tags, *commits]))
    found = [Version(commit, tags.get(commit, ""), _differs(kit, commit, mine, apps)) for commit in ordered]
    least = min((one.differs for one in found), default=0)
    best = [one for one in found if one.differs == least]
    step = max(1, len(best) // _SAME)
    return list(dict.fromkeys([*(one for one in best if one.tag), *best[::step]]))[:_SAME]


def _tags(kit: Path) -> dict[str, str]:
    lines = ask(kit, "for-each-ref", "--format=%(objectname) %(*objectname) %(refname:short)", "refs/tags/v*")
    rows = [line.split() for line in lines.splitlines()]
    return {row[-2]: row[-1] for row in reversed(rows)}


def _differs(kit: Path, commit: str, mine: Blobs, apps: list[str]) -> int:
    """How many files are only on one side, or other than the template's."""
    theirs: dict[str, str] = {}
    known = defaultdict[str, set[str]](set)
    for entry in os.fsdecode(git(kit, "ls-tree", "-r", "-z", commit, "--", "templates")).split("\0")[:-1]:
        facts, _, path = entry.partition("\t")
        _, app, tree, rest = (*path.split("/", 3), "", "", "")[:4]
        if app in apps and tree == TREE:
            theirs[f"apps/{app}/{rest}"] = facts.split()[2]
            known[app].add(rest.partition("/")[0])
    ours = [path for path in mine if path.split("/")[2] in known[path.split("/")[1]]]
    other = sum(path not in mine or blob not in mine[path] for path, blob in theirs.items())
    return other + sum(path not in theirs for path in ours)
