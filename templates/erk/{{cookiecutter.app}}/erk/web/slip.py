"""The allowance slip: every term, where it comes from, and the rule it was made by."""

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import render
from django.views.decorators.http import require_safe

from core import access
from erk.domain import objections, statements
from erk.enums import COMPUTED_CORRECTIONS, FINISHED, MonthState
from erk.interfaces.slip_lines import day_lines, lines
from erk.looks import MONTH_LOOKS
from erk.models import BayarManual, BulanOpd, Koreksi, Pegawai, Rekap
from erk.web.pages import MonthLinks, month_from, own_employee, permitted


@permitted("erk.log")
@require_safe
def slip(request: HttpRequest) -> HttpResponseBase:
    """Show the own slip of a month: a preview while it runs, the stored recap afterwards."""
    employee, month = own_employee(request), month_from(request.GET.get("bulan"))
    statement = statements.statement(employee, month)
    return _page(request, employee, statement, MonthLinks("erk:slip", month))


@login_required
@require_safe
def of_employee(request: HttpRequest, kode: str, bulan: str) -> HttpResponseBase:
    """Show the stored slip of somebody else, to those who may see pay."""
    month = month_from(bulan)
    rows = Rekap.objects.select_related("pegawai", "opd", "kebijakan", "jabatan__opd")
    recap = access.fetch(request.user, "erk.view_pay", rows, pegawai__kode=kode, bulan=month)
    return _page(request, recap.pegawai, statements.of_recap(recap), None)


def _page(
    request: HttpRequest, employee: Pegawai, statement: statements.Statement | None, links: MonthLinks | None
) -> HttpResponseBase:
    if statement is None and links is None:
        raise Http404("Tidak ada rekap untuk bulan itu.")
    month = links.month if links else statement.month  # type: ignore[union-attr]
    context = {
        "employee": employee,
        "statement": statement,
        "lines": lines(statement) if statement else [],
        "days": day_lines(statement) if statement else [],
        "look": MONTH_LOOKS[statement.state] if statement else None,
        "links": links,
        "month": month,
        "own": links is not None,
        "window": _window(statement) if links else None,
        "corrections": _corrections(statement),
        "by_hand": _by_hand(statement),
        "correctable": _finished(statement) and request.user.has_perm("erk.propose_correction"),
    }
    return render(request, "erk/slip.html", context)


def _window(statement: statements.Statement | None) -> BulanOpd | None:
    """Return the agency's month while the employee may object to this slip."""
    recap = statement.recap if statement else None
    return objections.window_of(recap) if recap and recap.state == MonthState.PRATINJAU else None


def _finished(statement: statements.Statement | None) -> bool:
    return statement is not None and statement.recap is not None and statement.state in FINISHED


def _corrections(statement: statements.Statement | None) -> list[Koreksi]:
    if statement is None or not _finished(statement):
        return []
    return list(Koreksi.objects.filter(rekap=statement.recap, state__in=COMPUTED_CORRECTIONS))


def _by_hand(statement: statements.Statement | None) -> BayarManual | None:
    """Return what was paid by hand for a computed month."""
    recap = statement.recap if statement else None
    return BayarManual.objects.filter(pegawai=recap.pegawai_id, bulan=recap.bulan).first() if recap else None
