"""The end of an upgrade that met conflicts: go on once they are settled, or give it up."""

import os
import re
from pathlib import Path
from typing import NoReturn

from kit.errors import KitError
from kit.render.files import locked
from kit.render.git import ask, git
from kit.render.merging import OURS, THEIRS
from kit.render.repository import KIT, MAIN, merge_commit
from kit.render.switch import Switch, settle, switch
from kit.upgrade import note
from kit.upgrade.guard import named, require_whole, waiting

_MARKS = re.compile(rf"^(<<<<<<< {OURS}|>>>>>>> {THEIRS})".encode(), re.MULTILINE)

ATTEMPT = "refs/kit/aborted"
"""What had been settled when an upgrade was given up, until the next one is."""


def proceed(target: Path) -> str:
    """Commit the upgrade whose conflicts are settled and added; return the commit.

    Raises KitError naming what is not settled: files in conflict, conflict marks, changes that are not added.
    """
    with locked(target):
        settle(target)
        waits = _waits(target)
        _require_merging(target, waits)
        _require_settled(target, waits)
        tree = ask(target, "write-tree")
        commit = merge_commit(target, tree, waits.main, waits.new, waits.message)
        switch(target, Switch(commit, commit, {MAIN: commit}, marks=note.ENDED))
        return commit


def abort(target: Path) -> None:
    """Give the upgrade up: tree, index and branches are as before it; files git does not know stay.

    What had been settled meanwhile is kept as a tree at ``refs/kit/aborted``.
    """
    with locked(target):
        settle(target)
        found = note.read(target)
        if found is None:
            _none(target)
        if waiting(target) is None and ask(target, "rev-parse", MAIN) != found.main:
            raise KitError(
                f"{target}: main has moved on since the upgrade began, so there is nothing to give up. "
                "`git log main` shows what happened; `git revert -m 1 COMMIT` takes a merge back."
            )
        _require_on_main(target)
        now = _tree_now(target, found)
        git(target, "update-ref", ATTEMPT, now)
        switch(target, Switch(now, found.main, {KIT: found.kit, MAIN: found.main}, marks=note.ENDED))


def _none(target: Path) -> NoReturn:
    require_whole(target)
    raise KitError(f"{target}: no upgrade is under way there.")


def _waits(target: Path) -> note.Note:
    found = waiting(target)
    if found is None:
        _none(target)
    return found


def _require_on_main(target: Path) -> None:
    branch = git(target, "symbolic-ref", "--quiet", "HEAD", allow=(1,)).decode().strip()
    if branch != MAIN:
        at = branch.removeprefix("refs/heads/") or "no branch"
        raise KitError(f"{target} is on {at}. Nothing was changed. Run `git switch main` there, then this again.")


def _require_merging(target: Path, waits: note.Note) -> None:
    _require_on_main(target)
    mark = target / ".git" / "MERGE_HEAD"
    if not mark.exists() or mark.read_text(encoding="utf-8").split() != [waits.new]:
        raise KitError(
            f"{target}: git no longer knows of the merge (`git reset` or the like ended it). Nothing was changed. "
            "`kit upgrade --abort` brings the former state back."
        )


def _require_settled(target: Path, waits: note.Note) -> None:
    raw = os.fsdecode(git(target, "status", "--porcelain", "-z", "--no-renames", "--untracked-files=no"))
    entries = [(entry[:2], entry[3:]) for entry in raw.split("\0") if entry]
    unmerged = [path for how, path in entries if "U" in how or how in ("AA", "DD")]
    if unmerged:
        raise KitError(
            f"{target}: still in conflict: {named(unmerged)}. Settle each, `git add` it (or `git rm`), "
            "then `kit upgrade --continue`."
        )
    loose = [path for how, path in entries if how[1] != " "]
    if loose:
        raise KitError(
            f"{target}: changed but not added: {named(loose)}. `git add` them, then `kit upgrade --continue`."
        )
    marked = [path for path in waits.paths if _MARKS.search(git(target, "show", f":{path}", allow=(128,)))]
    if marked:
        raise KitError(f"{target}: conflict marks still stand in {named(marked)}. Settle them, `git add`, then again.")


def _tree_now(target: Path, waits: note.Note) -> str:
    """The tree of what stands on disk at every path the old tree or the conflicted one knows."""
    index = (target / ".git" / "kit-abort-index").absolute()
    extra = {"GIT_INDEX_FILE": str(index)}
    paths = set[bytes]()
    try:
        for tree in (waits.main, waits.tree):
            paths |= set(git(target, "ls-tree", "-r", "-z", "--name-only", tree).split(b"\0")) - {b""}
        git(target, "read-tree", "--empty", extra=extra)
        known = b"".join(path + b"\0" for path in sorted(paths) if os.path.lexists(os.fsencode(target) + b"/" + path))
        git(target, "update-index", "--add", "-z", "--stdin", data=known, extra=extra)
        return ask(target, "write-tree", extra=extra)
    finally:
        index.unlink(missing_ok=True)
