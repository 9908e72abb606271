"""Signals: two suspected cases beside each other, the decision on one, and the auditor's overview."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from core.access import fetch
from core.errors import Refused
from sabilulungan.domain import findings, flags
from sabilulungan.domain.queries import oversight
from sabilulungan.domain.queries.pairs import pair
from sabilulungan.enums import Role, Severity
from sabilulungan.interfaces.forms.acts import CloseFlagForm
from sabilulungan.models import Flag, Proposal
from sabilulungan.web.parts import add_faults

FULL = Proposal.objects.public().select_related("recipient", "profile", "account")
FLAGS = Flag.objects.select_related(
    "proposal__recipient", "proposal__account", "other__recipient", "other__account", "other__profile", "closed_by"
)


def _show(request: HttpRequest, flag: Flag, form: CloseFlagForm, *, status: int = 200) -> HttpResponse:
    user = request.user
    context = {
        "flag": flag,
        "proposal": flag.proposal,
        "lines": pair(flag, full=user.has_perm("sabilulungan.view_case", flag.other)) if flag.other else [],
        "may_decide": user.has_perm("sabilulungan.close_flag", flag.proposal)
        and (not flag.closed_at or flag.confirmed),
        "form": form,
    }
    response = render(request, "sabilulungan/flag.html", context, status=status)
    response["Cache-Control"] = "private, no-store"
    return response


@login_required
@require_safe
def flag(request: HttpRequest, number: str, pk: int) -> HttpResponse:
    """Show a signal; of two cases both, beside each other, with what is equal marked."""
    proposal = fetch(request.user, "sabilulungan.view_case", FULL, number=number)
    return _show(request, get_object_or_404(FLAGS, pk=pk, proposal=proposal), CloseFlagForm())


@login_required
@require_POST
def decide(request: HttpRequest, number: str, pk: int) -> HttpResponse:
    """Decide a signal with a reason; what was typed stays when it is refused."""
    proposal = fetch(request.user, "sabilulungan.view_case", FULL, number=number)
    found = get_object_or_404(FLAGS, pk=pk, proposal=proposal)
    if not request.user.has_perm("sabilulungan.close_flag", proposal):
        raise PermissionDenied("Tanda ini ditutup oleh tim pertimbangan, inspektorat, atau penilai kedua.")
    form = CloseFlagForm(request.POST)
    if not form.is_valid():
        return _show(request, found, form, status=422)
    role = next(role for role in (Role.TP, Role.INSPEKTORAT, Role.OPD) if request.user.has_role(role))
    try:
        with transaction.atomic():
            closed = flags.close(pk, request.user, form.cleaned_data["reason"], role, form.cleaned_data["decision"])
            if closed.confirmed and closed.severity == Severity.RED:
                findings.tell(closed)
    except Refused as error:
        add_faults(form, error)
        found.refresh_from_db()
        return _show(request, found, form, status=409)
    messages.success(request, "Keputusan sudah dicatat.")
    return redirect("desk_case", number=number)


@login_required
@require_safe
def overview(request: HttpRequest) -> HttpResponse:
    """Show the auditor what is worth a look: F13, red signals, rises, exceptions, same-day approvals, busy people."""
    if not request.user.has_perm("sabilulungan.oversee"):
        raise Http404
    context = {
        "evaluators": oversight.evaluators(),
        "signals": oversight.waiting_signals(),
        "rises": oversight.rises(),
        "exceptions": oversight.exceptions(),
        "same_day": oversight.same_day(),
        "busiest": oversight.busiest(),
    }
    return render(request, "sabilulungan/oversight.html", context)
