"""What a rule sees of a profile, and what it reports."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path as FilePath
from typing import Any

from kit.profile.layers import Plain
from kit.profile.nodes import Path


@dataclass(frozen=True)
class Finding:
    """A rule that is not kept, at the field a person has to change."""

    path: Path
    found: str
    expected: str
    example: str = ""
    likely: str = ""


@dataclass(frozen=True)
class View:
    """The merged profile without the values found faulty; ``folder`` is where its files stand, if anywhere."""

    data: Plain
    bad: frozenset[Path]
    folder: FilePath | None

    def get(self, *path: str | int) -> Any:
        """The value at ``path``; None where it is missing, or faulty itself, or holds or lies in something faulty."""
        value: Any = self.data
        for end, key in enumerate(path):
            if path[: end + 1] in self.bad:
                return None
            if isinstance(value, dict):
                value = value.get(key)
            elif isinstance(value, list) and isinstance(key, int) and key < len(value):
                value = value[key]
            else:
                return None
        if isinstance(value, dict | list) and any(one[: len(path)] == path for one in self.bad):
            return None
        return value

    def text(self, *path: str | int) -> str | None:
        """The text at ``path``, or None."""
        value = self.get(*path)
        return value if isinstance(value, str) else None

    def items(self, *path: str | int) -> Iterator[tuple[int, Any]]:
        """The sound items of the list at ``path`` with their positions."""
        value: Any = self.data
        for key in path:
            value = value.get(key) if isinstance(value, dict) else None
        for at in range(len(value) if isinstance(value, list) else 0):
            item = self.get(*path, at)
            if item is not None:
                yield at, item
