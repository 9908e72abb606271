"""One search for officers: receipt, number, code, NIK, NIB or name."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from hayu.domain.queries import search as queries
from hayu.interfaces.forms.office import SearchForm
from hayu.web.office import require


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def search(request: HttpRequest) -> HttpResponse:
    """Find files; the words are sent in the body, so that no NIK stands in an address, a log or the history."""
    require(request, "hayu.permit_office")
    form, found = SearchForm(request.POST or None), None
    if request.method == "POST" and form.is_valid():
        try:
            found = queries.find(request.user, form.cleaned_data["cari"])
        except ValueError as error:
            form.add_error("cari", str(error))
    only = _only(found)
    if only:
        return redirect(*only)
    context = {"form": form, "found": found, "most": queries.MOST, "nothing": _("Tidak ada berkas yang cocok.")}
    return render(request, "hayu/search.html", context)


def _only(found: queries.Results | None) -> tuple[str, str] | None:
    """Return the page of the one file that was found, None for none or several."""
    if found is None or found.number != 1:
        return None
    if found.reports:
        return "hayu:report", found.reports[0].public_id
    if found.applications:
        return "hayu:application", found.applications[0].public_id
    return "hayu:issued", found.permits[0].code
