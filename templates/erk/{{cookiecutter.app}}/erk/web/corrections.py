"""Corrections of final months: proposed by a verifier, opened by the leadership, paid as a difference."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from core import audit
from core.errors import Refused
from core.forms import BaseForm
from core.paging import paginate
from erk.domain import corrections
from erk.enums import FINISHED
from erk.interfaces.forms import PaidForm, ReasonForm, show_refusal
from erk.interfaces.words import month_label
from erk.models import Koreksi, Rekap
from erk.web import acts
from erk.web.pages import month_from, permitted

FORMS = {"tolak": ReasonForm, "batalkan": ReasonForm, "bayar": PaidForm}


def _rows() -> Any:
    return Koreksi.objects.select_related("rekap__pegawai", "rekap__opd", "rekap__jabatan")


@permitted("erk.view_corrections")
@require_safe
def index(request: HttpRequest) -> HttpResponseBase:
    """List the corrections, the newest first."""
    rows = _rows().order_by("-pk")
    return render(request, "erk/corrections.html", {"page": paginate(request, rows)})


@permitted("erk.propose_correction")
@require_http_methods(["GET", "HEAD", "POST"])
def propose(request: HttpRequest, kode: str, bulan: str) -> HttpResponseBase:
    """Propose to open one employee's final month again."""
    rows = Rekap.objects.select_related("pegawai", "opd")
    recap = get_object_or_404(rows, pegawai__kode=kode, bulan=month_from(bulan))
    if recap.state not in FINISHED and request.method != "POST":
        raise Http404("Bulan ini belum final, jadi tidak memerlukan koreksi.")
    form = ReasonForm(request.POST or None, initial={"versi": recap.version})
    if request.method == "POST" and form.is_valid():
        try:
            made = corrections.propose_for(request.user, recap, form.cleaned_data["alasan"], request=request)  # type: ignore[arg-type]
        except Refused as refusal:
            show_refusal(form, refusal)
        else:
            messages.success(request, "Koreksi diusulkan; pimpinan akan memutuskannya.")
            return redirect("erk:correction", made.pk)
    context = {"form": form, "recap": recap, "label": month_label(recap.bulan)}
    return render(request, "erk/propose.html", context, status=422 if form.is_bound and form.errors else 200)


@permitted("erk.view_corrections")
@require_safe
def correction(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Show one correction and what one may do about it; sums only to those who may see pay."""
    return _page(request, get_object_or_404(_rows(), pk=pk))


@permitted("erk.view_corrections")
@require_POST
def act(request: HttpRequest, pk: int, aksi: str) -> HttpResponseBase:
    """Approve, reject, compute, cancel or pay; a refusal shows the page again with what was typed."""
    row = get_object_or_404(_rows(), pk=pk)
    form = acts.perform(request, corrections.CORRECTIONS, row, aksi, FORMS)
    return redirect("erk:correction", pk) if form is None else _page(request, row, (aksi, form))


def _page(request: HttpRequest, row: Koreksi, refused: tuple[str, BaseForm] | None = None) -> HttpResponseBase:
    def url(action: str) -> str:
        return reverse("erk:correction_act", args=[row.pk, action])

    context = {
        "row": row,
        "label": month_label(row.rekap.bulan),
        "history": audit.history(row),
        "acts": acts.available(request, corrections.CORRECTIONS, row, FORMS, url, refused),
        "pay": request.user.has_perm("erk.view_pay", row.rekap),
    }
    return render(request, "erk/correction.html", context, status=422 if refused else 200)
