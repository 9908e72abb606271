"""Pages of the budget team (the year's APBD) and of finance (missing reports)."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from core import dates
from core.errors import Refused
from core.paging import paginate
from sabilulungan.domain import budgets, clock, envelopes
from sabilulungan.domain.queries.refunds import asked_back
from sabilulungan.interfaces.forms.admin import EnactedBudgetForm, EnvelopeForm
from sabilulungan.models import EnactedBudget
from sabilulungan.web.parts import add_faults


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def years(request: HttpRequest) -> HttpResponse:
    """List the budgets and record one."""
    if not request.user.has_perm("sabilulungan.keep_budget"):
        raise Http404
    form = EnactedBudgetForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            budgets.enact(request.user, **form.cleaned_data)
        except Refused as error:
            add_faults(form, error)
        else:
            messages.success(request, "APBD sudah dicatat.")
            return redirect("budget")
    context = {"form": form, "budgets": EnactedBudget.objects.order_by("-budget_year")}
    return render(request, "sabilulungan/budget.html", context, status=422 if form.errors else 200)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def limits(request: HttpRequest) -> HttpResponse:
    """Show the envelopes of each year with what is left, and set one."""
    if not request.user.has_perm("sabilulungan.keep_budget"):
        raise Http404
    form = EnvelopeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            envelopes.set_limit(request.user, **form.cleaned_data)
        except Refused as error:
            add_faults(form, error)
        else:
            messages.success(request, "Pagu sudah disimpan.")
            return redirect("envelopes")
    context = {"form": form, "years": [(year, envelopes.rooms(year)) for year in envelopes.years()]}
    return render(request, "sabilulungan/envelopes.html", context, status=422 if form.errors else 200)


@login_required
@require_safe
def missing_reports(request: HttpRequest) -> HttpResponse:
    """List overdue reports, the oldest first, with the warnings sent."""
    if not request.user.has_perm("sabilulungan.chase_reports"):
        raise Http404
    today = dates.today()
    cases = clock.missing_reports(today).prefetch_related("report_warnings")
    context = {"cases": [(case, (today - case.due_on).days) for case in cases]}
    return render(request, "sabilulungan/missing_reports.html", context)


@login_required
@require_safe
def refunds(request: HttpRequest) -> HttpResponse:
    """List what was asked back under sanction, what came, and what is left."""
    if not request.user.has_perm("sabilulungan.chase_reports"):
        raise Http404
    rows = asked_back()
    owed = sum(row.left for row in rows if row.ended_on is None)
    context = {"page": paginate(request, rows), "owed": owed}
    return render(request, "sabilulungan/refunds.html", context)
