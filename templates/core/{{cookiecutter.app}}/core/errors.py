"""Refusals: what a person asked for is not possible now, said in one Indonesian sentence."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing to mend: the field or document it belongs to, and the sentence that says how."""

    field: str
    sentence: str


class Refused(Exception):
    """An act was refused and nothing changed. `sentence` is shown to the person, `faults` beside their fields."""

    def __init__(self, sentence: str, faults: list[Fault] | None = None) -> None:
        super().__init__(sentence)
        self.sentence = sentence
        self.faults = faults or []


class Stale(Refused):
    """Somebody changed the record after this page was opened."""


class AlreadyDone(Stale):
    """The same person already did the same act: a double click."""


class NotAllowed(Refused):
    """This person may not do this, whatever the record's state."""
