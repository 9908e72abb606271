"""Files the personnel agency and the agencies bring: people, attendance, leave, targets, ratings, norms, payments."""

from erk.domain.imports import attendance, catalogue, payments, people, plans, ratings
from erk.domain.imports.base import Importer, apply, enter, importer_of, kinds_of, scopes_of, try_out

__all__ = [
    "Importer",
    "apply",
    "attendance",
    "catalogue",
    "enter",
    "importer_of",
    "kinds_of",
    "payments",
    "people",
    "plans",
    "ratings",
    "scopes_of",
    "try_out",
]
