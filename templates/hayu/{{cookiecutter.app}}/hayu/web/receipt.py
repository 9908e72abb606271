"""The receipt: a page that looks like the paper it stands for, and the PDF."""

from django.contrib.auth.decorators import login_required
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from core import files
from core.access import fetch
from core.region import region
from hayu.domain import reads, receipts
from hayu.enums import State
from hayu.models import Report


@login_required
@require_safe
def page(request: HttpRequest, public_id: str) -> HttpResponse:
    """Show the receipt as the paper; what is not valid now says so across it."""
    report = fetch(request.user, "hayu.view_report", Report, public_id=public_id)
    if report.state == State.DRAF:
        return redirect("hayu:report", public_id)
    context = {
        "report": report,
        "paper": receipts.content(report),
        "printable": report.state in receipts.PRINTABLE,
        "licences": region().licences,
        "owns": request.user.has_perm("hayu.own_report", report),
    }
    return render(request, "hayu/receipt.html", context)


@login_required
@require_safe
def pdf(request: HttpRequest, public_id: str) -> HttpResponse | FileResponse:
    """Send the receipt as PDF/A; a report that is not valid now has none."""
    report = fetch(request.user, "hayu.view_report", Report, public_id=public_id)
    if report.state == State.DRAF:
        return redirect("hayu:report", public_id)
    stored = receipts.pdf(report)
    reads.note(report, request.user, "Tanda lapor diunduh", request)
    return FileResponse(
        files.absolute(stored).open("rb"), content_type=stored.media_type, as_attachment=True, filename=stored.name
    )
