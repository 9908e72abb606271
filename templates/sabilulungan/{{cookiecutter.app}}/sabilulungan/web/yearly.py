"""The yearly public report, and the regulations the app works by."""

from django.db.models import Count
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.views.decorators.http import require_safe

from core import dates
from core.export import CSV, XLSX, Column, table
from sabilulungan.domain import rulebook
from sabilulungan.domain.queries import yearly
from sabilulungan.models import EnactedBudget, ProfileVersion
from sabilulungan.rules.catalogue import RULES

COLUMNS = [
    Column("tahun_anggaran", "year"),
    Column("jenis", "what"),
    Column("anggaran", "budget"),
    Column("dibayar_rupiah", lambda line: line.sums.realised),
    Column("dibayar_penerima", lambda line: line.sums.paid),
    Column("dilaporkan_penerima", lambda line: line.sums.reported),
    Column("dilaporkan_rupiah", lambda line: line.sums.accounted),
]


@require_safe
def reports(request: HttpRequest) -> HttpResponse:
    """Show each budget year: set aside, paid, and accounted for."""
    return render(request, "sabilulungan/yearly.html", {"years": yearly.reports(), "formats": (CSV, XLSX)})


@require_safe
def download(request: HttpRequest, fmt: str) -> HttpResponseBase:
    """Send the yearly report as CSV or XLSX."""
    if fmt not in (CSV, XLSX):
        raise Http404
    return table(COLUMNS, (line for lines in yearly.reports() for line in lines), "laporan-tahunan", fmt)


@require_safe
def regulations(request: HttpRequest) -> HttpResponse:
    """Show the legal basis, the rules with their source, the region's own settings, and every version of them."""
    profile = rulebook.current()
    context = {
        "profile": profile,
        "rules": RULES,
        "budgets": EnactedBudget.objects.order_by("-budget_year"),
        "versions": ProfileVersion.objects.annotate(cases=Count("proposals")).order_by("-pk"),
        "in_force": rulebook.current_digest(),
        "report_day": profile.after.report_day(dates.today().year),
    }
    return render(request, "sabilulungan/regulations.html", context)
