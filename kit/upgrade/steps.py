"""What a version of the kit changes in a region's tree besides its own files: names in `custom/` that it reads anew."""

import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from kit.render.git import ask, git
from kit.upgrade.changelog import numbers

OLDEST = "0.1.0"
"""The oldest version whose trees this kit still upgrades; older ones go through an older kit first."""


@dataclass(frozen=True)
class Step:
    """Since ``version`` the kit looks for the region's own file or folder ``old`` at ``new``. ``why`` is a sentence."""

    version: str
    old: str
    new: str
    why: str


STEPS: tuple[Step, ...] = ()
"""Every step there was since `OLDEST`, the oldest first."""


def applied(repository: Path, tree: str, before: str, after: str) -> tuple[str, tuple[str, ...]]:
    """The tree with every step after version ``before`` up to ``after``, in order; and what was done, in words.

    A file that already stands at the new name is not replaced: both stay, and the words say so.
    """
    low, high = numbers(before), numbers(after)
    told: list[str] = []
    for step in STEPS:
        if low < numbers(step.version) <= high:
            moves, kept = _moves(repository, tree, step)
            if moves:
                tree = _moved(repository, tree, moves)
                told.append(f"{step.old} → {step.new} (kit {step.version}): {step.why}")
            told += [f"{path} stays: {step.new} has such a file already. Settle which of them counts." for path in kept]
    return tree, tuple(told)


def _moves(repository: Path, tree: str, step: Step) -> tuple[list[tuple[str, str, str]], list[str]]:
    """The entries to move (mode and id, former path, new path), and the paths that cannot be."""
    entries = dict(_entries(repository, tree))
    moves, kept = [], []
    for path, facts in entries.items():
        if path == step.old or path.startswith(f"{step.old}/"):
            target = step.new + path.removeprefix(step.old)
            if target in entries:
                kept.append(path)
            else:
                moves.append((facts, path, target))
    return moves, kept


def _entries(repository: Path, tree: str) -> Iterator[tuple[str, str]]:
    for entry in os.fsdecode(git(repository, "ls-tree", "-r", "-z", tree)).split("\0")[:-1]:
        facts, _, path = entry.partition("\t")
        mode, _, blob = facts.split(" ")
        yield path, f"{mode} {blob}"


def _moved(repository: Path, tree: str, moves: list[tuple[str, str, str]]) -> str:
    index = (repository / ".git" / "kit-steps-index").absolute()
    extra = {"GIT_INDEX_FILE": str(index)}
    lines = [line for facts, old, new in moves for line in (f"0 {'0' * 40}\t{old}", f"{facts}\t{new}")]
    try:
        git(repository, "read-tree", tree, extra=extra)
        git(repository, "update-index", "-z", "--index-info", data=os.fsencode("\0".join(lines) + "\0"), extra=extra)
        return ask(repository, "write-tree", extra=extra)
    finally:
        index.unlink(missing_ok=True)
