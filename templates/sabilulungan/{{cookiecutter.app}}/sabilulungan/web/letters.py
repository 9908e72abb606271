"""Documents as PDF: for the recipient from his own pages, for officers from the desk."""

from django.contrib.auth.decorators import login_required
from django.http import FileResponse, Http404, HttpRequest
from django.views.decorators.http import require_safe

from core import files
from core.access import fetch
from sabilulungan.domain import letters, signing
from sabilulungan.models import Proposal
from sabilulungan.web.own import mine

FULL = Proposal.objects.public().select_related("recipient", "profile", "account")


@login_required
@require_safe
def own(request: HttpRequest, key: str, code: str) -> FileResponse:
    """Send a document of my proposal, signed when it is."""
    return _send(request, mine(request, key), code, applicant=True)


@login_required
@require_safe
def desk(request: HttpRequest, number: str, code: str) -> FileResponse:
    """Send a document of a case I may read; those with account numbers only to finance, auditor and head.

    A camat or lurah, who does not read the case, gets the form he signs.
    """
    proposal = fetch(request.user, "sabilulungan.read_form", FULL, number=number)
    if not request.user.has_perm("sabilulungan.view_case", proposal) and not signing.may_sign(
        request.user, proposal, code
    ):
        raise Http404
    return _send(request, proposal, code, applicant=False)


def _send(request: HttpRequest, proposal: Proposal, code: str, *, applicant: bool) -> FileResponse:
    paper = letters.find(proposal, request.user, code, applicant=applicant)
    if paper is None:
        raise Http404
    stored = signing.stored(proposal, paper)
    response = FileResponse(
        files.absolute(stored).open("rb"), as_attachment=True, filename=stored.name, content_type=stored.media_type
    )
    response["Cache-Control"] = "private, no-store"
    return response
