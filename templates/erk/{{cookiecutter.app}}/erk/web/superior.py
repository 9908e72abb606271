"""The own superior, the report of a wrong one, and the desk that answers such reports."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from core import audit, dates
from core.errors import Refused
from core.forms import BaseForm
from core.paging import paginate
from erk.domain import reports
from erk.domain.people import placement_on, superior_of
from erk.enums import Role
from erk.interfaces.forms import ReasonForm, WrongSuperiorForm, show_refusal
from erk.models import Jabatan, LaporanAtasan, Penempatan
from erk.web import acts
from erk.web.pages import own_employee, permitted

FORMS = {"selesaikan": ReasonForm, "tolak": ReasonForm}


@permitted("erk.log")
@require_http_methods(["GET", "HEAD", "POST"])
def own(request: HttpRequest) -> HttpResponseBase:
    """Show who decides on the own work, and take a report that it is the wrong person."""
    employee = own_employee(request)
    form = WrongSuperiorForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            made = reports.report(request.user, form.cleaned_data["seharusnya"], request=request)  # type: ignore[arg-type]
        except Refused as refusal:
            show_refusal(form, refusal)
        else:
            messages.success(request, f"Terkirim. Dijawab paling lambat {dates.short_date(made.batas)}.")
            return redirect("erk:superior")
    placement = placement_on(employee, dates.today())
    above = superior_of(placement.jabatan, employee, dates.today()) if placement else None
    holders = (
        Penempatan.objects.on(dates.today()).filter(jabatan_id=above, pegawai__aktif=True).exclude(pegawai=employee)
    )
    context = {
        "form": form,
        "placement": placement,
        "position": Jabatan.objects.filter(pk=above).first() if above else None,
        "holders": holders.select_related("pegawai"),
        "mine": LaporanAtasan.objects.filter(pegawai=employee).order_by("-pk")[:5],
    }
    return render(request, "erk/superior.html", context, status=422 if form.is_bound and form.errors else 200)


def _desk(user: Any) -> Any:
    rows = LaporanAtasan.objects.select_related("pegawai", "opd", "jabatan_tercatat")
    return rows.filter(opd__kode__in=user.scopes(Role.ADMIN_OPD))


@permitted("erk.answer_reports")
@require_safe
def index(request: HttpRequest) -> HttpResponseBase:
    """List the reports of the own agency, those to answer first."""
    rows = _desk(request.user).order_by("jawaban", "batas", "pk")
    return render(request, "erk/reports.html", {"page": paginate(request, rows), "today": dates.today()})


@login_required
@require_safe
def report(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Show one report and what one may do about it."""
    return _page(request, get_object_or_404(_desk(request.user), pk=pk))


@login_required
@require_POST
def act(request: HttpRequest, pk: int, aksi: str) -> HttpResponseBase:
    """Answer a report; a refusal shows the page again with what was typed."""
    row = get_object_or_404(_desk(request.user), pk=pk)
    form = acts.perform(request, reports.REPORTS, row, aksi, FORMS)
    return redirect("erk:report", pk) if form is None else _page(request, row, (aksi, form))


def _page(request: HttpRequest, row: LaporanAtasan, refused: tuple[str, BaseForm] | None = None) -> HttpResponseBase:
    def url(action: str) -> str:
        return reverse("erk:report_act", args=[row.pk, action])

    context = {
        "row": row,
        "history": audit.history(row),
        "acts": acts.available(request, reports.REPORTS, row, FORMS, url, refused),
    }
    return render(request, "erk/report.html", context, status=422 if refused else 200)
