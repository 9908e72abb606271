"""Lane RUJUK: a number from OSS or SIMBG is written down, compared by an officer, and stands in a public register."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as t
from django.views.decorators.http import require_http_methods, require_safe

from core import audit
from core.access import fetch
from core.errors import Refused
from core.paging import paginate
from core.region import region
from hayu.domain import referrals as domain
from hayu.domain.queries import referrals as queries
from hayu.domain.referrals import Given, machine
from hayu.enums import Outside, ReferralAction, ReferralState, State
from hayu.interfaces import exports
from hayu.interfaces.filters import ReferralFilters
from hayu.interfaces.forms.office import EmptyForm, NoteForm
from hayu.interfaces.forms.referrals import ReferralForm
from hayu.models import Referral, Report
from hayu.rules import kbli
from hayu.web import acts
from hayu.web.acts import Page
from hayu.web.forms import refuse
from hayu.web.office import require

PAGES = {
    ReferralAction.COCOKKAN: Page(
        EmptyForm, t("Nyatakan cocok"), t("Buka sistem asalnya, cari nomor ini, dan cocokkan nama serta tempatnya."),
        t("Nomornya cocok"),
    ),
    ReferralAction.CORET: Page(
        NoteForm, t("Coret dari daftar"), t("Nomor ini hilang dari daftar umum. Pemiliknya membaca alasannya."),
        t("Coret"), danger=True,
    ),
}  # fmt: skip


@require_safe
def referral_list(request: HttpRequest) -> HttpResponseBase:
    """List every number from OSS and SIMBG; the export is exactly the filter."""
    found = ReferralFilters(request, queries.public())
    if "ekspor" in request.GET:
        answer = exports.export_referrals(found.rows, request.GET["ekspor"])
        exports.note(exports.REFERRALS, request.GET["ekspor"], str(request.user.pk or "public"), found.values)
        return answer
    context = {"found": found, "page": paginate(request, found.rows), "licences": region().licences}
    return render(request, "hayu/referrals/list.html", context)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def record(request: HttpRequest) -> HttpResponse:
    """Write a number down: after the wizard (`sistem`, `kbli`), or for a report that has grown (`laporan`)."""
    if not domain.is_open():
        raise Http404
    desk = request.user.has_perm("hayu.desk")
    report, activity = _report(request), kbli.from_key(request.GET.get("kbli", ""))
    activity = report.activity if report else activity
    form = ReferralForm(request.POST or None, desk=desk, initial=_initial(request, report))
    status = 200
    if request.method == "POST" and form.is_valid():
        given = Given(activity=activity, report=report, **form.data_for_domain())
        try:
            recorded = domain.record(given, request.user, desk=desk, request=request)
        except Refused as refusal:
            form, status = refuse(form, refusal), 409
        else:
            messages.success(request, _("Nomor tercatat dan tampil di daftar."))
            return redirect("hayu:referral", recorded.public_id)
    context = {"form": form, "activity": activity, "report": report, "licences": region().licences}
    return render(request, "hayu/referrals/form.html", context, status=status)


def _report(request: HttpRequest) -> Report | None:
    """Return the report that was referred to OSS and whose owner asks, None when none is named."""
    wanted = request.GET.get("laporan", "")
    if not wanted:
        return None
    return fetch(request.user, "hayu.own_report", Report.objects.filter(state=State.DIRUJUK_OSS), public_id=wanted)


def _initial(request: HttpRequest, report: Report | None) -> dict[str, Any]:
    if report:
        return {"system": Outside.OSS, "number": report.nib, "name": report.business_name,
                "village_code": report.village_code}  # fmt: skip
    wanted = request.GET.get("sistem", "")
    return {"system": wanted} if wanted in Outside.values else {}


def _visible(request: HttpRequest, public_id: str) -> Referral:
    rows = Referral.objects.select_related("applicant", "report")
    return fetch(request.user, "hayu.view_referral", rows, public_id=public_id)


@login_required
@require_safe
def referral(request: HttpRequest, public_id: str) -> HttpResponse:
    """Show one number: what it is worth now, what one can do, its history."""
    found = _visible(request, public_id)
    report = found.report if found.report and request.user.has_perm("hayu.view_report", found.report) else None
    context = {
        "referral": found,
        "acts": acts.offered(machine, found, request.user, PAGES),
        "owns": domain.involved(request.user, found),
        "lists": request.user.has_perm("hayu.list_referrals"),
        "report": report,
        "history": audit.history(found),
        "address": region().licences.oss_url if found.system == Outside.OSS else region().licences.simbg_url,
    }
    return render(request, "hayu/referrals/referral.html", context)


@login_required
@require_safe
def inbox(request: HttpRequest) -> HttpResponse:
    """List the numbers for officers, those to compare first; `semua` has the rest too."""
    require(request, "hayu.list_referrals")
    rows, everything = domain.open_to(request.user), "semua" in request.GET
    if not everything:
        rows = rows.filter(state=ReferralState.TERCATAT)
    return render(request, "hayu/referrals/inbox.html", {"page": paginate(request, rows), "everything": everything})


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def act(request: HttpRequest, public_id: str, action: str) -> HttpResponse:
    """Compare a number, or strike it."""
    if action not in PAGES:
        raise Http404
    found, page = _visible(request, public_id), PAGES[ReferralAction(action)]

    def ask(form: Any, status: int) -> HttpResponse:
        context = {"referral": found, "form": form, "act": page}
        return render(request, "hayu/referrals/act.html", context, status=status)

    return acts.run(request, machine, found, action, page, ask=ask, done=redirect("hayu:referral", public_id))
