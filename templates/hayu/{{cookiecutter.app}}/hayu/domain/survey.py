"""The satisfaction survey: offered once after a final state, never a gate; its index by period and type."""

import datetime as dt
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import Count, QuerySet, Sum

from core import dates
from core.errors import Fault, Refused
from hayu.enums import AppState, Element
from hayu.models import Application, SurveyAnswer
from hayu.rules import survey
from hayu.rules.survey import Index


def answer(application: Application, values: dict[str, int], suggestion: str = "") -> SurveyAnswer:
    """Store the nine answers of an application that is done. Raises Refused: not done, already given, out of range."""
    if application.state not in AppState.closed():
        raise Refused("Survei diisi setelah permohonan selesai.")
    wrong = [Fault(key, "Pilih satu sampai empat.") for key in Element.values if values.get(key) not in (1, 2, 3, 4)]
    if wrong:
        raise Refused("Jawab semua pertanyaan.", wrong)
    try:
        with transaction.atomic():
            return SurveyAnswer.objects.create(
                application=application, type_code=application.type_code, suggestion=suggestion.strip()[:1000],
                **{key: values[key] for key in Element.values},
            )  # fmt: skip
    except IntegrityError:
        raise Refused("Terima kasih, survei untuk permohonan ini sudah diisi.") from None


def index(first: dt.date, last: dt.date, code: str = "") -> Index | None:
    """Return the index of the answers given from the first to the last day, None when too few to publish."""
    rows = _given(first, last)
    if code:
        rows = rows.filter(type_code=code)
    return _index(rows.aggregate(**_SUMS))


def by_type(first: dt.date, last: dt.date) -> dict[str, Index]:
    """Return the index of each type with enough answers, by its code, in one query."""
    rows = _given(first, last).order_by().values("type_code").annotate(**_SUMS)
    found = {row["type_code"]: _index(row) for row in rows}
    return {code: result for code, result in found.items() if result}


_SUMS = {"number": Count("pk"), **{f"sum_{key}": Sum(key) for key in Element.values}}


def _given(first: dt.date, last: dt.date) -> QuerySet[SurveyAnswer]:
    return SurveyAnswer.objects.filter(
        given_at__gte=dates.at(first), given_at__lt=dates.at(last + dt.timedelta(days=1))
    )


def _index(found: dict[str, Any]) -> Index | None:
    return survey.index_of([found[f"sum_{key}"] or 0 for key in Element.values], found["number"])
