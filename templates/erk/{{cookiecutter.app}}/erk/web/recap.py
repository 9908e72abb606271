"""The recap of a month by office, for those who may see pay; computing it is the verifier's."""

from django.contrib import messages
from django.db.models import QuerySet, Sum
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from core import dates
from core.export import table
from core.paging import paginate
from erk.domain import closing, months
from erk.domain.policy import for_month
from erk.domain.queries import workload
from erk.enums import MonthState, Role
from erk.interfaces.exports import RECAP
from erk.interfaces.filters import RecapFilters
from erk.interfaces.words import month_label
from erk.looks import MONTH_LOOKS
from erk.models import Rekap
from erk.web.pages import MonthLinks, export_urls, month_from, permitted


def visible_recaps(request: HttpRequest) -> QuerySet[Rekap]:
    """Return the recaps a person may read: every agency's, or the own one's."""
    user = request.user
    rows = Rekap.objects.select_related("pegawai", "opd", "jabatan", "kebijakan")
    if user.has_role(Role.VERIFIKATOR_BKPSDM, Role.KEUANGAN):  # type: ignore[union-attr]
        return rows
    return rows.filter(opd__kode__in=user.scopes(Role.KEPALA_OPD))  # type: ignore[union-attr]


@permitted("erk.view_recaps")
@require_safe
def recap(request: HttpRequest) -> HttpResponseBase:
    """Show or export a month's recap; the export holds exactly what the filter shows."""
    month = month_from(request.GET.get("bulan"), workload.latest_full_month())
    found = RecapFilters(request, visible_recaps(request).filter(bulan=month))
    if fmt := request.GET.get("ekspor"):
        return table(RECAP, found.rows.iterator(chunk_size=500), f"rekap-{month:%Y-%m}", fmt)
    sums = found.rows.order_by().aggregate(tpp=Sum("tpp"), pagu=Sum("pagu"), minutes=Sum("menit_setuju"))
    rules = for_month(month)
    furthest = found.rows.order_by("-state_since").values_list("state", flat=True).first()
    stage = MonthState(furthest) if furthest else months.stage(month, dates.today(), rules)
    context = {
        "found": found,
        "page": paginate(request, found.rows),
        "sums": sums,
        "links": MonthLinks("erk:recap", month),
        "look": MONTH_LOOKS[stage],
        "rules": rules,
        "month": month,
        "can_compute": request.user.has_perm("erk.compute_recap"),
        **export_urls(found),
    }
    return render(request, "erk/recap.html", context)


@permitted("erk.compute_recap")
@require_POST
def compute(request: HttpRequest) -> HttpResponse:
    """Compute a month anew; the same facts give the same rows."""
    month = month_from(request.POST.get("bulan"))
    result = closing.compute(month, actor=request.user, request=request)  # type: ignore[arg-type]
    messages.success(
        request, f"{month_label(month)}: {result.computed} rekap dihitung, {result.unchanged} tidak berubah."
    )
    if result.signed:
        messages.info(request, f"{result.signed} perangkat daerah sudah menandatangani daftarnya; tidak dihitung.")
    for line in result.left_out:
        messages.warning(request, f"Tidak dihitung: {line}")
    return redirect(f"{reverse('erk:recap')}?bulan={month:%Y-%m}")
