"""Nominative lists and approval sheets of the head of region, and the annexes of the APBD."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from core import officials
from core.errors import Refused
from core.export import Column, table
from core.files import PDF
from core.paging import paginate
from sabilulungan.domain import annexes, dnc
from sabilulungan.domain.queries import public
from sabilulungan.enums import Role, State
from sabilulungan.interfaces.forms.dnc import ApproveListForm
from sabilulungan.interfaces.forms.signing import ScanForm
from sabilulungan.models import EnactedBudget, NominativeList
from sabilulungan.web.parts import add_faults

ANNEX = [
    Column("kode_rekening", lambda row: row.account_code),
    Column("nama", lambda row: row.name),
    Column("alamat", lambda row: row.address),
    Column("kegiatan", lambda row: row.proposal.title),
    Column("usulan", lambda row: row.proposal.number),
    Column("jumlah", lambda row: row.amount),
]


def _reader(request: HttpRequest) -> None:
    if not request.user.has_perm("sabilulungan.read_lists"):
        raise Http404


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def index(request: HttpRequest) -> HttpResponse:
    """Show what waits to be listed and the lists made; the budget team makes one."""
    _reader(request)
    maker = request.user.has_role(Role.TAPD)
    if request.method == "POST":
        if not maker:
            raise PermissionDenied("Daftar nominatif dibuat oleh tim anggaran.")
        made = dnc.make(request.POST.get("kelompok", ""), request.user)
        messages.success(request, f"Daftar {made.number} sudah dibuat.")
        return redirect("dnc_list", pk=made.pk)
    context = {"groups": dnc.unlisted() if maker else [], "page": paginate(request, NominativeList.objects.all())}
    return render(request, "sabilulungan/dnc.html", context)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def one(request: HttpRequest, pk: int) -> HttpResponse:
    """Show a list with every line visible; the head approves all of it or single lines."""
    _reader(request)
    found = get_object_or_404(NominativeList, pk=pk)
    rows = dnc.lines_of(found)
    decides = request.user.has_role(Role.KDH) and any(row.proposal.state == State.PERSETUJUAN for row in rows)
    ink = "pindaian" in request.POST
    scan = _scan_form(request, found, posted=ink)
    if ink and scan is not None and _took(request, found, scan):
        return redirect("dnc_list", pk=pk)
    form = ApproveListForm(request.POST if request.POST and not ink else None, rows=rows)
    if request.method == "POST" and not ink:
        if not request.user.has_role(Role.KDH):
            raise PermissionDenied("Daftar nominatif diputuskan oleh kepala daerah.")
        if form.is_valid():
            data = form.cleaned_data
            try:
                count = dnc.approve(
                    found,
                    [int(value) for value in data["lines"]],
                    request.user,
                    number=data["approval_number"],
                    signed_on=data["approved_on"],
                    request=request,
                )
            except Refused as error:
                add_faults(form, error)
            else:
                messages.success(request, f"{count} baris disetujui.")
                return redirect("dnc_list", pk=pk)
    context = {
        "found": found,
        "rows": [(row, public.row(row.proposal)) for row in rows],
        "form": form,
        "scan": scan,
        "decides": decides,
        "sheets": list(dnc.sheets(rows)),
        "total": sum(row.proposal.amount_tapd or 0 for row in rows),
    }
    failed = form.errors or (scan is not None and scan.errors)
    return render(request, "sabilulungan/dnc_list.html", context, status=422 if failed else 200)


def _took(request: HttpRequest, found: NominativeList, scan: ScanForm) -> bool:
    """File the scan that was sent; return whether it was, else the form says why not."""
    if not scan.is_valid():
        return False
    try:
        dnc.file_scan(found, scan.cleaned_data["scan"], scan.cleaned_data["name"], request.user, request=request)
    except Refused as error:
        add_faults(scan, error)
        return False
    messages.success(request, "Daftar bertanda tangan sudah tersimpan.")
    return True


def _scan_form(request: HttpRequest, found: NominativeList, *, posted: bool) -> ScanForm | None:
    """Return the form for the scan of the signed list, for the budget team; anybody else may not send one."""
    if not request.user.has_role(Role.TAPD):
        if posted:
            raise PermissionDenied("Pindaian daftar nominatif diunggah oleh tim anggaran.")
        return None
    first = {"name": found.signer_name or officials.secretary(on=found.made_on)["name"]}
    return ScanForm(request.POST if posted else None, request.FILES if posted else None, initial=first)


@login_required
@require_safe
def pdf(request: HttpRequest, pk: int) -> HttpResponse:
    """Send a list as PDF/A."""
    _reader(request)
    found = get_object_or_404(NominativeList, pk=pk)
    return _send(dnc.pdf(found), f"dnc-{found.pk}")


@login_required
@require_safe
def sheet_pdf(request: HttpRequest, pk: int) -> HttpResponse:
    """Send the approval sheet of this number (`nomor`) as PDF/A."""
    _reader(request)
    found = get_object_or_404(NominativeList, pk=pk)
    number = request.GET.get("nomor", "")
    lines = dnc.sheets(dnc.lines_of(found)).get(number)
    if lines is None:
        raise Http404
    return _send(dnc.sheet_pdf(found, number, lines), f"lembar-persetujuan-{found.pk}")


@login_required
@require_safe
def annex(request: HttpRequest, year: int, number: str, fmt: str) -> HttpResponseBase:
    """Send annex III or IV of a year's budget as PDF/A, CSV or XLSX."""
    _reader(request)
    kind = annexes.KIND_OF.get(number)
    if kind is None or fmt not in ("pdf", "csv", "xlsx"):
        raise Http404
    budget = get_object_or_404(EnactedBudget, budget_year=year)
    name = f"lampiran-{number}-{year}"
    if fmt == "pdf":
        return _send(annexes.pdf(budget, kind), name)
    response = table(ANNEX, annexes.lines(budget, kind).iterator(chunk_size=500), name, fmt)
    response["Cache-Control"] = "private, no-store"
    return response


def _send(content: bytes, name: str) -> HttpResponse:
    response = HttpResponse(content, content_type=PDF)
    response["Content-Disposition"] = f'attachment; filename="{name}.pdf"'
    response["Cache-Control"] = "private, no-store"
    return response
