"""Files that several servers of one app hold alike: the database has each once, every disk a copy.

Where one server runs the app (FILES_SHARED off) nothing is kept in the database, and its disk is all there is.
"""

import os
import secrets
from collections.abc import Collection
from datetime import UTC, datetime
from pathlib import Path

from django.conf import settings

from core import dates
from core.models import SharedFile

_CLOSE_SECONDS = 0.001
"""The database rounds times to a millionth of a second."""
_GONE = b""
"""What the database has under the name of a file that was erased: no file is empty."""


def keep(name: str, path: Path) -> None:
    """Let the other servers have the file at *path* under *name*, in place of what they had under it."""
    if settings.FILES_SHARED:
        changed = datetime.fromtimestamp(path.stat().st_mtime, UTC)
        SharedFile.objects.update_or_create(name=name, defaults={"content": path.read_bytes(), "changed_at": changed})


def present(name: str, path: Path) -> Path:
    """Return *path*, brought up to what the database has under *name*; a reader never gets half a file."""
    if not settings.FILES_SHARED:
        return path
    changed = SharedFile.objects.filter(name=name).values_list("changed_at", flat=True).first()
    if changed is None or (path.is_file() and path.stat().st_mtime + _CLOSE_SECONDS >= changed.timestamp()):
        return path
    content = SharedFile.objects.values_list("content", flat=True).get(name=name)
    if bytes(content) == _GONE:
        path.unlink(missing_ok=True)
        return path
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o750)
    temporary = path.with_name(f".{path.name}.{secrets.token_hex(4)}")
    temporary.write_bytes(content)
    os.utime(temporary, (changed.timestamp(), changed.timestamp()))
    temporary.replace(path)
    return path


def forget(names: Collection[str]) -> None:
    """Erase files from the database; what stays is the note by which each server erases its own copy (`gone`).

    Where one server runs the app, what is left of the days of several goes without a note.
    """
    rows = SharedFile.objects.filter(name__in=names)
    if settings.FILES_SHARED:
        rows.update(content=_GONE, changed_at=dates.now())
    else:
        rows.delete()


def gone(since: datetime) -> list[tuple[str, datetime]]:
    """Return the names of the files that were erased after a moment, with the time."""
    return list(SharedFile.objects.filter(changed_at__gt=since, content=_GONE).values_list("name", "changed_at"))
