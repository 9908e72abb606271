"""Signs to look into, for the heads and the inspectorate."""

from collections import Counter

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from core.paging import paginate
from hayu.domain import anomalies
from hayu.web.office import require


@login_required
@require_safe
def signs(request: HttpRequest) -> HttpResponse:
    """List every sign, or those of one check."""
    require(request, "hayu.board")
    every = anomalies.found()
    wanted = request.GET.get("periksa", "")
    shown = [sign for sign in every if wanted in ("", sign.check)]
    page = paginate(request, shown)
    context = {
        "page": page,
        "rows": [(sign, sign.opens_to(request.user)) for sign in page],
        "counts": sorted(Counter(sign.check for sign in every).items()),
        "wanted": wanted,
        "total": len(every),
    }
    return render(request, "hayu/permits/anomalies.html", context)
