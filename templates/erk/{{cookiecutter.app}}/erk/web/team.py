"""The superior's team: gauges of minutes, one member's month, and who decides during a leave. Never pay."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from core import access, dates
from core.errors import Refused
from core.paging import paginate
from erk.domain.placements import appoint_acting
from erk.domain.queries import approval
from erk.domain.queries.progress import progress
from erk.enums import ActivityState, JenisPenempatan
from erk.interfaces.forms import ActingForm, show_refusal
from erk.models import Aktivitas, Jabatan, Pegawai, Penempatan
from erk.rules import windows
from erk.web.pages import MonthLinks, month_from, permitted


@permitted("erk.lead")
@require_safe
def team(request: HttpRequest) -> HttpResponseBase:
    """Show each member's month on a gauge, with the forecast and a warning near the threshold."""
    members = approval.team(request.user)  # type: ignore[arg-type]
    context = {"members": members, "warned": [row for row in members if row.progress.warn]}
    return render(request, "erk/team.html", context)


@login_required
@require_safe
def member(request: HttpRequest, kode: str) -> HttpResponseBase:
    """Show one member's month: minutes and activities, without money."""
    employee = access.fetch(request.user, "erk.view_minutes", Pegawai, kode=kode)
    month = month_from(request.GET.get("bulan"))
    rows = Aktivitas.objects.filter(pegawai=employee, tanggal__range=windows.month_bounds(month))
    handed_in = (
        rows.exclude(state=ActivityState.DRAF).select_related("katalog", "pegawai").order_by("-tanggal", "-mulai")
    )
    context = {
        "employee": employee,
        "progress": progress([employee.pk], month).get(employee.pk),
        "page": paginate(request, handed_in),
        "links": MonthLinks("erk:member", month, kode=kode),
    }
    return render(request, "erk/member.html", context)


@permitted("erk.lead")
@require_http_methods(["GET", "HEAD", "POST"])
def acting(request: HttpRequest) -> HttpResponseBase:
    """Show acting officials of the own positions, and appoint one."""
    own = Penempatan.objects.definitif().on(dates.today()).filter(pegawai__user=request.user)
    positions = list(Jabatan.objects.filter(pk__in=own.values("jabatan")).select_related("opd"))
    form = ActingForm(request.POST or None, positions=positions, people=_candidates(request, positions))
    if request.method == "POST" and form.is_valid():
        response = _appoint(request, form)
        if response:
            return response
    current = Penempatan.objects.filter(jabatan__in=positions, akhir__gte=dates.today())
    context = {
        "form": form,
        "current": current.exclude(jenis=JenisPenempatan.DEFINITIF).select_related("pegawai", "jabatan"),
        "positions": positions,
    }
    return render(request, "erk/acting.html", context, status=422 if form.is_bound and form.errors else 200)


def _candidates(request: HttpRequest, positions: list[Jabatan]) -> list[Pegawai]:
    """Return who may act: the own team, and people of the same agency in leading positions."""
    offices = {position.opd_id for position in positions}
    placed = Penempatan.objects.definitif().on(dates.today()).filter(jabatan__opd_id__in=offices, pegawai__aktif=True)
    people = Pegawai.objects.filter(pk__in=placed.values("pegawai")).exclude(user=request.user)
    return list(people.order_by("nama"))


def _appoint(request: HttpRequest, form: ActingForm) -> HttpResponse | None:
    position, deputy, first, last, basis = form.values()
    try:
        appoint_acting(request.user, position, deputy, first, last, basis, request=request)  # type: ignore[arg-type]
    except Refused as refusal:
        show_refusal(form, refusal)
        return None
    messages.success(request, f"{deputy.nama} menjadi Plh. sampai {dates.short_date(last)} dan sudah diberi tahu.")
    return redirect("erk:acting")
