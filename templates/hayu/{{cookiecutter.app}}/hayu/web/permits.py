"""Public pages of lane IZIN: register with map, and tracking by receipt number."""

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from core import maps, money, wilayah
from core.clients import address
from core.paging import paginate
from core.pictures import Area
from core.region import region
from hayu.domain.permits import clock, tracking
from hayu.domain.queries import permits, register
from hayu.interfaces import exports
from hayu.interfaces.filters import PermitFilters
from hayu.interfaces.forms.office import TrackForm


@require_safe
def permit_list(request: HttpRequest) -> HttpResponseBase:
    """List every permit; the export is exactly the filter."""
    found = PermitFilters(request, permits.public())
    if "ekspor" in request.GET:
        answer = exports.export_permits(found.rows, request.GET["ekspor"])
        exports.note(exports.PERMITS, request.GET["ekspor"], str(request.user.pk or "public"), found.values)
        return answer
    context = {"found": found, "page": paginate(request, found.rows), "licences": region().licences}
    return render(request, "hayu/permits/list.html", context)


@require_safe
def permit_map(request: HttpRequest) -> HttpResponse:
    """Map permits and reports by kecamatan, of a province by kabupaten and kota; the table stands beside."""
    what = "laporan" if request.GET.get("apa") == "laporan" else "izin"
    numbers = register.counted("district_code") if what == "laporan" else permits.counted("district_code")
    word = "usaha" if what == "laporan" else "izin"
    sums = maps.gathered(numbers)
    places = wilayah.regencies() or wilayah.districts()
    rows = sorted(((place.name, sums.get(place.code, 0)) for place in places), key=lambda row: -row[1])
    context = {
        "what": what,
        "areas": [Area(code, number, f"{money.thousands(number)} {word}") for code, number in sums.items()],
        "rows": rows,
        "first": rows[0] if rows and rows[0][1] else None,
        "level": "kabupaten atau kota" if wilayah.regencies() else region().terms.level3,
    }
    return render(request, "hayu/permits/map.html", context)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def track(request: HttpRequest) -> HttpResponse:
    """Track an application without an account; works without JavaScript."""
    form = TrackForm(request.POST or None, initial={"resi": request.GET.get("resi", "")[:60]})
    if request.method == "POST" and form.is_valid():
        result = tracking.track(form.cleaned_data["resi"], form.cleaned_data["hp"], address(request))
        if result.application:
            context = {
                "application": result.application, "kind": result.application.type, "steps": result.steps,
                "reading": clock.reading(result.application), "cells": clock.cells(result.application),
            }  # fmt: skip
            return render(request, "hayu/permits/tracked.html", context)
        form.add_error(None, result.sentence)
    return render(request, "hayu/permits/track.html", {"form": form})
