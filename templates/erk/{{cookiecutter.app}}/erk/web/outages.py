"""Days on which E-RK or the attendance system did not work, kept by the region's administrator."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from core import dates
from core.errors import Refused
from core.forms import BaseForm
from erk.domain import outages
from erk.interfaces.forms import DisturbanceForm, OutageForm, show_refusal
from erk.models import GangguanAbsensi, GangguanLayanan
from erk.rules.windows import LONGEST_OUTAGE
from erk.web.pages import permitted


@permitted("erk.keep_region")
@require_http_methods(["GET", "HEAD", "POST"])
def index(request: HttpRequest) -> HttpResponseBase:
    """Show and note outages of E-RK (they move what closes that day) and of the attendance system (nobody is late)."""
    about = request.POST.get("hal", "")
    outage = OutageForm(request.POST if about == "layanan" else None, auto_id="layanan_%s")
    disturbance = DisturbanceForm(request.POST if about == "absensi" else None, auto_id="absensi_%s")
    form: BaseForm = disturbance if about == "absensi" else outage
    if request.method == "POST" and form.is_valid() and _note(request, form):
        return redirect("erk:outages")
    context = {
        "outage": outage,
        "disturbance": disturbance,
        "outages": GangguanLayanan.objects.select_related("dicatat_oleh")[:20],
        "disturbances": GangguanAbsensi.objects.order_by("-tanggal")[:20],
        "longest": LONGEST_OUTAGE,
    }
    return render(request, "erk/outages.html", context, status=422 if form.is_bound and form.errors else 200)


def _note(request: HttpRequest, form: BaseForm) -> bool:
    data = form.cleaned_data
    try:
        if isinstance(form, OutageForm):
            started, ended = (dates.at(data["tanggal"], data[name]) for name in ("mulai", "selesai"))
            outages.record(started, ended, data["keterangan"], actor=request.user, request=request)  # type: ignore[arg-type]
        else:
            outages.disturb(request.user, data["tanggal"], data["keterangan"], request=request)  # type: ignore[arg-type]
    except Refused as refusal:
        show_refusal(form, refusal)
        return False
    messages.success(request, "Gangguan dicatat.")
    return True
