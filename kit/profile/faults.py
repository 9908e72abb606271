"""A fault of a profile: where, what was found, what is expected, an example."""

from dataclasses import asdict, dataclass
from typing import Any

from kit.errors import KitError

SHOWN = 80


@dataclass(frozen=True, order=True)
class Fault:
    """One fault. Lines and columns count from 1; ``path`` is the field (``net.domain``) or empty."""

    file: str
    line: int
    column: int
    path: str
    found: str
    expected: str
    example: str = ""
    likely: str = ""

    def __str__(self) -> str:
        """``file:line:column: path: found …; expected …. Did you mean …? Example: …``"""
        where = f"{self.file}:{self.line}:{self.column}: "
        text = f"{where}{self.path + ': ' if self.path else ''}found {self.found}; expected {self.expected}"
        if self.likely:
            text += f". Did you mean {self.likely}?"
        if self.example:
            text += f"\n    example: {self.example}"
        return text

    def as_dict(self) -> dict[str, Any]:
        """Plain data for ``--json``."""
        return asdict(self)


class ProfileError(KitError):
    """A profile with faults, raised where a good one is needed."""

    def __init__(self, faults: list[Fault]) -> None:
        self.faults = faults
        lines = "\n".join(str(fault) for fault in faults)
        count = "1 fault" if len(faults) == 1 else f"{len(faults)} faults"
        super().__init__(f"the profile has {count}:\n{lines}")


def shown(value: object) -> str:
    """A value as a message quotes it: one line, cut to ``SHOWN`` characters, control characters escaped."""
    text = value if isinstance(value, str) else str(value)
    cut = text if len(text) <= SHOWN else text[: SHOWN - 1] + "…"
    safe = "".join(char if char.isprintable() else char.encode("unicode_escape").decode() for char in cut)
    return f'"{safe}"'
