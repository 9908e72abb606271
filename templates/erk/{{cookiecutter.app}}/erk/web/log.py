"""The own log: filtered, paged, exported."""

from django.db.models import Sum
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import render
from django.views.decorators.http import require_safe

from core.export import table
from core.paging import paginate
from erk.interfaces.exports import LOG
from erk.interfaces.filters import LogFilters
from erk.models import Aktivitas
from erk.web.pages import export_urls, own_employee, permitted


@permitted("erk.log")
@require_safe
def log(request: HttpRequest) -> HttpResponseBase:
    """Show or export the own activities; the export holds exactly what the filter shows."""
    employee = own_employee(request)
    found = LogFilters(request, Aktivitas.objects.filter(pegawai=employee).select_related("katalog", "pegawai"))
    if fmt := request.GET.get("ekspor"):
        return table(LOG, found.rows.iterator(chunk_size=500), "catatan-kerja", fmt)
    sums = found.rows.order_by().aggregate(counted=Sum("menit_hitung"), approved=Sum("menit_setuju"))
    context = {"found": found, "page": paginate(request, found.rows), "sums": sums, **export_urls(found)}
    return render(request, "erk/log.html", context)
