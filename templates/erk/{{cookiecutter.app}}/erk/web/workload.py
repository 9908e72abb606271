"""Workload for leaders: a strip of offices from idle to overloaded, and one office by person."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from core import access
from erk.domain.policy import for_month
from erk.domain.queries import workload
from erk.enums import Role
from erk.interfaces.words import Row
from erk.models import Opd
from erk.rules.workload import BAND_WORDS, Band, moves
from erk.web.pages import MonthLinks, month_from, permitted


@permitted("erk.view_workload")
@require_safe
def offices(request: HttpRequest) -> HttpResponseBase:
    """Show every office a person may see, the most loaded first, with number and band in words."""
    month = month_from(request.GET.get("bulan"), workload.latest_full_month())
    loads, summed_at = workload.summed(month)
    if not request.user.has_perm("erk.view_all_workload"):
        own = request.user.scopes(Role.KEPALA_OPD)  # type: ignore[union-attr]
        loads = [row for row in loads if row.agency.kode in own or "" in own]
    context = {
        "loads": loads,
        "rows": [_row(row, f"{month:%Y-%m}") for row in loads],
        "signs": sorted((row for row in loads if row.overload), key=lambda row: -len(row.overload)),
        "links": MonthLinks("erk:workload", month),
        "summed_at": summed_at,
        "finding": _finding(loads),
        "city": workload.city(loads) if len(loads) > 1 else None,
        "moves": moves(family for row in loads for family in row.families) if len(loads) > 1 else [],
        "bands": for_month(month).bands,
        "target": for_month(month).minutes_per_month,
    }
    return render(request, "erk/workload.html", context)


def _row(row: workload.AgencyLoad, month: str) -> Row:
    url = f"{reverse('erk:workload_office', args=[row.agency.kode])}?bulan={month}"
    return Row(row.agency.singkatan, row.load.ratio, row.load.band, url)


def _finding(loads: list[workload.AgencyLoad]) -> str:
    """Return what the strip says, as a sentence."""
    over = [row.agency.singkatan for row in loads if row.load.band == Band.OVERLOADED]
    idle = [row.agency.singkatan for row in reversed(loads) if row.load.band in (Band.IDLE, Band.UNDER_USED)]
    if over and idle:
        return f"{over[0]} kelebihan beban, sementara {idle[0]} paling longgar"
    if over:
        return f"{', '.join(over[:3])} kelebihan beban"
    return f"{idle[0]} paling longgar" if idle else "Beban kerja merata"


@login_required
@require_safe
def office(request: HttpRequest, kode: str) -> HttpResponseBase:
    """Show one office by person, to its head and to those who see all."""
    agency = access.fetch(request.user, "erk.view_workload", Opd, kode=kode)
    month = month_from(request.GET.get("bulan"), workload.latest_full_month())
    rows, summed_at = workload.summed(month, agency)
    context = {
        "agency": agency,
        "row": rows[0] if rows else None,
        "people": [Row(p.name, p.ratio, p.band) for p in (rows[0].people if rows else [])],
        "bands": for_month(month).bands,
        "word": BAND_WORDS[rows[0].load.band] if rows else "",
        "links": MonthLinks("erk:workload_office", month, kode=kode),
        "summed_at": summed_at,
    }
    return render(request, "erk/workload_office.html", context)
