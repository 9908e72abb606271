"""A report in three short steps; what was typed is saved at each."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from core.access import fetch
from core.errors import AlreadyDone, NotAllowed, Refused
from core.region import region
from hayu.domain import catalogue, drafts, facts
from hayu.domain.machine import machine
from hayu.enums import Action, Channel, Lane, State
from hayu.interfaces.forms.report import BusinessForm, DeskOwnerForm, FactsForm, OwnerForm, SendForm
from hayu.interfaces.wizard import Sheet
from hayu.models import Report
from hayu.rules.lane import Decision
from hayu.web.forms import autosaved, refuse, version_of


@login_required
@require_POST
def begin(request: HttpRequest) -> HttpResponse:
    """Begin a draft from the wizard's answers; at the desk on behalf of a walk-in."""
    desk = request.POST.get("loket") == "ya"
    if desk and not request.user.has_perm("hayu.desk"):
        raise PermissionDenied(_("Hanya petugas loket yang melapor atas nama orang lain."))
    sheet = Sheet(request.POST, catalogue.current_policy())
    if not isinstance(sheet.step, Decision) or sheet.step.lane != Lane.LAPOR or sheet.answers.activity is None:
        return redirect(f"{reverse('hayu:wizard')}?{sheet.address}")
    answers = sheet.answers
    report = drafts.begin(
        request.user,
        answers.activity,
        scope=answers.scope,
        capital=answers.capital,
        sales=answers.yearly_sales,
        desk=desk,
        request=request,
    )
    return redirect("hayu:draft_business", report.public_id)


def _draft(request: HttpRequest, public_id: str) -> Report:
    rows = Report.objects.select_related("applicant", "filed_by")
    return fetch(request.user, "hayu.edit_draft", rows, view="hayu.view_report", public_id=public_id)


def _initial(report: Report, form: type[FactsForm]) -> dict[str, Any]:
    return {name: getattr(report, name) for name in form.base_fields if hasattr(report, name)}


def _step(request: HttpRequest, public_id: str, kind: type[FactsForm], template: str, following: str) -> HttpResponse:
    report = _draft(request, public_id)
    form = kind(request.POST or None, initial=_initial(report, kind))

    def save(data: dict[str, Any]) -> Report:
        return drafts.save(report, data, request.user, version=version_of(request))

    answer = autosaved(request, form, save)
    if answer:
        return answer
    if request.method == "POST" and form.is_valid():
        try:
            save(form.data_for_domain())
        except Refused as refusal:
            return _page(request, template, report, refuse(form, refusal), status=409)
        return redirect(following, report.public_id)
    return _page(request, template, report, form)


def _page(request: HttpRequest, template: str, report: Report, form: Any, status: int = 200) -> HttpResponse:
    context = {"report": report, "form": form, "licences": region().licences, "faults": facts.faults(report)}
    return render(request, template, context, status=status)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def business(request: HttpRequest, public_id: str) -> HttpResponse:
    """Step 1: the business and its place."""
    return _step(request, public_id, BusinessForm, "hayu/draft/business.html", "hayu:draft_owner")


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def owner(request: HttpRequest, public_id: str) -> HttpResponse:
    """Step 2: the owner; at the desk with the consent."""
    kind = DeskOwnerForm if _draft(request, public_id).channel == Channel.LOKET else OwnerForm
    return _step(request, public_id, kind, "hayu/draft/owner.html", "hayu:draft_send")


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def send(request: HttpRequest, public_id: str) -> HttpResponse:
    """Step 3: look it over, tick the statement, send; the receipt is there at once."""
    if request.method == "POST":
        report = fetch(request.user, "hayu.own_report", Report, view="hayu.view_report", public_id=public_id)
        return _send(request, report)
    report = _draft(request, public_id)
    return _page(request, "hayu/draft/send.html", report, SendForm())


def _send(request: HttpRequest, report: Report) -> HttpResponse:
    form = SendForm(request.POST)
    form.is_valid()
    data = {"statement": form.cleaned_data.get("statement", False)}
    try:
        machine.perform(report.pk, Action.KIRIM, request.user, version=version_of(request), data=data, request=request)
    except AlreadyDone:
        return redirect("hayu:receipt", report.public_id)
    except NotAllowed:
        raise
    except Refused as refusal:
        if report.state != State.DRAF:
            return redirect("hayu:receipt", report.public_id)
        form.errors.pop("statement", None)
        return _page(request, "hayu/draft/send.html", report, refuse(form, refusal), status=409)
    messages.success(request, _("Laporan diterima. Ini tanda lapor Anda."))
    return redirect("hayu:receipt", report.public_id)


@login_required
@require_POST
def discard(request: HttpRequest, public_id: str) -> HttpResponse:
    """Throw a draft away."""
    report = _draft(request, public_id)
    desk = report.channel == Channel.LOKET
    drafts.discard(report, request.user, request)
    messages.success(request, _("Draf dibuang."))
    return redirect("hayu:desk" if desk else "hayu:mine")
