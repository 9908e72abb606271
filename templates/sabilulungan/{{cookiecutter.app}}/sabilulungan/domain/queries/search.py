"""One `search()` for both databases."""

import re

from django.db import connection
from django.db.models import BooleanField, F, Func, QuerySet, Value
from django.db.models.expressions import RawSQL

from sabilulungan.domain.search import INDEX
from sabilulungan.models import Proposal

MOST_WORDS = 8


class _Matches(Func):
    template = "(to_tsvector('indonesian', %(expressions)s))"
    arg_joiner = ") @@ to_tsquery('indonesian', "
    output_field = BooleanField()


def search(proposals: QuerySet[Proposal], text: str) -> QuerySet[Proposal]:
    """Return the proposals whose public text holds every word, as beginnings of words; no word finds all.

    Only letters and digits of what was typed reach the index, so nothing in it is read as a query language.
    """
    words = re.findall(r"\w+", text.lower())[:MOST_WORDS]
    if not words:
        return proposals
    if connection.vendor == "postgresql":
        query = " & ".join(f"{word}:*" for word in words)
        return proposals.filter(_Matches(F("search_text"), Value(query)))
    query = " ".join(f'"{word}"*' for word in words)
    found = RawSQL(f"SELECT rowid FROM {INDEX} WHERE {INDEX} MATCH %s", [query])  # noqa: S608, S611  (the index is a constant)
    return proposals.filter(pk__in=found)
