"""The changelog between two versions of the kit."""

import re
from dataclasses import dataclass, field

from kit.paths import ROOT

_HEADING = re.compile(r"^## \[?([^\]\s]+)\]?")
_QUOTED = re.compile(r"`([^`]+)`")

APPS = {"core": ("core",), "sabilulungan": ("Sabilulungan",), "hayu": ("Hayu",), "erk": ("E-RK",)}
"""How the changelog names each app."""


@dataclass(frozen=True)
class Entry:
    """One line of the changelog: the version it is listed under (``Unreleased`` before a release), and its words.

    ``line``: its place in CHANGELOG.md.
    """

    version: str
    words: str
    line: int = field(default=0, compare=False)

    @property
    def place(self) -> str:
        """Where it stands, and the words: ``CHANGELOG.md line 12 [0.2.0]: Hayu: …``."""
        return f"CHANGELOG.md line {self.line} [{self.version}]: {self.words}"


def between(before: str, after: str, text: str | None = None, *, unreleased: bool = True) -> tuple[Entry, ...]:
    """The entries of versions after ``before`` up to ``after``, newest first; those not yet released on demand."""
    words = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8") if text is None else text
    low, high = numbers(before), numbers(after)
    found: list[Entry] = []
    version = ""
    for number, line in enumerate(words.splitlines(), 1):
        if heading := _HEADING.match(line):
            version = heading[1]
        elif version and ((unreleased and version == "Unreleased") or low < numbers(version) <= high):
            if line.startswith("- "):
                found.append(Entry(version, line[2:].strip(), number))
            elif line.startswith("  ") and found:
                found[-1] = Entry(version, f"{found[-1].words} {line.strip()}", found[-1].line)
    return tuple(found)


def about(path: str, entries: tuple[Entry, ...]) -> tuple[Entry, ...]:
    """The entries that tell of a file of a region's repository: those that name it, else those of its app.

    A file is named by its path, or by the end of it (at least a folder and the name), in backticks. An app is named by
    the word its name is.
    """
    named = tuple(one for one in entries if any(_names(word, path) for word in _QUOTED.findall(one.words)))
    if named:
        return named
    parts = path.split("/")
    words = APPS.get(parts[1], ()) if parts[0] == "apps" and len(parts) > 1 else ()
    return tuple(one for one in entries if any(re.search(rf"\b{re.escape(word)}\b", one.words) for word in words))


def _names(word: str, path: str) -> bool:
    folder = word.rstrip("/")
    return path == folder or path.startswith(f"{folder}/") or ("/" in folder and path.endswith(f"/{folder}"))


def numbers(version: str) -> tuple[int, ...]:
    """A version as numbers that compare; what is no number counts as 0."""
    return tuple(int(part) if part.isdigit() else 0 for part in version.split(".")[:3])
