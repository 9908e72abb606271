"""What a repository must be before an upgrade or a deployment: each refusal says what, and what next."""

import os
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from kit import __version__
from kit.errors import KitError
from kit.render import manifest
from kit.render.git import ask, commit_of, git
from kit.render.repository import KIT, MAIN, MARKS, is_ancestor, require_clean, require_own
from kit.render.switch import is_interrupted
from kit.upgrade import note
from kit.upgrade.changelog import numbers
from kit.upgrade.steps import OLDEST

_SHOWN = 10
_ID_LENGTH = 40


@dataclass(frozen=True)
class State:
    """Whether a tree is whole. ``problem``: a sentence with the next command, empty when it is."""

    problem: str
    conflicts: tuple[str, ...] = ()

    @property
    def is_whole(self) -> bool:
        """Whether the tree may be deployed."""
        return not self.problem


def named(paths: Iterable[str]) -> str:
    """Paths for a sentence: the first ten, and how many more."""
    every = list(paths)
    return ", ".join(every[:_SHOWN]) + (f" and {len(every) - _SHOWN} more" if len(every) > _SHOWN else "")


def state(repository: Path) -> State:
    """Whether the region's tree at ``repository`` is whole: no upgrade half-finished, no merge, no conflict."""
    if is_interrupted(repository):
        return State(f"{repository}: a render or upgrade was killed here. `kit upgrade` ends or `--abort` undoes it.")
    unmerged = _unmerged(repository)
    if waiting(repository):
        words = f" Still to settle: {named(unmerged)}." if unmerged else ""
        return State(
            f"{repository}: an upgrade waits for conflicts to be settled.{words} "
            "Settle them and run `kit upgrade --continue`, or `kit upgrade --abort`.",
            unmerged,
        )
    if unmerged:
        return State(f"{repository} has conflicts in {named(unmerged)}: settle and commit them.", unmerged)
    if any(os.path.lexists(repository / ".git" / mark) for mark in MARKS):
        return State(f"{repository} is in the middle of a merge or rebase: end it (`git status` tells how).")
    return State("")


def require_whole(repository: Path) -> None:
    """Raise KitError unless the tree may be deployed; one that is not there yet may."""
    if (repository / ".git").is_dir() and (problem := state(repository).problem):
        raise KitError(problem)


def waiting(repository: Path) -> note.Note | None:
    """The note of an upgrade that is neither finished nor given up with git's own commands."""
    found = note.read(repository)
    if found is None or commit_of(repository, MAIN) != found.main:
        return None
    if not (repository / ".git" / "MERGE_HEAD").exists() and not _changed(repository):
        return None
    return found


def require_fit(repository: Path, code: str) -> None:
    """Raise KitError unless a new render can be merged here: own, clean, known history, not newer than this kit."""
    require_kit_branch(repository)
    require_own(repository, code)
    if problem := state(repository).problem:
        raise KitError(problem)
    require_clean(repository)
    require_history(repository)


def require_history(repository: Path) -> None:
    """The part of `require_fit` that looks at commits only."""
    _require_supported(repository)
    _require_pure(repository)
    _require_known(repository)


def require_kit_branch(repository: Path) -> None:
    """Raise KitError where branch kit is gone, naming the commit to put it back to."""
    if not (repository / ".git").is_dir() or commit_of(repository, KIT) or not commit_of(repository, MAIN):
        return
    lines = ask(repository, "log", "--format=%H", "--committer=kit@localhost", MAIN).split()
    for commit in lines:
        if _is_pure(repository, commit):
            raise KitError(
                f"{repository} has lost branch kit, which holds the pure renders. Nothing was changed. "
                f"Run `git branch kit {commit[:12]}` there (the last render in main), then this again."
            )


def _unmerged(repository: Path) -> tuple[str, ...]:
    raw = os.fsdecode(git(repository, "ls-files", "--unmerged", "-z"))
    return tuple(dict.fromkeys(entry.partition("\t")[2] for entry in raw.split("\0") if entry))


def _changed(repository: Path) -> bool:
    return bool(git(repository, "status", "--porcelain", "--untracked-files=no"))


def version_of(repository: Path, commit: str) -> str:
    """The version of the kit that made the render at ``commit``, empty where its manifest is gone."""
    return str(manifest_of(repository, commit).get("kit", {}).get("version", ""))


def manifest_of(repository: Path, commit: str) -> dict[str, Any]:
    """The manifest at a commit, empty where it is gone. That of a full id is read once: it stays what it is."""
    return _manifest_at(repository, commit) if len(commit) == _ID_LENGTH else _manifest(repository, commit)


def _manifest(repository: Path, commit: str) -> dict[str, Any]:
    return manifest.read(git(repository, "show", f"{commit}:{manifest.PATH}", allow=(128,)))


_manifest_at = lru_cache(maxsize=4)(_manifest)


def is_other_kit(repository: Path, *commits: str) -> bool:
    """Whether two renders come of different code or templates, and not just of another profile."""
    old, new = (manifest_of(repository, commit) for commit in commits)
    return (old.get("kit"), old.get("templates")) != (new.get("kit"), new.get("templates"))


def _require_supported(repository: Path) -> None:
    """Refuse a tree of a newer kit, and one so old that this kit no longer knows the way from it."""
    version = version_of(repository, KIT)
    if version and numbers(version) < numbers(OLDEST):
        raise KitError(
            f"{repository} was rendered by kit {version}; this kit upgrades trees from {OLDEST} on. Nothing was "
            f"changed. Upgrade it with kit {OLDEST} first, then with this one."
        )
    if numbers(version) > numbers(__version__):
        raise KitError(
            f"{repository} was rendered by kit {version}, and this is kit {__version__}, which is older. "
            "Nothing was changed. Bring this kit up to date, then run this again."
        )


def _is_pure(repository: Path, commit: str) -> bool:
    """Whether a commit holds the files that its manifest names, and no other."""
    files = manifest_of(repository, commit).get("files", {})
    there = os.fsdecode(git(repository, "ls-tree", "-r", "-z", "--name-only", commit)).split("\0")[:-1]
    return set(there) == {*files, manifest.PATH}


def _require_pure(repository: Path) -> None:
    """Refuse where somebody committed on branch kit: the next render would take that change out of main."""
    facts = ask(repository, "log", "--format=%H %ce %P", KIT).splitlines()
    foreign = [line.split()[0] for line in facts if line.split()[1] != "kit@localhost" or len(line.split()) > 3]
    if foreign or not _is_pure(repository, KIT):
        found = f" ({named(commit[:12] for commit in foreign)})" if foreign else ""
        raise KitError(
            f"{repository}: branch kit holds commits that are no pure renders{found}: the next render would undo them. "
            "Nothing was changed. Take them to main (`git cherry-pick`), set kit back to its last render "
            "(`git branch --force kit COMMIT`), then run this again."
        )


def _require_known(repository: Path) -> None:
    """Refuse a deleted .kit, and a main that does not descend from the render it holds."""
    mine = commit_blob(repository, MAIN)
    if mine is None:
        raise KitError(
            f"{repository}: {manifest.PATH} was deleted on main. Nothing was changed. "
            "Run `git checkout kit -- .kit` there and commit it, then this again."
        )
    renders = ask(repository, "rev-list", KIT).split()
    known = {commit: commit_blob(repository, commit) for commit in renders}
    same = next((commit for commit, blob in known.items() if blob == mine), None)
    base = git(repository, "merge-base", MAIN, KIT, allow=(1,)).decode().strip()
    if same is None:
        raise KitError(
            f"{repository}: {manifest.PATH} on main is that of no render on branch kit. Nothing was changed. Either it "
            "was edited (`git checkout kit -- .kit`, commit), or branch kit was moved back: "
            "`git branch --force kit COMMIT` with the last render in main; then run this again."
        )
    if not base or not is_ancestor(repository, same, MAIN):
        raise KitError(
            f"{repository}: the history of main was rewritten; it holds the render {same[:12]} without "
            "descending from it. Nothing was changed. Run "
            f"`git merge --allow-unrelated-histories -s ours {same[:12]}` there (it changes no file), then this again."
        )


def commit_blob(repository: Path, commit: str) -> str | None:
    """The id of the manifest at a commit."""
    found = git(repository, "rev-parse", "--verify", "--quiet", f"{commit}:{manifest.PATH}", allow=(1, 128))
    return found.decode().strip() or None
