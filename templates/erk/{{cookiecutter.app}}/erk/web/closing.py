"""The board of months by agency, and the month of one agency: sign, verify, make final, pay."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from core import access, audit
from core.forms import BaseForm
from erk.domain.closing import OFFICE_MONTHS
from erk.domain.queries import closing as board_of
from erk.domain.queries import workload
from erk.interfaces.forms import PaymentForm, ReasonForm
from erk.interfaces.words import month_label
from erk.models import BulanOpd
from erk.web import acts
from erk.web.pages import MonthLinks, month_from, permitted

FORMS = {"kembalikan": ReasonForm, "bayar": PaymentForm}


@permitted("erk.view_board")
@require_safe
def board(request: HttpRequest) -> HttpResponseBase:
    """Show how far each agency's month has come and what holds it up."""
    user: Any = request.user
    month = month_from(request.GET.get("bulan"), workload.latest_full_month())
    rows = board_of.rows(month, board_of.visible_agencies(user))
    context = {"rows": rows, "links": MonthLinks("erk:board", month), "counts": board_of.counts(rows)}
    return render(request, "erk/board.html", context)


def _month(request: HttpRequest, kode: str, bulan: str) -> BulanOpd:
    rows = BulanOpd.objects.select_related("opd")
    return access.fetch(request.user, "erk.view_office_month", rows, opd__kode=kode, bulan=month_from(bulan))


@login_required
@require_safe
def office_month(request: HttpRequest, kode: str, bulan: str) -> HttpResponseBase:
    """Show one agency's month: its path, what holds it up, its history, and what one may do now."""
    return _page(request, _month(request, kode, bulan))


@login_required
@require_POST
def act(request: HttpRequest, kode: str, bulan: str, aksi: str) -> HttpResponseBase:
    """Do one step; a refusal shows the page again with its sentence and what was typed."""
    month = _month(request, kode, bulan)
    form = acts.perform(request, OFFICE_MONTHS, month, aksi, FORMS)
    if form is None:
        return redirect("erk:office_month", kode, bulan)
    month.refresh_from_db()
    return _page(request, month, (aksi, form))


def _page(request: HttpRequest, month: BulanOpd, refused: tuple[str, BaseForm] | None = None) -> HttpResponseBase:
    user: Any = request.user
    label, kode = f"{month.bulan:%Y-%m}", month.opd.kode

    def url(action: str) -> str:
        return reverse("erk:closing_act", args=[kode, label, action])

    context = {
        "month": month,
        "label": month_label(month.bulan),
        "path": board_of.path(month),
        "held_up": board_of.held_up(month),
        "totals": board_of.totals_for(month, user),
        "history": audit.history(month),
        "acts": acts.available(request, OFFICE_MONTHS, month, FORMS, url, refused),
        "board_url": f"{reverse('erk:board')}?bulan={label}",
        "recap_url": f"{reverse('erk:recap')}?bulan={label}&opd={kode}" if user.has_perm("erk.view_recaps") else "",
    }
    return render(request, "erk/office_month.html", context, status=422 if refused else 200)
