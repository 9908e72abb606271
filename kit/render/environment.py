"""The Jinja environment of the renders: cookiecutter's, strict and sandboxed, compiled once."""

import json
from collections.abc import Callable
from typing import Any

from jinja2 import BytecodeCache, FileSystemBytecodeCache, FunctionLoader, StrictUndefined
from jinja2.sandbox import ImmutableSandboxedEnvironment

from kit.render.cache import private_dir


def jsonify(obj: Any, indent: int = 4) -> str:
    """JSON as cookiecutter's filter of this name writes it: sorted keys, ASCII only."""
    return json.dumps(obj, sort_keys=True, indent=indent)


def slugify(value: str, **options: Any) -> str:
    """The slug that cookiecutter's filter of this name makes."""
    from slugify import slugify as made

    return made(value, **options)


class Environment(ImmutableSandboxedEnvironment):
    """Renders the text files of one template.

    Of cookiecutter's extensions the pure ones are here (``jsonify``, ``slugify``). ``now``, ``uuid4`` and
    ``random_ascii_string`` are not: a render gives the same bytes every time.
    """

    def __init__(self, load: Callable[[str], tuple[str, str, Callable[[], bool]] | None]) -> None:
        super().__init__(
            undefined=StrictUndefined,
            keep_trailing_newline=True,
            autoescape=False,  # the files are JSON, CSV, CSS and Markdown: each escapes by its own rules
            auto_reload=False,
            loader=FunctionLoader(load),
            bytecode_cache=bytecode_cache(),
        )
        self.filters["jsonify"] = jsonify
        self.filters["slugify"] = slugify


def bytecode_cache() -> BytecodeCache | None:
    """Compiled templates of earlier runs, in a folder only this user may write; None where there is no such place."""
    folder = private_dir("jinja")
    return FileSystemBytecodeCache(str(folder), "%s") if folder else None
