"""The public register of reports and its numbers."""

import datetime as dt

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.views.decorators.http import require_safe

from core import dates, wilayah
from core.paging import paginate
from core.pictures import Bar
from core.region import region
from hayu.domain import catalogue, survey
from hayu.domain.queries import applications, permits, register
from hayu.enums import Scale, State
from hayu.interfaces import exports
from hayu.interfaces.filters import PublicFilters

_TONES = {State.TERDAFTAR: "good", State.PERLU_PEMBETULAN: "waiting", State.DIBEKUKAN: "bad"}


@require_safe
def register_list(request: HttpRequest) -> HttpResponseBase:
    """List every business that reported; the export is exactly the filter."""
    found = PublicFilters(request, register.public())
    if "ekspor" in request.GET:
        answer = exports.export(found.rows, request.GET["ekspor"])
        exports.note(exports.NAME, request.GET["ekspor"], str(request.user.pk or "public"), found.values)
        return answer
    context = {"found": found, "page": paginate(request, found.rows), "licences": region().licences}
    return render(request, "hayu/register.html", context)


@require_safe
def statistics(request: HttpRequest) -> HttpResponse:
    """Show what the register adds up to: pictures with their tables."""
    states = register.counted("state")
    scales = register.counted("scale")
    by_place = register.counted("district_code")
    context = {
        "numbers": register.numbers(),
        "states": [Bar(State(code).label, number, tone=_TONES.get(code, "")) for code, number in states.items()],
        "kinds": [Bar(title, number) for title, number in register.by_kind()],
        "scales": [Bar(str(Scale(code).label), number) for code, number in scales.items()],
        "places": [Bar(wilayah.name_of(code), number) for code, number in list(by_place.items())[:12]],
        "months": [Bar(_month(day), number) for day, number in register.by_month()],
        "today": dates.today(),
        "permits": _permits(),
    }
    return render(request, "hayu/statistics.html", context)


def _permits() -> dict[str, object]:
    """Return what lane IZIN adds up to: permits by type; volume, speed and satisfaction of the last twelve months."""
    today = dates.today()
    first = today.replace(day=1)
    for _ in range(11):
        first = (first - dt.timedelta(days=1)).replace(day=1)
    names = {kind.code: kind.name for kind in catalogue.types()}
    by_type, speeds, indexes = (
        permits.counted("type_code"), applications.decided_by_type(first, today), survey.by_type(first, today)
    )  # fmt: skip
    return {
        "types": [Bar(names.get(code, code), number) for code, number in by_type.items()],
        "speed": applications.decided_in(first, today),
        "speeds": [(names.get(code, code), speed, indexes.get(code)) for code, speed in speeds.items()],
        "months": [Bar(_month(day), number) for day, number in permits.by_month(first, today).items()],
        "ikm": survey.index(first, today),
        "total": sum(by_type.values()),
    }


def _month(day: dt.date) -> str:
    return f"{dates.SHORT_MONTHS[day.month - 1]} {day.year}"
