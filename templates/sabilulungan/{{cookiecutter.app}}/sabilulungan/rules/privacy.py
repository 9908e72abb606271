"""What the public may see of whom: the table of section 11, item by item.

Only what a class of recipient allows here is put into a public page, export or answer of the API; everything
else has no way out, because public code reads `Public…` values built from this table and never the model.
"""

import re
from enum import StrEnum

from sabilulungan.enums import PERSONS, RecipientType


class Subject(StrEnum):
    """The three columns of the table."""

    ORGANISATION = "organisation"
    PERSON = "person"
    UNPLANNED = "unplanned"


class Item(StrEnum):
    """The rows of the table that are open to somebody."""

    FULL_NAME = "full name"
    INITIALS = "initials"
    FULL_ADDRESS = "full address"
    MAP_POINT = "map point"
    VILLAGE_AND_RW = "village and RW"
    VILLAGE = "village"
    STAGE_AMOUNTS = "amounts of all stages"
    COST_LINES = "RAB lines"
    TOTAL = "total"
    CASE = "title, aims, field, office, dates, step"
    DECISION_REASONS = "decision reasons"
    DOCUMENTS = "redacted documents"
    CHAIR = "chair's name"


_TABLE: dict[Subject, frozenset[Item]] = {
    Subject.ORGANISATION: frozenset(
        {
            Item.FULL_NAME,
            Item.FULL_ADDRESS,
            Item.MAP_POINT,
            Item.STAGE_AMOUNTS,
            Item.COST_LINES,
            Item.TOTAL,
            Item.CASE,
            Item.DECISION_REASONS,
            Item.DOCUMENTS,
            Item.CHAIR,
        }
    ),
    Subject.PERSON: frozenset({Item.INITIALS, Item.VILLAGE_AND_RW, Item.TOTAL, Item.CASE}),
    Subject.UNPLANNED: frozenset({Item.VILLAGE}),
}


_NEVER = re.compile(r"(?:^|_)(?:KTP|KK|NPWP|REKENING)(?:_|$)")


def may_be_copied(document_code: str) -> bool:
    """Return whether a redacted copy of a document may be public: never of identity cards, tax and account papers."""
    return _NEVER.search(document_code) is None


def subject_of(recipient: RecipientType | str) -> Subject:
    """Return the column of a planned proposal's recipient."""
    return Subject.PERSON if recipient in PERSONS else Subject.ORGANISATION


def open_items(subject: Subject, *, full_names: bool = False) -> frozenset[Item]:
    """Return what is public; `full_names` is the profile's PENUH, set after the information officer's test."""
    items = _TABLE[subject]
    if subject is Subject.PERSON and full_names:
        return items - {Item.INITIALS} | {Item.FULL_NAME}
    return items


def person_title(purpose_label: str) -> str:
    """Return the public title of aid to a person: its purpose only, because a free title tells the reason."""
    return f"Bantuan {purpose_label.lower()}" if purpose_label else "Bantuan sosial"
