"""Files a profile names: they lie in its folder, are small, and are what they have to be."""

import os
import stat
from collections.abc import Callable, Iterator
from pathlib import Path as FilePath
from typing import Any, NamedTuple

from kit.profile import images, strings

MAX_BYTES = 2 * 1024 * 1024


class Problem(NamedTuple):
    """What is wrong with a file, and what it should be."""

    found: str
    expected: str


Judge = Callable[[str, bytes], Problem | None]


def _image(name: str, raw: bytes) -> Problem | None:
    found = (
        images.svg_problem(raw)
        if name.endswith(".svg")
        else images.png_problem(raw)
        if name.endswith(".png")
        else "another kind of file"
    )
    return Problem(f"{name}: {found}", "a plain SVG or a PNG picture") if found else None


def _table(*header: str) -> Judge:
    def judge(name: str, raw: bytes) -> Problem | None:
        try:
            first = raw.decode("utf-8-sig").splitlines()[:1]
        except UnicodeDecodeError:
            return Problem(f"{name}: not UTF-8", "a CSV file in UTF-8")
        columns = first[0].split(",") if first else []
        if [column.strip() for column in columns][: len(header)] != list(header):
            return Problem(
                f"{name}: the first line {','.join(columns)[:60]!r}", f"a CSV file with the columns {','.join(header)}"
            )
        return None

    return judge


def _words(name: str, raw: bytes) -> Problem | None:
    wrong = _table("key", "text")(name, raw)
    if wrong:
        return wrong
    found = strings.fault(raw)
    expected = "rows of the Indonesian words as the apps show them and the region's own, as plain text"
    return Problem(f"{name}: {found}", expected) if found else None


def _any(*_: object) -> Problem | None:
    return None


_FIXED: tuple[tuple[tuple[str, ...], Judge], ...] = (
    (("brand", "emblem"), _image),
    (("brand", "login_image"), _image),
    (("brand", "favicon"), _image),
    *((("brand", "app_names", app, "logo"), _image) for app in ("sabilulungan", "hayu", "erk")),
    (("offices", "tree"), _table("code", "parent", "name", "short_name")),
    (("budget", "account_codes"), _table("code", "name")),
    *((("agreement", paper, "file"), _any) for paper in ("mou", "pks", "bast")),
)


def named(data: dict[str, Any]) -> Iterator[tuple[tuple[str, ...], Judge]]:
    """The fields that may name a file, each with what judges it."""
    yield from _FIXED
    locale = data.get("locale")
    own = locale.get("strings") if isinstance(locale, dict) else None
    for language in own if isinstance(own, dict) else ():
        yield ("locale", "strings", language), _words


def problem(folder: FilePath, name: str, judge: Judge) -> Problem | None:
    """What is wrong with the file ``name`` of the profile in ``folder``; None when it is sound."""
    expected = f"a file of at most {MAX_BYTES // 1024 // 1024} MB in the profile's folder"
    path = folder / name
    try:
        if not path.resolve(strict=True).is_relative_to(folder.resolve()):
            return Problem(f"{name}: a link that leaves the folder", expected)
        handle = os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC)
        with os.fdopen(handle, "rb") as file:
            info = os.fstat(file.fileno())
            if not stat.S_ISREG(info.st_mode):
                return Problem(f"{name}: no plain file", expected)
            if info.st_size > MAX_BYTES:
                return Problem(f"{name}: {info.st_size:,} bytes", expected)
            raw = file.read(MAX_BYTES + 1)
    except FileNotFoundError:
        return Problem(f"{name}: no such file", expected)
    except (OSError, RuntimeError) as error:
        reason = error.strerror if isinstance(error, OSError) else str(error)
        return Problem(f"{name}: not readable ({reason})", expected)
    return judge(name, raw)
