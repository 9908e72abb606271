"""What a check says. Command line, JSON and reports share these types."""

from dataclasses import asdict, dataclass
from enum import StrEnum
from typing import Any


class Status(StrEnum):
    """How a check ended, from best to worst."""

    OK = "ok"
    SKIPPED = "skipped"
    """Could not be decided, and why stands in the evidence."""
    NOTE = "note"
    """Worth knowing; nothing has to be done."""
    WARNING = "warning"
    """Works, and will hurt later."""
    FAULT = "fault"
    """Setup would fail or do harm."""


class Where(StrEnum):
    """Where a remedy is carried out."""

    SERVER = "server"
    """A command on the server, as root."""
    HERE = "here"
    """A command on the operator's machine."""
    PROFILE = "profile"
    """A line in region.yml."""
    PERSON = "person"
    """Something a person has to do or decide."""


@dataclass(frozen=True, slots=True)
class Result:
    """``evidence``: what was found; ``cause``: what it means, in words; ``remedy``: what mends it, and ``where``."""

    status: Status
    evidence: str
    cause: str = ""
    remedy: str = ""
    where: Where = Where.SERVER


def ok(evidence: str) -> Result:
    """All is well."""
    return Result(Status.OK, evidence)


def skipped(evidence: str) -> Result:
    """Cannot be decided here."""
    return Result(Status.SKIPPED, evidence)


def note(evidence: str, cause: str, remedy: str = "", where: Where = Where.SERVER) -> Result:
    """Worth knowing."""
    return Result(Status.NOTE, evidence, cause, remedy, where)


def warning(evidence: str, cause: str, remedy: str, where: Where = Where.SERVER) -> Result:
    """Works, and will hurt later."""
    return Result(Status.WARNING, evidence, cause, remedy, where)


def fault(evidence: str, cause: str, remedy: str, where: Where = Where.SERVER) -> Result:
    """Has to be mended first."""
    return Result(Status.FAULT, evidence, cause, remedy, where)


@dataclass(frozen=True, slots=True)
class Outcome:
    """The result of one check on one server; ``server`` is empty for what concerns the region as a whole."""

    check: str
    title: str
    group: str
    server: str
    result: Result

    def as_dict(self) -> dict[str, Any]:
        """Plain data for ``--json``: check, title, group, server, status, evidence, cause, remedy, where."""
        plain = asdict(self)
        plain.update({**plain.pop("result"), "status": self.result.status.value})
        return plain


@dataclass(frozen=True, slots=True)
class Report:
    """All outcomes of one run. ``unreachable``: servers nothing could be asked of."""

    outcomes: tuple[Outcome, ...]
    unreachable: tuple[str, ...] = ()
    seconds: float = 0.0

    def of(self, status: Status) -> tuple[Outcome, ...]:
        """The outcomes with *status*."""
        return tuple(outcome for outcome in self.outcomes if outcome.result.status is status)

    @property
    def exit_code(self) -> int:
        """0 no fault, 1 faults, 3 a server could not be reached."""
        if self.unreachable:
            return 3
        return 1 if self.of(Status.FAULT) else 0

    def as_dict(self) -> dict[str, Any]:
        """Plain data for ``--json``."""
        counts = {status.value: len(self.of(status)) for status in Status}
        return {
            "seconds": round(self.seconds, 1),
            "counts": counts,
            "unreachable": list(self.unreachable),
            "outcomes": [outcome.as_dict() for outcome in self.outcomes],
        }
