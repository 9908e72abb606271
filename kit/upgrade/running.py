"""The upgrade itself: commit the new render, merge it, say what changed; and the same as a preview."""

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from kit.errors import KitError
from kit.render.files import locked
from kit.render.git import ask, commit_of, git, require_merge_tree
from kit.render.merging import NEXT, Merge, merge
from kit.render.repository import (
    KIT,
    MAIN,
    NOTE,
    Render,
    commit_render,
    is_ancestor,
    merge_commit,
    require_clean,
    require_own,
)
from kit.render.switch import Switch, is_interrupted, settle, switch
from kit.upgrade import guard, note
from kit.upgrade.overrides import Touched, touched
from kit.upgrade.reasons import Reason, reasons
from kit.upgrade.steps import applied
from kit.upgrade.summary import Summary, summary


@dataclass(frozen=True)
class Report:
    """What an upgrade did, or would do. ``conflicts`` is empty when main has the new render.

    ``summary`` is None when there is nothing new. ``blocked``: for a preview, why the upgrade itself would refuse.
    """

    summary: Summary | None
    conflicts: tuple[Reason, ...] = ()
    overrides: tuple[Touched, ...] = ()
    blocked: str = ""
    steps: tuple[str, ...] = ()
    """What changed in the region's own folder, because the kit now looks for it elsewhere."""


def upgrade(target: Path, render: Render) -> Report:
    """Bring the new render into the region's ``main``.

    With conflicts, the tree is left as an ordinary git merge in conflict, for `proceed` or `abort`. Raises KitError,
    with nothing changed, where the repository cannot take it. Killed at any point, the same call goes on.
    """
    with locked(_there(target)):
        if settle(target) and (found := guard.waiting(target)):
            return _report(target, found.new, found.main, merged=_again(target, found))
        guard.require_fit(target, render.code)
        require_merge_tree(target)
        (target / ".git" / NOTE).unlink(missing_ok=True)
        kit, main = ask(target, "rev-parse", KIT), ask(target, "rev-parse", MAIN)
        new = commit_render(target, render, kit)
        if is_ancestor(target, new, main):
            return Report(None)
        merged, done = _merged(target, new)
        report = replace(_report(target, new, main, merged=merged), steps=done)
        message = _message(target, new)
        if merged.paths:
            waits = note.Note(main, kit, new, merged.tree, merged.paths, message)
            switch(target, Switch(main, merged.tree, {KIT: new}, merged.stages, note.marks(waits)))
        else:
            commit = merge_commit(target, merged.tree, main, new, message)
            switch(target, Switch(main, commit, {MAIN: commit, KIT: new}))
        git(target, "update-ref", "-d", NEXT)
        return report


def preview(target: Path, render: Render) -> Report:
    """What `upgrade` would do. Nothing is written in the region's repository, git's folder included."""
    _there(target)
    if is_interrupted(target) or guard.waiting(target):
        raise KitError(guard.state(target).problem)
    guard.require_kit_branch(target)
    require_own(target, render.code)
    guard.require_history(target)
    require_merge_tree(target)
    blocked = ""
    try:
        require_clean(target)
    except KitError as error:
        blocked = str(error)
    with shadow_of(target) as shadow:
        return replace(look(shadow, render), blocked=blocked)


def look(shadow: Path, render: Render) -> Report:
    """What the render would meet in the branches of ``shadow``, a repository in which objects may be written."""
    main = ask(shadow, "rev-parse", MAIN)
    new = commit_render(shadow, render, ask(shadow, "rev-parse", KIT))
    if is_ancestor(shadow, new, main):
        return Report(None)
    merged, done = _merged(shadow, new)
    return replace(_report(shadow, new, main, merged=merged), steps=done)


def _there(target: Path) -> Path:
    if not (target / ".git").is_dir():
        raise KitError(f"{target} is no region's repository yet: `kit render` makes it.")
    return target


def _report(target: Path, new: str, main: str, *, merged: Merge) -> Report:
    base = ask(target, "merge-base", main, new)
    return Report(
        summary(target, base, new),
        reasons(target, merged, base, main, new),
        touched(target, base, new, main),
    )


def _merged(target: Path, new: str) -> tuple[Merge, tuple[str, ...]]:
    """The merge of the render at ``new`` with main, the kit's own steps applied; and what those did."""
    before, after = (guard.version_of(target, commit) for commit in (MAIN, new))
    merged = merge(target)
    tree, done = applied(target, merged.tree, before, after)
    return replace(merged, tree=tree), done


def _again(target: Path, waits: note.Note) -> Merge:
    """The merge of an upgrade that was killed after its conflicts were laid out."""
    git(target, "update-ref", NEXT, waits.new)
    return merge(target)


def _message(target: Path, new: str) -> str:
    before, after = (guard.version_of(target, commit) for commit in (MAIN, new))
    return f"Upgrade from kit {before} to {after}" if before != after else f"Upgrade within kit {after}"


@contextmanager
def shadow_of(target: Path) -> Iterator[Path]:
    """A repository of its own that reads the region's objects: what is tried there leaves no trace in the region's."""
    folder = Path(tempfile.mkdtemp(prefix="kit-preview-"))
    try:
        git(folder, "init", "--quiet", "--template=", "--object-format=sha1", "--initial-branch=main")
        objects = target.absolute() / ".git" / "objects"
        (folder / ".git/objects/info").mkdir(exist_ok=True)
        (folder / ".git/objects/info/alternates").write_text(f"{objects}\n", encoding="utf-8")
        for ref in (MAIN, KIT):
            git(folder, "update-ref", ref, commit_of(target, ref) or "")
        _attributes(target, folder)
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _attributes(target: Path, folder: Path) -> None:
    """Copy what decides how files are merged: attributes, and merge drivers in the repository's settings."""
    for name in ("config", "info/attributes"):
        if (target / ".git" / name).is_file():
            (folder / ".git" / name).parent.mkdir(exist_ok=True)
            shutil.copyfile(target / ".git" / name, folder / ".git" / name)
    for path in os.fsdecode(git(folder, "ls-tree", "-r", "-z", "--name-only", MAIN)).split("\0"):
        if path.rpartition("/")[2] == ".gitattributes":
            (folder / path).parent.mkdir(parents=True, exist_ok=True)
            (folder / path).write_bytes(git(folder, "cat-file", "blob", f"{MAIN}:{path}"))
