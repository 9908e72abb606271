"""The adoption itself: a render of the nearest version becomes branch kit, the tree as it is becomes main on top."""

import os
from dataclasses import dataclass, replace
from pathlib import Path

from kit.errors import KitError
from kit.paths import ROOT
from kit.render import manifest
from kit.render.extras import PROFILE
from kit.render.files import draft_of, locked
from kit.render.git import ask, commit_of, git
from kit.render.repository import KIT, MAIN, require_clean
from kit.render.switch import Switch, settle, switch
from kit.upgrade.adopt.nearest import nearest
from kit.upgrade.adopt.rendering import rendered, rendered_with
from kit.upgrade.drift import Drift, drift

_NEXT = "refs/kit/adopt"
_WORDS = "The region's tree as it was found, on the render of "


@dataclass(frozen=True)
class Adopted:
    """``version``: of the kit, in words; ``commit``: on main; ``differs``: managed files that are the region's now.

    ``told``: near versions that could not render the region, and why.
    """

    version: str
    commit: str
    differs: tuple[Drift, ...]
    told: tuple[str, ...] = ()


@dataclass(frozen=True)
class _Base:
    """A render to stand on: its repository, its commit, the version in words, and how many lines the tree differs."""

    folder: Path
    commit: str
    version: str
    lines: int
    told: tuple[str, ...] = ()


def adopt(folder: Path, kit: Path = ROOT) -> Adopted:
    """Put the copy at ``folder`` under the kit; no file that stands there is changed or removed.

    ``kit``: the clone whose history is searched for the version it was copied from. Without git in the folder, a
    repository is made; one that is there keeps its history. Raises KitError, with nothing changed, for what is no copy
    of a rendered tree, is under the kit already, or has changes that are not committed. Killed, the same call goes on.
    """
    profile = folder / PROFILE
    if not profile.is_file() or profile.is_symlink():
        raise KitError(
            f"{folder} holds no {PROFILE}. Nothing was changed. Put the region's profile there "
            "(`kit region new CODE` writes one), then run this again."
        )
    if (folder / manifest.PATH).parent.is_symlink():
        raise KitError(f"{folder}/.kit is a link. Nothing was changed. Remove it, then run this again.")
    with locked(folder):
        has_git = os.path.lexists(folder / ".git")
        with draft_of(folder.absolute()) as made:
            if has_git and _is_ended(folder):
                commit = ask(folder, "rev-parse", MAIN)
                version = ask(folder, "log", "-1", "--format=%s", commit).removeprefix(_WORDS)
                return Adopted(version, commit, drift(folder))
            if has_git:
                _require_fit(folder)
            base = _base(folder, kit, made)
            commit = _join(folder, base) if has_git else _begin(folder, base)
        return Adopted(base.version, commit, drift(folder), base.told)


def _is_ended(folder: Path) -> bool:
    """End an adoption that was killed while it joined a history; whether there was one."""
    _require_repository(folder)
    if not settle(folder):
        return False
    git(folder, "update-ref", "-d", _NEXT)
    return ask(folder, "log", "-1", "--format=%s", MAIN).startswith(_WORDS)


def _require_repository(folder: Path) -> None:
    if not (folder / ".git").is_dir() or (folder / ".git").is_symlink():
        raise KitError(f"{folder} is a linked worktree of git. Nothing was changed. Adopt the repository itself.")


def _require_fit(folder: Path) -> None:
    branch = git(folder, "symbolic-ref", "--quiet", "HEAD", allow=(1,)).decode().strip()
    if branch != MAIN:
        at = branch.removeprefix("refs/heads/") or "no branch"
        raise KitError(
            f"{folder} is on {at}, and the kit keeps a region on main. Nothing was changed. Run `git branch -m main` "
            "or `git switch main` there, then this again."
        )
    if not commit_of(folder, MAIN):
        raise KitError(f"{folder} has no commit yet. Nothing was changed. `git add -A`, `git commit`, then this again.")
    if git(folder, "ls-tree", MAIN, manifest.PATH) and commit_of(folder, KIT):
        raise KitError(f"{folder} is under the kit already: `kit upgrade {folder}/`.")
    if commit_of(folder, KIT):
        raise KitError(
            f"{folder} has a branch kit of its own. Nothing was changed. Rename it (`git branch -m kit OTHER`), "
            "then run this again."
        )
    require_clean(folder)


def _base(folder: Path, kit: Path, into: Path) -> _Base:
    """The render that differs from the tree in the fewest lines, of the versions that differ in the fewest files."""
    found: list[_Base] = []
    told: list[str] = []
    for number, version in enumerate(nearest(kit, folder)):
        try:
            target = into / f"render-{number}"
            commit = rendered_with(kit, version, folder / PROFILE, target)
            found.append(_Base(target, commit, version.words, _lines(target, folder)))
        except KitError as error:
            told.append(str(error))
    if not found:
        target = into / "render"
        commit = rendered(folder / PROFILE, target)
        found.append(_Base(target, commit, "the kit as it stands here", _lines(target, folder)))
    return replace(min(found, key=lambda one: one.lines), told=tuple(told))


def _lines(render: Path, folder: Path) -> int:
    """How many lines differ between a render and the tree, files of the region's own left out."""
    known = set(os.fsdecode(git(render, "ls-tree", "-r", "-z", "--name-only", KIT)).split("\0")[:-1])
    index = render / ".git/kit-adopt-index"
    extra = {
        "GIT_INDEX_FILE": str(index.absolute()),
        "GIT_WORK_TREE": str(folder.absolute()),
        "GIT_DIR": str(render / ".git"),
    }
    git(render, "read-tree", KIT, extra=extra)
    rows = os.fsdecode(
        git(folder, "diff-files", "--numstat", "-z", "--no-renames", "--no-ext-diff", extra=extra)
    ).split("\0")
    total = 0
    for row in rows[:-1]:
        added, removed, path = row.split("\t", 2)
        if path in known and path != manifest.PATH:
            total += 1 if added == "-" else int(added) + int(removed)
    return total


def _begin(folder: Path, base: _Base) -> str:
    """Make the repository beside the folder's files, and put it there in one step."""
    own = base.folder / ".git"
    extra = {"GIT_DIR": str(own.absolute()), "GIT_WORK_TREE": str(folder.absolute())}
    git(folder, "read-tree", "--empty", extra=extra)
    ignored = git(base.folder, "cat-file", "blob", f"{base.commit}:.gitignore", allow=(128,))
    (own / "info").mkdir(exist_ok=True)
    (own / "info/exclude").write_bytes(ignored)  # secrets stay out, though the copy may have lost that file
    git(folder, "add", "--all", "--", ".", extra=extra)
    tree = _sealed(base.folder, folder, base.commit, extra)
    commit = ask(base.folder, "commit-tree", tree, "-p", base.commit, "-m", _words(base))
    git(base.folder, "update-ref", MAIN, commit)
    git(base.folder, "read-tree", MAIN)
    place = folder / manifest.PATH
    place.parent.mkdir(exist_ok=True)
    place.write_bytes(git(base.folder, "cat-file", "blob", f"{MAIN}:{manifest.PATH}"))
    (own / "info/exclude").unlink()
    own.rename(folder / ".git")
    return commit


def _join(folder: Path, base: _Base) -> str:
    """Join the render to the history that is there."""
    git(
        folder, "fetch", "--quiet", "--no-tags", "--no-write-fetch-head", str(base.folder.absolute()), f"+{KIT}:{_NEXT}"
    )
    main = ask(folder, "rev-parse", MAIN)
    index = (folder / ".git/kit-adopt-index").absolute()
    extra = {"GIT_INDEX_FILE": str(index)}
    try:
        git(folder, "read-tree", MAIN, extra=extra)
        tree = _sealed(folder, folder, base.commit, extra)
    finally:
        index.unlink(missing_ok=True)
    commit = ask(folder, "commit-tree", tree, "-p", main, "-p", base.commit, "-m", _words(base))
    switch(folder, Switch(main, commit, {MAIN: commit, KIT: base.commit}))
    git(folder, "update-ref", "-d", _NEXT)
    return commit


def _sealed(repository: Path, folder: Path, render: str, extra: dict[str, str]) -> str:
    """The tree of the index with the render's manifest in it."""
    blob = ask(repository, "rev-parse", f"{render}:{manifest.PATH}")
    git(folder, "update-index", "--add", "--cacheinfo", f"100644,{blob},{manifest.PATH}", extra=extra)
    return ask(folder, "write-tree", extra=extra)


def _words(base: _Base) -> str:
    return f"{_WORDS}{base.version}"
