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
from hayu.domain.people import OFFICERS
from hayu.domain.queries import officers, wishes


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
    page = paginate(request, inspect if inspect.exists() or not decide.exists() else decide)
    context: dict[str, Any] = {
        "inspections": [(row, officers.due(row.inspect_by)) for row in paginate(request, inspect)],
        "decisions": list(decide[:20]),
        "inspect_count": inspect.count(),
        "decide_count": decide.count(),
        "drafts": list(officers.drafts_of(user)[:5]),
        "page": page,
    }
    return render(request, "hayu/work.html", context)


@login_required
@require_safe
def desk(request: HttpRequest) -> HttpResponse:
    """Show what came in at the desk, drafts first, and the way to file for a walk-in."""
    _require(request, "hayu.desk")
    return render(request, "hayu/desk.html", {"page": paginate(request, officers.at_desk(request.user))})


@login_required
@require_safe
def settings(request: HttpRequest) -> HttpResponse:
    """Show the region's rules in force and whether each service standard is whole."""
    _require(request, "hayu.settings")
    licences = region().licences
    context = {
        "licences": licences,
        "types": wishes.active_types(),
        "places": len(wilayah.districts()),
        "head": region().terms.head,
    }
    return render(request, "hayu/settings.html", context)
