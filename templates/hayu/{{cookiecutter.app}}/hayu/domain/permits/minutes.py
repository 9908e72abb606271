"""The minutes of a visit (Berita Acara Peninjauan, hayu.md section 7): what the permit type asks, as answered there.

A type's questions are part of its version, so an application is asked what its version asks.
"""

from collections.abc import Mapping
from typing import Any

from core.errors import Fault
from hayu.models.permits import plain_answers
from hayu.rules.permits import PermitType

FIELD = "bap_"  # before a question's key: the field of the form on the phone
_EMPTY = (None, "")


def faults(kind: PermitType, answers: Mapping[str, Any]) -> list[Fault]:
    """Return which questions of a visit are not answered though they must be, or not with one of their choices."""
    found = []
    for question in kind.minutes:
        given = answers.get(question.key)
        if given in _EMPTY:
            if question.required:
                found.append(Fault(f"{FIELD}{question.key}", f"Jawab “{question.label}”."))
        elif question.choices and given not in question.choices:
            found.append(Fault(f"{FIELD}{question.key}", f"Pilih salah satu jawaban untuk “{question.label}”."))
    return found


def kept(kind: PermitType, answers: Mapping[str, Any]) -> dict[str, Any]:
    """Return the answers as they are stored: those the type asks for, and only what was answered."""
    return plain_answers({item.key: answers[item.key] for item in kind.minutes if answers.get(item.key) not in _EMPTY})
