"""The public register of reports and its numbers."""

import logging

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.views.decorators.http import require_safe

from core import dates, wilayah
from core.paging import paginate
from core.pictures import Bar
from core.region import region
from hayu.domain.queries import register
from hayu.enums import Scale, State
from hayu.interfaces import exports
from hayu.interfaces.filters import PublicFilters

log = logging.getLogger(__name__)
_TONES = {State.TERDAFTAR: "good", State.PERLU_PEMBETULAN: "waiting", State.DIBEKUKAN: "bad"}


@require_safe
def register_list(request: HttpRequest) -> HttpResponseBase:
    """List every business that reported; the export is exactly the filter."""
    found = PublicFilters(request, register.public())
    if "ekspor" in request.GET:
        log.info("register exported as %s with %s", request.GET["ekspor"][:10], ", ".join(found.values) or "no filter")
        return exports.export(found.rows, request.GET["ekspor"])
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
        "months": [Bar(f"{dates.SHORT_MONTHS[day.month - 1]} {day.year}", n) for day, n in register.by_month()],
        "today": dates.today(),
    }
    return render(request, "hayu/statistics.html", context)
