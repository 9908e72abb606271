"""Bringing a checked-out tree from one commit to another so that a kill loses nothing.

All new files are laid ready first, then a journal is written, then each file is moved to its place by one rename.
Killed before the journal, the tree is the old one; killed after it, `settle` moves the rest.
"""

import contextlib
import json
import os
import shutil
from dataclasses import asdict, dataclass, field
from pathlib import Path

from kit.errors import KitError
from kit.render.files import usual_umask
from kit.render.git import git

_FOLDER = "kit"
_JOURNAL = "switch.json"
_STAGE = "stage"


@dataclass(frozen=True)
class Switch:
    """A change of the checked-out tree: commits or trees ``old`` and ``new``, and the refs to set at its end.

    ``stages``: entries of files in conflict for the index. ``marks``: files of .git to write, None to remove.
    """

    old: str
    new: str
    refs: dict[str, str]
    stages: str = ""
    marks: dict[str, str | None] = field(default_factory=dict)


@dataclass(frozen=True)
class Change:
    """One path that differs between two commits. ``blob``: its old content's id, empty when it is new."""

    path: str
    blob: str
    removed: bool


def switch(repository: Path, change: Switch) -> None:
    """Bring the clean tree of ``repository`` to ``change.new`` and set the refs.

    Raises KitError, with nothing changed, where untracked files stand in the way.
    """
    changes = _changes(repository, change)
    going = _going(changes)
    blocked = [one.path for one in changes if not one.blob and _is_taken(repository, one.path, going)]
    if blocked:
        raise KitError(
            f"{repository}: files of the new render have names that are taken there by files git does not know: "
            f"{', '.join(blocked[:10])}. Nothing was changed. Move them away, then run the command again."
        )
    _lay_ready(repository, change.new, [one.path for one in changes if not one.removed])
    _write_journal(_own(repository), change)
    _finish(repository, change, changes)


def settle(repository: Path) -> bool:
    """Finish a switch that was killed, remove what one killed before its journal left; True where there was one.

    Raises KitError naming files that were changed since, which are left as they are.
    """
    own = _own(repository)
    try:
        values = json.loads((own / _JOURNAL).read_text(encoding="utf-8"))
    except FileNotFoundError:
        shutil.rmtree(own, ignore_errors=True)
        return False
    change = Switch(**values)
    changes = _changes(repository, change)
    waiting = [one for one in changes if one.removed or os.path.lexists(own / _STAGE / one.path)]
    going = _going(changes)
    touched = [one.path for one in waiting if not _is_old(repository, one, going)]
    if touched:
        raise KitError(
            f"{repository}: a render was interrupted here, and changed since were {', '.join(touched[:10])}. "
            "Copy them away, run `git checkout -- FILE` for each, then the same command again."
        )
    for lock in (own.parent / "index.lock", *(own.parent / f"{ref}.lock" for ref in change.refs)):
        lock.unlink(missing_ok=True)
    _finish(repository, change, changes)
    return True


def is_interrupted(repository: Path) -> bool:
    """Whether a switch was killed here and waits for `settle`."""
    return (_own(repository) / _JOURNAL).exists()


def _own(repository: Path) -> Path:
    return repository / ".git" / _FOLDER


def _changes(repository: Path, change: Switch) -> list[Change]:
    raw = git(repository, "diff-tree", "-r", "-z", "--no-renames", "--no-abbrev", change.old, change.new).decode()
    fields = raw.split("\0")
    found = []
    for facts, path in zip(fields[::2], fields[1::2], strict=False):
        _, _, old, _, status = facts.split(" ")
        found.append(Change(path, "" if status == "A" else old, status == "D"))
    return found


def _going(changes: list[Change]) -> frozenset[str]:
    return frozenset(one.path for one in changes if one.removed)


def _is_taken(repository: Path, path: str, going: frozenset[str]) -> bool:
    """Whether something that stays stands where a new file is to be, or where one of its folders is to be."""
    parts = path.split("/")
    for count in range(1, len(parts)):
        above = "/".join(parts[:count])
        folder = repository / above
        if os.path.lexists(folder) and (folder.is_symlink() or not folder.is_dir()):
            return above not in going
    place = repository / path
    if place.is_dir() and not place.is_symlink():
        return not _empties(repository, place, going)
    return os.path.lexists(place)


def _empties(repository: Path, folder: Path, going: frozenset[str]) -> bool:
    """Whether a folder is gone once the files in ``going`` are."""
    entries = list(folder.iterdir())
    return bool(entries) and all(
        _empties(repository, entry, going)
        if entry.is_dir() and not entry.is_symlink()
        else entry.relative_to(repository).as_posix() in going
        for entry in entries
    )


def _is_old(repository: Path, change: Change, going: frozenset[str]) -> bool:
    """Whether a path is still as it was before the switch."""
    if not change.blob:
        return not _is_taken(repository, change.path, going)
    path = repository / change.path
    if not os.path.lexists(path):
        return change.removed
    if path.is_symlink() or not path.is_file():
        return path.is_symlink()
    return git(repository, "hash-object", "--", change.path).decode().strip() == change.blob


def _lay_ready(repository: Path, commit: str, paths: list[str]) -> None:
    """Write the new files below .git/kit/stage, as git checks them out."""
    own = _own(repository)
    shutil.rmtree(own, ignore_errors=True)
    (own / _STAGE).mkdir(parents=True)
    extra = {"GIT_INDEX_FILE": str((own / "index").absolute())}
    git(repository, "read-tree", commit, extra=extra)
    names = "".join(f"{path}\0" for path in paths).encode()
    prefix = f"{(own / _STAGE).absolute()}/"
    git(repository, "checkout-index", "-z", "--stdin", f"--prefix={prefix}", data=names, extra=extra)


def _write_journal(own: Path, change: Switch) -> None:
    draft = own / f"{_JOURNAL}.draft"
    with draft.open("w", encoding="utf-8") as file:
        json.dump(asdict(change), file)
        file.flush()
        os.fsync(file.fileno())
    draft.replace(own / _JOURNAL)


def _finish(repository: Path, change: Switch, changes: list[Change]) -> None:
    """Move what is laid ready, then set index and refs. May be run again after a kill at any point."""
    own = _own(repository)
    for one in changes:
        if one.removed:
            _remove(repository, one.path)
    for one in changes:
        staged = own / _STAGE / one.path
        if not one.removed and os.path.lexists(staged):
            place = repository / one.path
            with usual_umask():
                place.parent.mkdir(parents=True, exist_ok=True)
            staged.replace(place)
    git(repository, "read-tree", change.new)
    if change.stages:
        git(repository, "update-index", "-z", "--index-info", data=os.fsencode(change.stages))
        git(repository, "update-index", "-q", "--unmerged", "--refresh", allow=(1,))
    for name, words in change.marks.items():
        mark = own.parent / name
        mark.unlink(missing_ok=True) if words is None else mark.write_text(words, encoding="utf-8")
    orders = "".join(f"update {ref} {commit}\n" for ref, commit in change.refs.items())
    git(repository, "update-ref", "--stdin", data=orders.encode())
    (own / _JOURNAL).unlink()
    shutil.rmtree(own, ignore_errors=True)


def _remove(repository: Path, path: str) -> None:
    """Remove a file and the folders it leaves empty."""
    place = repository / path
    with contextlib.suppress(FileNotFoundError, NotADirectoryError):
        place.unlink()
    for folder in place.parents:
        if folder == repository:
            return
        try:
            folder.rmdir()
        except FileNotFoundError:
            continue
        except OSError:
            return
