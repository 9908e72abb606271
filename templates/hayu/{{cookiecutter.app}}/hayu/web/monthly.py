"""The office's reports: a month for the heads, a half-year for the head of the region; on the page and to take away."""

import datetime as dt
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from core import dates, files, money, wilayah
from core.export import Column, table
from core.pictures import Area
from core.region import region
from hayu.domain.queries import complaints, monthly, places, semester, small
from hayu.interfaces import exports, papers
from hayu.web.office import require

PDF = "pdf"  # of `?ekspor=`

COLUMNS = (
    Column("kode", "code"), Column("jenis", "name"), Column("masuk", "received"), Column("terbit", "issued"),
    Column("ditolak", "refused"), Column("dibatalkan", "withdrawn"), Column("kedaluwarsa", "lapsed"),
    Column("terbuka", "open"), Column("lewat_waktu", "overdue"), Column("median_hari", "median"),
    Column("persentil_90_hari", "p90"), Column("tepat_waktu_persen", "on_time"),
    Column("dikembalikan_dua_kali", "returned_twice"), Column("ikm", "ikm"),
    Column("dikembalikan_dua_kali_persen", "returned_share"),
)  # fmt: skip
PLACE_COLUMNS = (
    Column("kode", "code"), Column("nama", "name"), Column("permohonan_masuk", "received"),
    Column("izin_terbit", "issued"), Column("usaha_lapor", "reported"),
)  # fmt: skip
# What the map of a month may show: the figure of a place, and its word.
_MAPPED = {
    "permohonan": ("received", _("permohonan masuk")), "izin": ("issued", _("izin terbit")),
    "usaha": ("reported", _("usaha lapor")),
}  # fmt: skip


def _paper(drawn: bytes, name: str) -> HttpResponse:
    disposition = f'attachment; filename="{name}.pdf"'
    return HttpResponse(drawn, content_type=files.PDF, headers={"Content-Disposition": disposition})


@login_required
@require_safe
def half_year(request: HttpRequest) -> HttpResponseBase:
    """Show a half-year: satisfaction by element, complaints and their answer time, whole service standards."""
    require(request, "hayu.board")
    half = semester.half_of(request.GET.get("semester", ""), dates.today())
    found = semester.report(half)
    if request.GET.get("ekspor") == PDF:
        exports.note("laporan-semester", PDF, str(request.user.pk), [half.key])
        return _paper(papers.half_year(found, dates.now()), f"laporan-semester-{half.key}")
    context = {"report": found, "previous": half.moved(-1), "following": half.moved(1)}
    return render(request, "hayu/permits/semester.html", context)


@login_required
@require_safe
def report(request: HttpRequest) -> HttpResponseBase:
    """Show a month per type; the export is exactly the table."""
    require(request, "hayu.board")
    first = monthly.month_of(request.GET.get("bulan", ""), dates.today())
    lines, parts = monthly.lines(first), places.month(first)
    if "ekspor" in request.GET:
        return _taken(request, first, lines, parts)
    following = monthly.last_day(first) + dt.timedelta(days=1)
    context = {
        "first": first,
        "lines": lines,
        "reasons": monthly.reasons(first),
        "money": monthly.money(first),
        "small": small.month(first),
        "load": small.load(first),
        "complaints": [line for line in complaints.lines(first, monthly.last_day(first)) if line.received],
        "places": parts,
        "level": "kabupaten atau kota" if wilayah.regencies() else region().terms.level3,
        "month": f"{dates.MONTHS[first.month - 1]} {first.year}",
        "previous": f"{first - dt.timedelta(days=1):%Y-%m}",
        "following": f"{following:%Y-%m}" if following <= dates.today() else "",
        **_map(request.GET.get("peta", ""), parts),
    }
    return render(request, "hayu/permits/monthly.html", context)


def _taken(
    request: HttpRequest, first: dt.date, lines: list[monthly.Line], parts: list[places.Place]
) -> HttpResponseBase:
    fmt, name = request.GET["ekspor"], f"laporan-{first:%Y-%m}"
    if fmt == PDF:
        answer: HttpResponseBase = _paper(papers.month(first, lines, parts, dates.now()), name)
    elif request.GET.get("tabel") == "tempat":
        name = f"{name}-tempat"
        answer = table(PLACE_COLUMNS, parts, name, fmt)
    else:
        answer = table(COLUMNS, lines, name, fmt)
    exports.note(name, fmt, str(request.user.pk))
    return answer


def _map(wanted: str, parts: list[places.Place]) -> dict[str, Any]:
    """Return the shades of one figure, its tabs, and the place that has most of it."""
    what = wanted if wanted in _MAPPED else "permohonan"
    name, word = _MAPPED[what]
    areas = [Area(part.code, number, f"{money.thousands(number)} {word}") for part in parts
             if (number := getattr(part, name))]  # fmt: skip
    most = max(parts, key=lambda part: getattr(part, name), default=None)
    return {
        "mapped": what,
        "mapped_word": word,
        "tabs": [(key, label) for key, (_figure, label) in _MAPPED.items()],
        "areas": areas,
        "most": most if areas else None,
    }
