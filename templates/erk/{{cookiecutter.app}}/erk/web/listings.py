"""Reports as tables with CSV and XLSX, and the two that are printed with the region's letterhead (PDF/A)."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.views.decorators.http import require_safe

from core import access, audit, documents
from core.export import table
from core.paging import paginate
from erk.domain import closing
from erk.domain.people import placement_on
from erk.domain.queries import listings as rows_of
from erk.domain.queries import paylist, workload
from erk.enums import FINISHED, Role
from erk.interfaces.listings import cover_document, listings_of, log_document, recap_document
from erk.models import BulanOpd
from erk.rules import windows
from erk.web.pages import MonthLinks, month_from, own_employee, permitted

PDF = "application/pdf"


@permitted("erk.view_listings")
@require_safe
def index(request: HttpRequest) -> HttpResponseBase:
    """Show the reports a person may open."""
    user: Any = request.user
    return render(request, "erk/listings.html", {"listings": listings_of(user)})


@permitted("erk.view_listings")
@require_safe
def listing(request: HttpRequest, nama: str) -> HttpResponseBase:
    """Show or export one report of a month; an export of pay or proofs is noted in the audit log."""
    user: Any = request.user
    chosen = next((row for row in listings_of(user) if row.name == nama), None)
    if chosen is None:
        raise Http404("Laporan itu tidak ada untuk peran Anda.")
    month = month_from(request.GET.get("bulan"), workload.latest_full_month())
    rows = chosen.rows(month)
    if fmt := request.GET.get("ekspor"):
        flat = rows.iterator(chunk_size=1000) if isinstance(rows, QuerySet) else rows
        response = table(chosen.columns, flat, f"{nama}-{month:%Y-%m}", fmt)
        data = {"laporan": nama, "bulan": f"{month:%Y-%m}", "bentuk": fmt}
        audit.record(user, "unduh_laporan", actor=user, data=data, request=request)
        return response
    page = paginate(request, rows if isinstance(rows, QuerySet) else list(rows))
    shown = [[(column.heading, column.of(row)) for column in chosen.columns] for row in page.object_list]
    context = {
        "listing": chosen,
        "headings": [column.heading for column in chosen.columns],
        "page": page,
        "shown": shown,
        "links": MonthLinks("erk:listing", month, nama=nama),
        "query": f"bulan={month:%Y-%m}",
    }
    return render(request, "erk/listing.html", context)


def _paid_month(request: HttpRequest, kode: str, bulan: str) -> BulanOpd:
    """Return an agency's month for those who may see its pay; 404 for everybody else."""
    rows = BulanOpd.objects.select_related("opd")
    month: BulanOpd = access.fetch(request.user, "erk.view_office_month", rows, opd__kode=kode, bulan=month_from(bulan))
    if not request.user.has_perm("erk.view_agency_recap", month.opd):
        raise Http404("Daftar ini memuat tunjangan perorangan.")
    return month


@login_required
@require_safe
def office_pdf(request: HttpRequest, kode: str, bulan: str) -> HttpResponse:
    """Send the recap of an agency's month as PDF/A, to those who may see its pay."""
    month = _paid_month(request, kode, bulan)
    recaps = closing.recaps_of(month).select_related("pegawai", "jabatan").order_by("-kelas", "pegawai__nama")
    content = documents.render("rekap", recap_document(month, recaps, closing.totals(month)[1]))
    audit.record_read(month, "cetak rekap", actor=request.user, role=Role.KEPALA_OPD, request=request)  # type: ignore[arg-type]
    return _pdf(content, f"rekap-{kode.lower()}-{bulan}")


@login_required
@require_safe
def cover_pdf(request: HttpRequest, kode: str, bulan: str) -> HttpResponse:
    """Send the cover of the accountability papers (SPJ) of a final month as PDF/A."""
    month = _paid_month(request, kode, bulan)
    if month.state not in FINISHED:
        raise Http404("Sampul SPJ dibuat sesudah bulan ini final.")
    basis = closing.recaps_of(month).values_list("kebijakan__dasar", flat=True).first() or ""
    content = documents.render("spj", cover_document(month, paylist.pay_lines(month.bulan, month.opd), basis))
    return _pdf(content, f"spj-{kode.lower()}-{bulan}")


@permitted("erk.log")
@require_safe
def log_pdf(request: HttpRequest) -> HttpResponse:
    """Send the own daily log of a month as PDF/A."""
    employee, month = own_employee(request), month_from(request.GET.get("bulan"))
    placement = placement_on(employee, windows.month_bounds(month)[1])
    content = documents.render("catatan", log_document(employee, placement, month, rows_of.printed(employee, month)))
    return _pdf(content, f"catatan-{month:%Y-%m}")


def _pdf(content: bytes, name: str) -> HttpResponse:
    response = HttpResponse(content, content_type=PDF)
    response["Content-Disposition"] = f'attachment; filename="{name}.pdf"'
    response["Cache-Control"] = "private, no-store"
    return response
