"""What `kit status` says of a region's tree: the managed files that differ from their render, and who meant it."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path

from kit.errors import KitError
from kit.profile import Profile
from kit.render.region import repository_of
from kit.upgrade import Drift, drift

_WORDS = {"changed": "changed", "removed": "removed", "renamed": "renamed", "mode": "other mode", "added": "added"}
_MOST = 50


class Tree:
    """The tree of a region: ``found`` is what differs; ``fault`` a sentence where it could not be compared."""

    def __init__(self, path: Path, profile: Profile) -> None:
        self.folder = repository_of(path, profile)
        self.fault = ""
        self.found: tuple[Drift, ...] = ()
        self.is_rendered = self.folder.exists()
        if self.is_rendered:
            try:
                self.found = drift(self.folder)
            except KitError as error:
                self.fault = str(error)

    @property
    def is_well(self) -> bool:
        """Whether everything that differs was meant."""
        return not self.fault and all(one.is_meant for one in self.found)

    def as_dict(self) -> dict[str, object]:
        """The same as data."""
        differs = [asdict(one) | {"meant": one.is_meant} for one in self.found]
        return {"folder": str(self.folder), "rendered": self.is_rendered, "fault": self.fault, "differs": differs}

    def lines(self) -> Iterator[str]:
        """The same for people: a heading, then a line for each file, what nobody meant first."""
        if not self.is_rendered:
            yield f"tree {self.folder}: not rendered yet. `kit render` makes it."
        elif self.fault:
            yield f"tree: {self.fault}"
        elif not self.found:
            yield f"tree {self.folder}: as it was rendered"
        else:
            counts = Counter(one.meaning for one in self.found)
            words = ", ".join(f"{count} {meaning}" for meaning, count in sorted(counts.items()))
            yield f"tree {self.folder}: {len(self.found)} differences from its render ({words})"
            ordered = sorted(self.found, key=lambda one: one.is_meant)
            yield from (f"    {_line(one)}" for one in ordered[:_MOST])
            if len(ordered) > _MOST:
                yield f"    … and {len(ordered) - _MOST} more; --json lists all"


def _line(one: Drift) -> str:
    if one.meaning == "override":
        return f"{one.path}: replaced by the region, {one.by}"
    if one.meaning == "committed":
        return f"{one.path}: {_WORDS[one.how]} by the region, {one.by}"
    return f"{one.path}: {_WORDS[one.how]}, not committed, so nobody meant it yet. `git add` and commit it, or restore."
