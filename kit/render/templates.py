"""Reading a template in cookiecutter's format: what is copied, what is rendered, with its digest."""

import json
import os
import re
import stat
from collections.abc import Iterator
from dataclasses import dataclass
from fnmatch import fnmatch, translate
from pathlib import Path
from typing import Any

from kit.errors import KitError
from kit.paths import ROOT
from kit.render.tree import File, digest_of

TREE = "{{cookiecutter.app}}"
"""Every template's folder of files, as cookiecutter looks for it."""

IGNORED = ("__pycache__", "*.py[co]", ".*_cache", ".DS_Store", "*~", ".*.sw?", "db.sqlite3*")
"""What editors, tests and interpreters leave behind: never part of a template."""

_IGNORED = re.compile("|".join(map(translate, IGNORED))).match

_UNSUPPORTED = ("_extensions", "_jinja2_env_vars", "_new_lines")


@dataclass(frozen=True, slots=True)
class Source:
    """One file of a template. ``text`` is its Jinja source when it is rendered, None when it is copied."""

    path: str
    file: File
    text: str | None = None


@dataclass(frozen=True)
class Template:
    """A template: ``defaults`` is its cookiecutter.json, ``digest`` covers names, kinds, modes and bytes."""

    name: str
    defaults: dict[str, Any]
    sources: tuple[Source, ...]
    digest: str

    @property
    def patterns(self) -> tuple[str, ...]:
        """What is copied as it is."""
        return tuple(self.defaults.get("_copy_without_render", ()))


def templates_dir() -> Path:
    """The folder of the templates."""
    return ROOT / "templates"


def load(name: str, folder: Path | None = None) -> Template:
    """Read the template ``name``. Raises KitError where it is none, or holds what must not be in one.

    Refused: symbolic links, special files, hooks, environment settings, rendered files that are not UTF-8 text with
    LF line ends. A file's kind is declared by ``_copy_without_render`` and never guessed.
    """
    root = (folder or templates_dir()) / name
    defaults = _defaults(root)
    if (root / "hooks").exists():
        raise KitError(f"{root}/hooks: a template of the kit runs no code. Remove the folder.")
    patterns = tuple(defaults.get("_copy_without_render", ()))
    sources = tuple(_sources(root / TREE, "", patterns, copied=False))
    parts = [
        part
        for source in sources
        for part in (source.path, source.file.mode, "copy" if source.text is None else "render", source.file.digest)
    ]
    return Template(name, defaults, sources, digest_of(*parts))


def _defaults(root: Path) -> dict[str, Any]:
    try:
        defaults = json.loads((root / "cookiecutter.json").read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise KitError(f"{root} is no template: it has no cookiecutter.json.") from None
    except ValueError as error:
        raise KitError(f"{root}/cookiecutter.json cannot be read ({error}).") from None
    for key in _UNSUPPORTED:
        if key in defaults:
            raise KitError(f"{root}/cookiecutter.json: {key} is not supported by the kit. Remove it.")
    made: dict[str, Any] = defaults
    return made


def _sources(root: Path, below: str, patterns: tuple[str, ...], *, copied: bool) -> Iterator[Source]:
    try:
        entries = sorted(os.scandir(root / below), key=lambda entry: entry.name)
    except FileNotFoundError:
        raise KitError(f"{root} is missing: a template keeps its files in a folder of that name.") from None
    for entry in entries:
        if _IGNORED(entry.name):
            continue
        path = f"{below}/{entry.name}" if below else entry.name
        copy = copied or any(fnmatch(path, pattern) for pattern in patterns)
        if copied and "{{" in entry.name:
            raise KitError(f"{entry.path}: a name below a copied folder is not rendered. Give it a plain name.")
        mode = entry.stat(follow_symlinks=False).st_mode
        if stat.S_ISDIR(mode):
            yield from _sources(root, path, patterns, copied=copy)
        elif stat.S_ISREG(mode):
            yield _source(entry.path, path, executable=bool(mode & 0o111), copied=copy)
        else:
            raise KitError(f"{entry.path}: a template holds plain files and folders only, no links or special files.")


def _source(file: str, path: str, *, executable: bool, copied: bool) -> Source:
    with open(file, "rb", buffering=0) as source:  # noqa: PTH123 - hundreds at each start
        raw = source.read()
    made = File(raw, executable)
    if copied:
        return Source(path, made)
    try:
        text = raw.decode("utf-8")
    except UnicodeDecodeError as error:
        raise KitError(
            f"{file} is to be rendered but is not UTF-8 text (byte {error.start}): save it as UTF-8, "
            "or name it under _copy_without_render in cookiecutter.json."
        ) from None
    if "\r" in text or "\0" in text or text.startswith("\ufeff"):
        raise KitError(
            f"{file} is to be rendered but has Windows line ends, a byte order mark or NUL bytes: "
            "save it as plain UTF-8 with LF, or name it under _copy_without_render in cookiecutter.json."
        )
    return Source(path, made, text)
