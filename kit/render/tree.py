"""Files in memory: what a render makes before anything is written."""

import hashlib
import re
from dataclasses import dataclass
from functools import cached_property

from kit.errors import KitError

Tree = dict[str, "File"]
"""Files by path, with ``/``, relative to the tree's root."""

_CONTROL = re.compile(r"[\x00-\x1f\x7f\ud800-\udfff\\]")


@dataclass(frozen=True)
class File:
    """One file's bytes and whether it may be executed; nothing else of a mode is kept."""

    data: bytes
    executable: bool = False

    @property
    def mode(self) -> str:
        """Git's mode: 100755 or 100644."""
        return "100755" if self.executable else "100644"

    @property
    def permissions(self) -> int:
        """Permission bits on disk, whatever the umask."""
        return 0o755 if self.executable else 0o644

    @cached_property
    def digest(self) -> str:
        """SHA-256 of the bytes."""
        return hashlib.sha256(self.data).hexdigest()

    @cached_property
    def blob(self) -> str:
        """Id of the bytes as a git object (SHA-1 by git's format, not for security)."""
        return hashlib.sha1(b"blob %d\0" % len(self.data) + self.data, usedforsecurity=False).hexdigest()


def checked_path(path: str, where: str) -> str:
    """Return ``path`` when it names a file inside a tree. Raises KitError naming ``where`` it comes from.

    Refused: absolute paths, empty parts, ``.`` and ``..``, git's own folder, control characters, names over 255 bytes.
    """
    for part in path.split("/"):
        if part in ("", ".", "..") or part.lower() == ".git" or _CONTROL.search(part) or len(part.encode()) > 255:
            raise KitError(
                f"{where} becomes {path!r}, which is no path inside the rendered tree: "
                "correct the file's name in the template or the value it is made from."
            )
    return path


def add(tree: Tree, path: str, file: File, where: str) -> None:
    """Put a file into ``tree``. Raises KitError when its path is taken, also as a folder or in another case."""
    if path in tree:
        raise KitError(f"{where} becomes {path!r}, and so does another file: give one of them another name.")
    tree[path] = file


def digest_of(*parts: str) -> str:
    """SHA-256 over texts, each with its length, so that no two lists give the same bytes."""
    made = hashlib.sha256()
    for part in parts:
        raw = part.encode()
        made.update(b"%d:" % len(raw))
        made.update(raw)
    return made.hexdigest()
