"""The start page, and what everybody may see: aggregates of closed months, no names, no small cells."""

from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from erk.domain.policy import for_month
from erk.domain.queries import public as aggregates
from erk.interfaces.words import Row, month_label
from erk.web import nav
from erk.web.pages import month_from


@require_safe
def home(request: HttpRequest) -> HttpResponseBase:
    """Lead people who signed in to what waits for them; show others what E-RK is and what it shows."""
    if request.user.is_authenticated:
        return redirect(nav.items(request)[0].url)
    return render(request, "erk/home.html", _context(request))


@require_safe
def public(request: HttpRequest) -> HttpResponseBase:
    """Show the public picture of a closed month."""
    return render(request, "erk/public.html", _context(request))


def _context(request: HttpRequest) -> dict[str, object]:
    months = aggregates.closed_months()
    wanted = request.GET.get("bulan")
    month = month_from(wanted) if wanted else (months[0] if months else None)
    if wanted and month not in months:
        raise Http404("Bulan itu belum ditutup.")
    picture = aggregates.picture(month) if month else None
    rows = picture.agencies if picture else []
    return {
        "picture": picture,
        "label": month_label(month) if month else "",
        "months": [(f"{m:%Y-%m}", month_label(m), m == month) for m in months],
        "rows": [Row(row.short, row.ratio, row.band) for row in sorted(rows, key=lambda row: -row.ratio)],
        "rules": for_month(month) if month else None,
        "smallest": aggregates.SMALLEST,
    }
