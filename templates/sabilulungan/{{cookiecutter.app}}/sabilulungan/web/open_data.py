"""The page of open data, and its daily files."""

from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from sabilulungan.domain import rulebook
from sabilulungan.domain.queries import lists
from sabilulungan.interfaces import grants360, publishing
from sabilulungan.interfaces.dictionary import DICTIONARY
from sabilulungan.interfaces.filters import ProposalFilters


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """List the daily files with size and hash, the live ones, and the data dictionary."""
    found = publishing.published()
    files = [
        {"name": name, "what": what, **found["berkas"][name]}
        for name, (_, what) in publishing.FILES.items()
        if found and name in found["berkas"]
    ]
    context = {
        "files": files,
        "made": found["dibuat"] if found else "",
        "licence": rulebook.current().data_licence,
        "dictionary": [(name, kind, meaning) for name, (kind, meaning) in DICTIONARY.items()],
    }
    return render(request, "sabilulungan/open_data.html", context)


@require_safe
def daily(request: HttpRequest, name: str) -> FileResponse:
    """Send one of the daily files."""
    if name not in publishing.FILES:
        raise Http404
    path = publishing.present(name)
    if not path.is_file():
        raise Http404
    response = FileResponse(
        path.open("rb"), as_attachment=True, filename=name, content_type=f"{publishing.FILES[name][0]}; charset=utf-8"
    )
    response["Cache-Control"] = "public, max-age=3600"
    return response


@require_safe
def giving(request: HttpRequest) -> HttpResponseBase:
    """Send the decreed grants of the current filter as a 360Giving package."""
    rows = ProposalFilters(request, lists.public_list()).rows
    response = StreamingHttpResponse(grants360.package(rows), content_type="application/json")
    response["Content-Disposition"] = 'attachment; filename="360giving.json"'
    return response
