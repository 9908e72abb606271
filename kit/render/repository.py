"""The region's repository: branch ``kit`` holds pure renders, branch ``main`` is the region's."""

import os
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from kit.errors import KitError
from kit.render import manifest, stream
from kit.render.files import draft_of, locked, place, write
from kit.render.git import ask, commit_of, git, require_merge_tree
from kit.render.merging import NEXT, merge
from kit.render.objects import Pack
from kit.render.switch import Switch, settle, switch
from kit.render.tree import Tree

KIT, MAIN = "refs/heads/kit", "refs/heads/main"
NOTE = "kit-upgrade.json"
"""In .git: the note of an upgrade that waits for conflicts to be settled."""

MARKS = ("MERGE_HEAD", "CHERRY_PICK_HEAD", "REVERT_HEAD", "rebase-merge", "rebase-apply")


@dataclass(frozen=True)
class Render:
    """A finished render: the kit's files, the region's own first files, the commit's words, region and templates."""

    tree: Tree
    own: Tree
    message: str
    code: str
    templates: tuple[str, ...]


def exists(target: Path) -> bool:
    """Whether something stands at ``target`` besides an empty folder."""
    return target.is_symlink() or (target.exists() and (not target.is_dir() or any(target.iterdir())))


def is_under_way(target: Path) -> bool:
    """Whether a render, an upgrade or a merge was begun in ``target`` and has not ended."""
    return any(os.path.lexists(target / ".git" / mark) for mark in ("kit", NOTE, *MARKS))


def create(target: Path, render: Render, packs: Sequence[Pack]) -> None:
    """Make the repository at ``target``: it is there complete, or not at all."""
    with draft_of(target) as draft:
        git(draft, "init", "--quiet", "--template=", "--object-format=sha1", "--initial-branch=main")
        known = frozenset[str]().union(*(pack.blobs for pack in packs if pack.copy_into(draft)))
        first = stream.commit(KIT, render.message, "", render.tree, known)
        mine = f"Folder of the region's own, never written again\n\n{render.message}"
        second = stream.commit(MAIN, mine, KIT, render.tree | render.own, known, seconds=int(time.time()))
        with ThreadPoolExecutor(max_workers=1) as beside:
            commits = beside.submit(_import, draft, first + second)
            write(render.tree | render.own, draft)
            commits.result()
        place(draft, target)


def _import(folder: Path, data: bytes) -> None:
    """Make the first commits and the index; the files are written meanwhile."""
    git(folder, "fast-import", "--quiet", "--done", data=data + stream.END)
    git(folder, "read-tree", "main")


def update(target: Path, render: Render) -> bool:
    """Commit a new render on ``kit`` and merge it into the region's ``main``; False when it changes nothing.

    Raises KitError, with nothing changed, where the tree is not clean or not on main; and where the merge has
    conflicts, with main as it was and the new render on ``kit``.
    """
    if not target.is_dir():
        raise KitError(f"{target} is no folder: give another one with --into.")
    with locked(target):
        settle(target)
        require_own(target, render.code)
        require_clean(target)
        require_merge_tree(target)
        old, main = ask(target, "rev-parse", KIT), ask(target, "rev-parse", MAIN)
        new = commit_render(target, render, old)
        if is_ancestor(target, new, main):
            return False
        merged = _merge(target, new, main)
        switch(target, Switch(main, merged, {MAIN: merged, KIT: new}))
        git(target, "update-ref", "-d", NEXT)
        return True


def require_own(target: Path, code: str) -> None:
    """Raise KitError unless ``target`` is the repository of the region with this code."""
    problem = f"{target} is not a repository that `kit render` made: give another folder with --into."
    if not (target / ".git").is_dir() or not (commit_of(target, KIT) and commit_of(target, MAIN)):
        raise KitError(problem)
    found = manifest.read(git(target, "show", f"{KIT}:{manifest.PATH}", allow=(128,))).get("region", {}).get("code")
    if found is None:
        raise KitError(problem)
    if found != code:
        raise KitError(f"{target} holds the region {found}, not {code}: give another folder with --into.")


def require_clean(target: Path) -> None:
    """Raise KitError unless main is checked out with no change, no merge under way and no file hidden from git."""
    branch = git(target, "symbolic-ref", "--quiet", "HEAD", allow=(1,)).decode().strip()
    if branch != MAIN:
        at = branch.removeprefix("refs/heads/") or "no branch"
        raise KitError(f"{target} is on {at}. Nothing was changed. Run `git switch main` there, then this again.")
    if any(os.path.lexists(target / ".git" / mark) for mark in MARKS):
        raise KitError(
            f"{target} is in the middle of a merge or rebase. Nothing was changed. "
            f"End it ({_ending(target)}), then run this again."
        )
    entries = os.fsdecode(git(target, "ls-files", "-v", "-z")).split("\0")
    hidden = [entry[2:] for entry in entries if entry[:1].islower() or entry[:1] == "S"]
    if hidden:
        raise KitError(
            f"{target}: git was told to overlook changes of {', '.join(hidden[:10])}. Nothing was changed. Run "
            "`git update-index --no-assume-unchanged --no-skip-worktree FILE` there, then this again."
        )
    raw = os.fsdecode(git(target, "status", "--porcelain", "-z", "--untracked-files=no"))
    changed = [entry[3:] for entry in raw.split("\0") if len(entry) > 3]
    if changed:
        more = f" and {len(changed) - 10} more" if len(changed) > 10 else ""
        raise KitError(
            f"{target} has changes that are not committed: {', '.join(changed[:10])}{more}. Nothing was changed. "
            "Commit them (`git commit -a`) or take them back, then run this again."
        )


def _ending(target: Path) -> str:
    if (target / ".git" / NOTE).exists():
        return "settle the files, then `kit upgrade --continue`; or `kit upgrade --abort`"
    return "`git status` tells how"


def commit_render(target: Path, render: Render, old: str) -> str:
    """The commit of the render on top of ``old``, at `NEXT`: ``old`` itself when its tree is the same."""
    known = {line.split()[2] for line in ask(target, "ls-tree", "-r", old).splitlines()}
    git(target, "update-ref", "-d", NEXT)
    data = stream.commit(NEXT, render.message, old, render.tree, known)
    git(target, "fast-import", "--quiet", "--done", data=data + stream.END)
    before, after, new = ask(target, "rev-parse", f"{old}^{{tree}}", f"{NEXT}^{{tree}}", NEXT).split()
    if before != after:
        return new
    git(target, "update-ref", NEXT, old)
    return old


def is_ancestor(target: Path, commit: str, of: str) -> bool:
    """Whether the branch at ``of`` contains ``commit``."""
    return ask(target, "rev-list", "--max-count=1", commit, f"^{of}") == ""


def _merge(target: Path, new: str, main: str) -> str:
    """The commit that merges ``new`` into ``main``; no file is touched. KitError on conflict, with ``kit`` set."""
    merged = merge(target)
    if merged.paths:
        git(target, "update-ref", KIT, new)
        raise KitError(
            f"{target}: the new render and the region's own changes meet in {', '.join(merged.paths)}. "
            "Branch main is as it was; the new render is on branch kit. "
            "Run `git merge kit` there, settle these files, commit; then run this again."
        )
    return merge_commit(target, merged.tree, main, new, "Render of the kit merged")


def merge_commit(target: Path, tree: str, main: str, new: str, message: str) -> str:
    """The commit of ``tree`` with the parents ``main`` and ``new``."""
    return ask(target, "commit-tree", tree, "-p", main, "-p", new, "-m", message)
