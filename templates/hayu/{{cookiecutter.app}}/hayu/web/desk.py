"""Officers: what waits for me, the desk, the region's rules in force."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from core import wilayah
from core.paging import paginate
from core.region import region
from hayu.domain import catalogue, claims, referrals
from hayu.domain.people import OFFICERS
from hayu.domain.permits import supervision
from hayu.domain.queries import applications, officers


def _require(request: HttpRequest, permission: str) -> None:
    if not request.user.has_perm(permission):
        raise PermissionDenied(_("Halaman ini untuk petugas yang berwenang."))


@login_required
@require_safe
def work(request: HttpRequest) -> HttpResponse:
    """Show what waits for this officer, nearest deadline first; others go to their own reports."""
    user = request.user
    if not user.has_role(*OFFICERS):
        return redirect("hayu:mine")
    inspect, decide = officers.to_inspect(user), officers.to_decide(user)
    permit_office = user.has_perm("hayu.permit_office")
    queue, outside = applications.queue(user) if permit_office else None, referrals.waiting(user)
    page = paginate(request, inspect if inspect.exists() or not decide.exists() else decide)
    context: dict[str, Any] = {
        "inspections": [(row, officers.due(row.inspect_by)) for row in paginate(request, inspect)],
        "decisions": list(decide[:20]),
        "inspect_count": inspect.count(),
        "decide_count": decide.count(),
        "drafts": list(officers.drafts_of(user)[:5]),
        "permits": list(queue[:5]) if queue is not None else [],
        "permit_count": queue.count() if queue is not None else 0,
        "page": page,
        "supervisions": list(supervision.waiting(user)[:5]),
        "referrals": list(outside[:5]),
        "referral_count": outside.count(),
        "suspended": list(officers.overdue_suspensions(user)[:20]),
    }
    context["claim_count"] = claims.waiting(user).count()
    context["total"] = (
        context["claim_count"] + officers.waiting(user) + context["permit_count"] + context["referral_count"]
    )
    return render(request, "hayu/work.html", context)


@login_required
@require_safe
def desk(request: HttpRequest) -> HttpResponse:
    """Show what came in at the desk, drafts first, and the way to file for a walk-in."""
    _require(request, "hayu.desk")
    context = {
        "page": paginate(request, officers.at_desk(request.user)),
        "permits": list(applications.at_desk(request.user)[:20]),
        "claims": list(claims.waiting(request.user)[:20]),
    }
    return render(request, "hayu/desk.html", context)


@login_required
@require_safe
def settings(request: HttpRequest) -> HttpResponse:
    """Show the region's rules in force and whether each service standard is whole."""
    _require(request, "hayu.settings")
    licences = region().licences
    context = {
        "licences": licences,
        "types": catalogue.types(),
        "places": len(wilayah.districts()),
        "head": region().terms.head,
    }
    return render(request, "hayu/settings.html", context)
