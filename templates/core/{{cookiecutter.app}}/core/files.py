"""Files from outside: type by content, bounded size, images re-encoded, hashed, private, versions kept."""

import datetime as dt
import hashlib
import io
import os
import secrets
import unicodedata
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import IO

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.db import transaction
from django.db.models import Max, Model
from django.http import HttpRequest
from PIL import Image, ImageOps, UnidentifiedImageError

from core import dates, shared, virus
from core.errors import Refused
from core.models import SharedFile, StoredFile, User

MAX_BYTES = 5 * 1024 * 1024
MAX_PIXELS = 40_000_000
MAX_SIDE = 2400
PDF, JPEG, PNG = "application/pdf", "image/jpeg", "image/png"
_SHARED = "files"
_ENDING = {PDF: ".pdf", JPEG: ".jpg", PNG: ".png"}

Guard = Callable[["User | AnonymousUser", StoredFile], bool]
Note = Callable[[HttpRequest, StoredFile], None]
_GUARDS: dict[str, Guard] = {}
_NOTES: dict[str, Note] = {}


def register_guard(owner_type: str, guard: Guard, note: Note | None = None) -> None:
    """Say who may read files of an owner type ("hayu.report"); without a guard nobody may.

    `note` writes down that one of them was read, where that has to be known later.
    """
    _GUARDS[owner_type] = guard
    if note:
        _NOTES[owner_type] = note


def may_read(user: User | AnonymousUser, stored: StoredFile) -> bool:
    """Return whether a person may read a file: public ones all, others by the owner's guard."""
    guard = _GUARDS.get(stored.owner_type)
    return stored.public or bool(guard and guard(user, stored))


def note_read(request: HttpRequest, stored: StoredFile) -> None:
    """Write down, where its owner type asks for it, that the person of a request is given a file."""
    if not stored.public and stored.owner_type in _NOTES:
        _NOTES[stored.owner_type](request, stored)


def owner_of(obj: Model) -> tuple[str, str]:
    """Return the owner columns for an object."""
    return obj._meta.label_lower, str(obj.pk)


def store(
    upload: IO[bytes],
    *,
    owner: Model,
    kind: str,
    user: User | None,
    name: str = "",
    allowed: tuple[str, ...] = (PDF, JPEG, PNG),
) -> StoredFile:
    """Check a file, write it and return its row: a new version when the owner has this kind already.

    Images are drawn anew, so that nothing hides in them and no position or camera is told (EXIF).
    Raises Refused with an Indonesian sentence: empty, too large, not a PDF/JPEG/PNG, broken.
    """
    content, media_type = inspect(upload, allowed)
    given = name or getattr(upload, "name", "") or kind
    return store_bytes(content, media_type, owner=owner, kind=kind, user=user, name=given)


def inspect(upload: IO[bytes], allowed: tuple[str, ...] = (PDF, JPEG, PNG)) -> tuple[bytes, str]:
    """Return the safe content and true type of an upload, without writing anything; Refused when unfit."""
    upload.seek(0)
    content = upload.read(MAX_BYTES + 1)
    if not content:
        raise Refused("Berkas itu kosong. Pilih berkas lain.")
    if len(content) > MAX_BYTES:
        raise Refused("Berkas itu lebih besar dari 5 MB. Perkecil dahulu, lalu unggah lagi.")
    media_type = _type_of(content)
    if media_type not in allowed:
        names = ", ".join(_ENDING[item][1:].upper() for item in allowed)
        raise Refused(f"Berkas itu bukan {names}. Jenis berkas dinilai dari isinya, bukan dari namanya.")
    virus.check(content)
    return (content if media_type == PDF else _redraw(content, media_type)), media_type


def store_bytes(
    content: bytes, media_type: str, *, owner: Model, kind: str, user: User | None, name: str, public: bool = False
) -> StoredFile:
    """Write content the app made or checked itself and return its row, as the next version of its kind."""
    owner_type, owner_id = owner_of(owner)
    path = _write(content, _ENDING[media_type])
    with transaction.atomic():
        shared.keep(f"{_SHARED}/{path}", Path(settings.MEDIA_ROOT) / path)
        type(owner)._base_manager.select_for_update().filter(pk=owner.pk).first()
        same = StoredFile.objects.filter(owner_type=owner_type, owner_id=owner_id, kind=kind)
        return StoredFile.objects.create(
            owner_type=owner_type,
            owner_id=owner_id,
            kind=kind,
            version=(same.aggregate(last=Max("version"))["last"] or 0) + 1,
            name=safe_name(name, media_type),
            media_type=media_type,
            size=len(content),
            sha256=hashlib.sha256(content).hexdigest(),
            path=path,
            public=public,
            uploaded_by=user,
        )


def read(stored: StoredFile) -> bytes:
    """Return the content of a stored file."""
    return absolute(stored).read_bytes()


def absolute(stored: StoredFile) -> Path:
    """Return where a stored file lies on this server."""
    return shared.present(f"{_SHARED}/{stored.path}", Path(settings.MEDIA_ROOT) / stored.path)


def share_all() -> tuple[int, list[str]]:
    """Let the other servers have every stored file that only this one holds.

    Return how many those were, and the paths of files that neither the database nor this disk has.
    """
    there = set(SharedFile.objects.values_list("name", flat=True))
    paths = StoredFile.objects.order_by("path").values_list("path", flat=True)
    kept, lost = 0, []
    for path in paths:
        place = Path(settings.MEDIA_ROOT) / path
        if f"{_SHARED}/{path}" in there:
            continue
        if place.is_file():
            shared.keep(f"{_SHARED}/{path}", place)
            kept += 1
        else:
            lost.append(path)
    return kept, lost


def erase(owner: Model) -> int:
    """Erase every version of every file of an object; return how many.

    The disks follow once it is committed: this server's at once, those of the others within the hour.
    """
    owner_type, owner_id = owner_of(owner)
    rows = StoredFile.objects.filter(owner_type=owner_type, owner_id=owner_id)
    paths = list(rows.values_list("path", flat=True))
    shared.forget([f"{_SHARED}/{path}" for path in paths])
    rows.delete()
    transaction.on_commit(lambda: _unlink(paths))
    return len(paths)


def drop_copies(since: dt.datetime) -> dt.datetime:
    """Erase this server's copies of the files that were erased after a moment; return the moment of the last."""
    gone = [(name, at) for name, at in shared.gone(since) if name.startswith(f"{_SHARED}/")]
    _unlink([name.removeprefix(f"{_SHARED}/") for name, _ in gone])
    return max([since, *(at for _, at in gone)])


def current(owner: Model, kind: str | None = None) -> list[StoredFile]:
    """Return the newest version of each kind of file an object has."""
    owner_type, owner_id = owner_of(owner)
    rows = StoredFile.objects.filter(owner_type=owner_type, owner_id=owner_id).order_by("kind", "version")
    newest = {row.kind: row for row in (rows.filter(kind=kind) if kind else rows)}
    return list(newest.values())


def safe_name(name: str, media_type: str) -> str:
    """Return a file name fit for any disk and header, with the ending of its true type."""
    stem = Path(name.replace("\\", "/")).name.rsplit(".", 1)[0]
    flat = unicodedata.normalize("NFKD", stem).encode("ascii", "ignore").decode()
    kept = "".join(sign if sign.isalnum() else "-" for sign in flat).strip("-")
    while "--" in kept:
        kept = kept.replace("--", "-")
    return f"{kept[:80] or 'berkas'}{_ENDING[media_type]}"


def _unlink(paths: Iterable[str]) -> None:
    for path in paths:
        (Path(settings.MEDIA_ROOT) / path).unlink(missing_ok=True)


def _type_of(content: bytes) -> str:
    if content.startswith(b"%PDF-"):
        return PDF
    if content.startswith(b"\xff\xd8\xff"):
        return JPEG
    if content.startswith(b"\x89PNG\r\n\x1a\n"):
        return PNG
    return ""


def _redraw(content: bytes, media_type: str) -> bytes:
    try:
        with Image.open(io.BytesIO(content), formats=["JPEG" if media_type == JPEG else "PNG"]) as image:
            if image.width * image.height > MAX_PIXELS:
                raise Refused("Gambar itu terlalu besar. Perkecil dahulu, lalu unggah lagi.")
            upright = ImageOps.exif_transpose(image)
            upright.thumbnail((MAX_SIDE, MAX_SIDE))
            out = io.BytesIO()
            if media_type == JPEG:
                upright.convert("RGB").save(out, "JPEG", quality=85, optimize=True)
            else:
                fresh = upright if upright.mode in ("L", "LA", "RGB", "RGBA") else upright.convert("RGBA")
                fresh.info = {}
                fresh.save(out, "PNG")
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError, Image.DecompressionBombError):
        raise Refused("Gambar itu rusak dan tidak dapat dibuka. Ambil atau pindai lagi, lalu unggah.") from None
    return out.getvalue()


def _write(content: bytes, ending: str) -> str:
    relative = Path(f"{dates.today():%Y/%m}", secrets.token_hex(16) + ending)
    target = Path(settings.MEDIA_ROOT) / relative
    target.parent.mkdir(parents=True, exist_ok=True, mode=0o750)
    temporary = target.with_suffix(".part")
    with temporary.open("wb") as out:
        out.write(content)
        out.flush()
        os.fsync(out.fileno())
    temporary.rename(target)
    return relative.as_posix()
