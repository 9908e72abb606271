"""Files taken in: tried first with every fault by row, then applied; single rows typed in by the same rules."""

import csv
import io
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from core.errors import Refused
from core.export import Column, table
from erk.domain import imports
from erk.domain.imports.attendance import Attendance, AttendanceByHand
from erk.domain.queries import staff
from erk.interfaces.forms import show_refusal
from erk.interfaces.import_forms import UploadForm, row_form
from erk.models import Impor
from erk.web.pages import permitted

SHOWN_FAULTS = 50


def _kind(request: HttpRequest, jenis: str) -> type[imports.Importer]:
    user: Any = request.user
    found = next((kind for kind in imports.kinds_of(user) if kind.kind == jenis), None)
    if found is None:
        raise Http404("Jenis data itu bukan untuk peran Anda.")
    return found


@permitted("erk.bring_data")
@require_safe
def index(request: HttpRequest) -> HttpResponseBase:
    """Show the kinds of data a person may bring, and the latest files."""
    user: Any = request.user
    recent = Impor.objects.filter(dibuat_oleh=user).exclude(sidik="")[:10]
    return render(request, "erk/imports.html", {"kinds": imports.kinds_of(user), "recent": recent})


@permitted("erk.bring_data")
@require_http_methods(["GET", "HEAD", "POST"])
def bring(request: HttpRequest, jenis: str) -> HttpResponseBase:
    """Try a file out: nothing is changed before one has seen what it would do."""
    kind, user = _kind(request, jenis), request.user
    form = UploadForm(request.POST or None, request.FILES or None, scopes=imports.scopes_of(user, kind))  # type: ignore[arg-type]
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            made = imports.try_out(user, kind, data["berkas"], scope=data["lingkup"], request=request)  # type: ignore[arg-type]
        except Refused as refusal:
            show_refusal(form, refusal)
        else:
            return redirect("erk:import_result", made.kode)
    context = {"kind": kind, "form": form, "columns": kind.columns}
    return render(request, "erk/import.html", context, status=422 if form.is_bound and form.errors else 200)


@permitted("erk.bring_data")
@require_safe
def pattern(request: HttpRequest, jenis: str) -> HttpResponse:
    """Send an empty file of a kind: its headings and one example."""
    kind, out = _kind(request, jenis), io.StringIO()
    writer = csv.writer(out)
    writer.writerow([column.name for column in kind.columns])
    writer.writerow([column.example for column in kind.columns])
    response = HttpResponse(f"\ufeff{out.getvalue()}", content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="contoh-{kind.kind.lower()}.csv"'
    return response


@permitted("erk.bring_data")
@require_http_methods(["GET", "HEAD", "POST"])
def enter(request: HttpRequest, jenis: str) -> HttpResponseBase:
    """Type in one row by the same rules as a file."""
    kind, user = _kind(request, jenis), request.user
    form = row_form(kind)(request.POST or None, initial=_known(request, kind))
    if request.method == "POST" and form.is_valid():
        by_hand = AttendanceByHand if kind is Attendance else kind
        try:
            imports.enter(user, by_hand, form.cleaned_data, request=request)  # type: ignore[arg-type]
        except Refused as refusal:
            show_refusal(form, refusal)
        else:
            messages.success(request, f"{kind.kind.label}: tersimpan.")
            return redirect("erk:enter", jenis)
    context = {"kind": kind, "form": form}
    return render(request, "erk/enter.html", context, status=422 if form.is_bound and form.errors else 200)


def _known(request: HttpRequest, kind: type[imports.Importer]) -> dict[str, str]:
    """Return what is known of the employee an address names, if the person keeps that employee."""
    user: Any = request.user
    number = request.GET.get("nip", "")
    employee = staff.visible_to(user).filter(nip=number).first() if number else None
    names = {column.name for column in kind.columns}
    columns = ("nip", "nama", "gelar_depan", "gelar_belakang", "status", "golongan")
    return {name: getattr(employee, name) for name in columns if name in names} if employee else {}


def _own(request: HttpRequest, kode: str) -> Impor:
    return get_object_or_404(Impor, kode=kode, dibuat_oleh=request.user)


@permitted("erk.bring_data")
@require_safe
def result(request: HttpRequest, kode: str) -> HttpResponseBase:
    """Show what a file would do, or did; `?ekspor=` sends the rows with faults, each with its reasons."""
    made = _own(request, kode)
    if fmt := request.GET.get("ekspor"):
        return _faulty(made, fmt)
    context = {
        "made": made,
        "faults": made.galat[:SHOWN_FAULTS],
        "more": max(0, len(made.galat) - SHOWN_FAULTS),
        "again_url": reverse("erk:import", args=[made.jenis]),
    }
    return render(request, "erk/import_result.html", context)


def _faulty(made: Impor, fmt: str) -> HttpResponseBase:
    reasons = {number: " ".join(sentences) for number, sentences in made.galat}
    rows = [(number, cells) for number, cells in made.baris if number in reasons]
    names = [column.name for column in imports.importer_of(made.jenis).columns]
    columns = [
        *(Column(name, lambda row, name=name: row[1].get(name, "")) for name in names),
        Column("baris", lambda row: row[0]),
        Column("kesalahan", lambda row: reasons[row[0]]),
    ]
    return table(columns, rows, f"kesalahan-{made.jenis.lower()}", fmt)


@permitted("erk.bring_data")
@require_POST
def apply(request: HttpRequest, kode: str) -> HttpResponse:
    """Write the rows that are right."""
    made = _own(request, kode)
    try:
        done = imports.apply(request.user, made, request=request)  # type: ignore[arg-type]
    except Refused as refusal:
        messages.error(request, refusal.sentence)
    else:
        messages.success(request, f"{done} baris diterapkan.")
    return redirect("erk:import_result", kode)
