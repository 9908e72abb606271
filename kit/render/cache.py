"""A folder for what can be made again: this user's own, and nobody else's to write."""

import os
import stat
from pathlib import Path

from kit import __version__


def private_dir(name: str) -> Path | None:
    """The folder ``name`` in the user's cache for this version of the kit, made on first use.

    None where it cannot be made or is not safe: compiled code and objects in it are trusted when they are read back,
    so every folder below ``kit`` has to belong to this user, with write permission for nobody else.
    """
    home = os.environ.get("HOME")
    folder = Path(os.environ.get("XDG_CACHE_HOME") or (f"{home}/.cache" if home else ""))
    if not folder.is_absolute():
        return None
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        for part in ("kit", __version__, name):
            folder = folder / part
            folder.mkdir(mode=0o700, exist_ok=True)
            if not _own(folder):
                return None
    except OSError:
        return None
    return folder if os.access(folder, os.W_OK) else None


def _own(folder: Path) -> bool:
    info = folder.lstat()
    return stat.S_ISDIR(info.st_mode) and info.st_uid == os.geteuid() and not info.st_mode & 0o022
