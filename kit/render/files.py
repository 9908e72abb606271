"""Writing trees of files: complete, with the permissions they are to have, or not at all."""

import contextlib
import fcntl
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from kit.errors import KitError
from kit.render.tree import File, Tree

_DRAFT = ".kit-draft-"


def write(tree: Tree, folder: Path) -> None:
    """Write every file of ``tree`` below ``folder``, where none of them may be yet.

    Permissions do not depend on the caller's umask.
    """
    made: set[str] = set()
    base = str(folder)
    with usual_umask():
        for path, file in tree.items():
            _folders(base, path.rpartition("/")[0], made)
            _write(f"{base}/{path}", file)


@contextmanager
def usual_umask() -> Iterator[None]:
    """Set the process's umask aside, so that others may read what is made: 022. Not for several threads at once."""
    before = os.umask(0o022)
    try:
        yield
    finally:
        os.umask(before)


def _write(path: str, file: File) -> None:
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW | os.O_CLOEXEC
    handle = os.open(path, flags, file.permissions)
    try:
        rest = memoryview(file.data)
        while rest:
            rest = rest[os.write(handle, rest) :]
    finally:
        os.close(handle)


def _folders(base: str, below: str, made: set[str]) -> None:
    """Make a folder and those above it."""
    if below and below not in made:
        _folders(base, below.rpartition("/")[0], made)
        with contextlib.suppress(FileExistsError):
            os.mkdir(f"{base}/{below}")  # noqa: PTH102 - a hundred a render
        made.add(below)


@contextmanager
def draft_of(target: Path) -> Iterator[Path]:
    """A new folder beside ``target``, to be filled and then moved to its place with `place`.

    Removed when the block is left otherwise. Drafts that killed runs left are removed first.
    """
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        _sweep(target)
        draft = Path(tempfile.mkdtemp(prefix=f".{target.name}{_DRAFT}", dir=target.parent))
    except OSError as error:
        raise KitError(f"{target.parent} cannot be written ({error.strerror}): give another --into.") from None
    with locked(draft):
        draft.chmod(0o755)
        try:
            yield draft
        finally:
            shutil.rmtree(draft, ignore_errors=True)


def place(draft: Path, target: Path) -> None:
    """Move a finished draft to ``target``, which is missing or an empty folder. Raises KitError where it is neither."""
    try:
        os.rename(draft, target)  # noqa: PTH104 - atomic, and refused where something stands
    except OSError as error:
        raise KitError(f"{target} could not be put in place ({error.strerror}): nothing was changed there.") from None


def _sweep(target: Path) -> None:
    """Remove drafts whose maker is gone: a living one holds a lock."""
    for stale in target.parent.glob(f".{target.name}{_DRAFT}*"):
        with contextlib.suppress(KitError, OSError), locked(stale):
            shutil.rmtree(stale, ignore_errors=True)


@contextmanager
def locked(folder: Path) -> Iterator[None]:
    """Hold a folder for this process. Raises KitError where another one works on it; a kill frees it."""
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise KitError(f"Another kit is working on {folder}: wait until it has ended.") from None
        yield
    finally:
        os.close(handle)
