"""Objections: filed on the own slip, examined by the agency, decided by the personnel agency."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db.models import Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from core import access, audit, dates
from core.errors import Refused
from core.forms import BaseForm
from core.paging import paginate
from erk.domain import objections
from erk.domain.permissions import READERS
from erk.enums import Role
from erk.interfaces.forms import ObjectionForm, ReasonForm, show_refusal
from erk.interfaces.words import month_label
from erk.models import Rekap, Sanggah
from erk.web import acts
from erk.web.pages import month_from, own_employee, permitted

FORMS = {"telaah": ReasonForm, "terima": ReasonForm, "tolak": ReasonForm}


@permitted("erk.log")
@require_http_methods(["GET", "HEAD", "POST"])
def file(request: HttpRequest, bulan: str) -> HttpResponseBase:
    """Object to the own month, within its window."""
    employee, month = own_employee(request), month_from(bulan)
    recap = get_object_or_404(Rekap.objects.select_related("opd", "pegawai"), pegawai=employee, bulan=month)
    window = objections.window_of(recap)
    if window is None and request.method != "POST":
        raise Http404("Masa sanggah bulan ini belum dibuka atau sudah lewat.")
    form = ObjectionForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            filed = objections.object_to(request.user, recap, form.cleaned_data["alasan"], request=request)  # type: ignore[arg-type]
        except Refused as refusal:
            show_refusal(form, refusal)
        else:
            messages.success(request, f"Sanggahan terkirim. Diputuskan paling lambat {dates.short_date(filed.batas)}.")
            return redirect("erk:objection", filed.pk)
    context = {"form": form, "label": month_label(month), "window": window, "month": month}
    return render(request, "erk/object.html", context, status=422 if form.is_bound and form.errors else 200)


def _rows() -> "QuerySet[Sanggah]":
    return Sanggah.objects.select_related("rekap__pegawai", "rekap__opd")


@login_required
@require_safe
def index(request: HttpRequest) -> HttpResponseBase:
    """List the objections of the desk, those to decide soonest first; an employee's own ones without a desk."""
    user: Any = request.user
    mine = Q(rekap__pegawai__user=user)
    if user.has_role(*READERS):
        seen = Q()
    else:
        codes = user.scopes(Role.ADMIN_OPD) | user.scopes(Role.KEPALA_OPD)
        seen = mine | Q(rekap__opd__kode__in=codes)
    rows = _rows().filter(seen).order_by("putusan", "batas", "pk")
    return render(request, "erk/objections.html", {"page": paginate(request, rows), "today": dates.today()})


@login_required
@require_safe
def objection(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Show one objection and what one may do about it."""
    return _page(request, access.fetch(request.user, "erk.view_objection", _rows(), pk=pk))


@login_required
@require_POST
def act(request: HttpRequest, pk: int, aksi: str) -> HttpResponseBase:
    """Examine, accept or reject; a refusal shows the page again with what was typed."""
    row = access.fetch(request.user, "erk.view_objection", _rows(), pk=pk)
    form = acts.perform(request, objections.OBJECTIONS, row, aksi, FORMS)
    return redirect("erk:objection", pk) if form is None else _page(request, row, (aksi, form))


def _page(request: HttpRequest, row: Sanggah, refused: tuple[str, BaseForm] | None = None) -> HttpResponseBase:
    def url(action: str) -> str:
        return reverse("erk:objection_act", args=[row.pk, action])

    context = {
        "row": row,
        "label": month_label(row.rekap.bulan),
        "history": audit.history(row),
        "acts": acts.available(request, objections.OBJECTIONS, row, FORMS, url, refused),
        "pay": request.user.has_perm("erk.view_pay", row.rekap),
    }
    return render(request, "erk/objection.html", context, status=422 if refused else 200)
