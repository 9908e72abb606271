"""The changelog between two versions of the kit."""

import re
from dataclasses import dataclass

from kit.paths import ROOT

_HEADING = re.compile(r"^## \[?([^\]\s]+)\]?")


@dataclass(frozen=True)
class Entry:
    """One line of the changelog: the version it is listed under (``Unreleased`` before a release), and its words."""

    version: str
    words: str


def between(before: str, after: str, text: str | None = None, *, unreleased: bool = True) -> tuple[Entry, ...]:
    """The entries of versions after ``before`` up to ``after``, newest first; those not yet released on demand."""
    words = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8") if text is None else text
    low, high = numbers(before), numbers(after)
    found: list[Entry] = []
    version = ""
    for line in words.splitlines():
        if heading := _HEADING.match(line):
            version = heading[1]
        elif version and ((unreleased and version == "Unreleased") or low < numbers(version) <= high):
            if line.startswith("- "):
                found.append(Entry(version, line[2:].strip()))
            elif line.startswith("  ") and found:
                found[-1] = Entry(version, f"{found[-1].words} {line.strip()}")
    return tuple(found)


def numbers(version: str) -> tuple[int, ...]:
    """A version as numbers that compare; what is no number counts as 0."""
    return tuple(int(part) if part.isdigit() else 0 for part in version.split(".")[:3])
