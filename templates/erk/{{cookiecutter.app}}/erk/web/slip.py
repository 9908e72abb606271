"""The allowance slip: every term, where it comes from, and the rule it was made by."""

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import render
from django.views.decorators.http import require_safe

from core import access
from erk.domain import months
from erk.domain.people import placement_on
from erk.domain.queries.progress import progress
from erk.interfaces.slip_lines import day_lines, lines
from erk.looks import MONTH_LOOKS
from erk.models import Pegawai, Rekap
from erk.rules import windows
from erk.web.pages import MonthLinks, month_from, own_employee, permitted


@permitted("erk.log")
@require_safe
def slip(request: HttpRequest) -> HttpResponseBase:
    """Show the own slip of a month: a preview while it runs, the stored recap afterwards."""
    employee, month = own_employee(request), month_from(request.GET.get("bulan"))
    statement = months.statement(employee, month)
    return _page(request, employee, statement, MonthLinks("erk:slip", month))


@login_required
@require_safe
def of_employee(request: HttpRequest, kode: str, bulan: str) -> HttpResponseBase:
    """Show the stored slip of somebody else, to those who may see pay."""
    month = month_from(bulan)
    rows = Rekap.objects.select_related("pegawai", "opd", "kebijakan", "jabatan")
    recap = access.fetch(request.user, "erk.view_pay", rows, pegawai__kode=kode, bulan=month)
    return _page(request, recap.pegawai, months.of_recap(recap), None)


def _page(
    request: HttpRequest, employee: Pegawai, statement: months.Statement | None, links: MonthLinks | None
) -> HttpResponseBase:
    if statement is None and links is None:
        raise Http404("Tidak ada rekap untuk bulan itu.")
    month = links.month if links else statement.month  # type: ignore[union-attr]
    context = {
        "employee": employee,
        "placement": placement_on(employee, windows.month_bounds(month)[1]),
        "statement": statement,
        "lines": lines(statement) if statement else [],
        "days": day_lines(statement) if statement else [],
        "look": MONTH_LOOKS[statement.state] if statement else None,
        "links": links,
        "month": month,
        "own": links is not None,
        "progress": progress([employee.pk], month).get(employee.pk) if links else None,
    }
    return render(request, "erk/slip.html", context)
