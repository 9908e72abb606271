"""Activities of every agency, for verifier and inspectorate: to read, and to note findings on."""

from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import render
from django.views.decorators.http import require_safe

from core.export import table
from core.filters import ChoiceFilter
from core.paging import paginate
from erk.enums import ActivityState
from erk.interfaces.exports import AUDIT
from erk.interfaces.filters import LogFilters, agency_choices
from erk.models import Aktivitas
from erk.web.pages import export_urls, permitted


class AuditFilters(LogFilters):
    """All activities that were handed in."""

    opd = ChoiceFilter("Perangkat daerah", "jabatan__opd__kode", choices=agency_choices)
    temuan = ChoiceFilter(
        "Temuan", lambda rows, value: rows.exclude(temuan="") if value == "ada" else rows.filter(temuan=""),
        choices=[("ada", "Ada temuan"), ("tidak", "Tanpa temuan")],
    )  # fmt: skip


@permitted("erk.view_findings")
@require_safe
def audit_list(request: HttpRequest) -> HttpResponseBase:
    """Show or export activities of all agencies, without drafts."""
    rows = Aktivitas.objects.exclude(state=ActivityState.DRAF).select_related("katalog", "pegawai", "jabatan__opd")
    found = AuditFilters(request, rows)
    if fmt := request.GET.get("ekspor"):
        return table(AUDIT, found.rows.iterator(chunk_size=500), "pemeriksaan", fmt)
    context = {"found": found, "page": paginate(request, found.rows), **export_urls(found)}
    return render(request, "erk/audits.html", context)
