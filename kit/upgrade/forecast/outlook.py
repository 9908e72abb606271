"""What is foretold of one region."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any, Literal

from kit.upgrade.overrides import Touched
from kit.upgrade.reasons import Reason

Meets = Literal["conflicts", "merges cleanly", "up to date", "cannot be foretold"]

ORDER: tuple[Meets, ...] = ("conflicts", "cannot be foretold", "merges cleanly", "up to date")
"""What needs a person comes first."""


@dataclass(frozen=True)
class Outlook:
    """One region: what the new render meets in its repository.

    ``where``: the repository as it was given; ``fault``: a sentence, where nothing can be foretold. ``files``: how many
    differ between its last render and the new one; ``migrations``: of the databases, by app.
    """

    where: str
    name: str = ""
    before: str = ""
    meets: Meets = "cannot be foretold"
    fault: str = ""
    files: int = 0
    settings: int = 0
    conflicts: tuple[Reason, ...] = ()
    overrides: tuple[Touched, ...] = ()
    migrations: tuple[str, ...] = ()
    steps: tuple[str, ...] = ()

    def as_dict(self) -> dict[str, Any]:
        """The same as data."""
        return asdict(self)


def ordered(found: Sequence[Outlook]) -> list[Outlook]:
    """Those that need a person first, then by name."""
    return sorted(found, key=lambda one: (ORDER.index(one.meets), not one.overrides, one.name, one.where))


def counts(found: Sequence[Outlook]) -> dict[str, int]:
    """How many regions there are of each kind; overrides and migrations are counted beside."""
    made: dict[str, int] = {meets: sum(one.meets == meets for one in found) for meets in ORDER}
    return {
        **made,
        "overrides touched": sum(bool(one.overrides) for one in found),
        "database migrations": sum(bool(one.migrations) for one in found),
    }
