"""Papers of an application as PDF: the draft before the signature, the receipt, minutes, the letter of refusal."""

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from core import files
from hayu.domain import reads, visit_papers
from hayu.domain.permits import certificates, signers
from hayu.enums import AppState, Signature
from hayu.web.permit_acts import visible


@login_required
@require_safe
def preview(request: HttpRequest, public_id: str) -> HttpResponse:
    """Show the drafted permit as PDF, to be read before the signature or signed with ink."""
    found = visible(request, public_id)
    if found.state != AppState.MENUNGGU_TTE or not request.user.has_perm("hayu.permit_office"):
        raise Http404
    way = signers.electronic()
    kind = Signature.BASAH if way is None or "basah" in request.GET else way.kind
    drawn = certificates.draw(found, kind, found.state_since, request.user.titled_name)
    reads.note(found, request.user, "Naskah izin dibaca", request)
    return HttpResponse(drawn, content_type=files.PDF, headers={"Content-Disposition": "inline"})


@login_required
@require_safe
def receipt(request: HttpRequest, public_id: str) -> HttpResponse:
    """Send the receipt of a sent application as PDF, for who tracks it on paper."""
    found = visible(request, public_id)
    if found.state == AppState.DRAF or found.anonymised_on:
        raise Http404
    reads.note(found, request.user, "Tanda terima diunduh", request)
    name = f'attachment; filename="tanda-terima-{found.receipt}.pdf"'
    return HttpResponse(certificates.receipt(found), content_type=files.PDF, headers={"Content-Disposition": name})


@login_required
@require_safe
def minutes(request: HttpRequest, public_id: str, pk: int) -> HttpResponse:
    """Send the minutes of a visit that was made as PDF."""
    found = visible(request, public_id)
    visit = (
        found.visits.exclude(visited_at=None)
        .filter(pk=pk)
        .select_related("officer", "application__type_version")
        .first()
    )
    if visit is None or found.anonymised_on:
        raise Http404
    reads.note(found, request.user, "Berita acara peninjauan diunduh", request)
    name = f'attachment; filename="berita-acara-{found.receipt}.pdf"'
    return HttpResponse(visit_papers.draw(visit), content_type=files.PDF, headers={"Content-Disposition": name})


@login_required
@require_safe
def refusal_letter(request: HttpRequest, public_id: str) -> HttpResponse:
    """Send the letter of refusal as PDF."""
    found = visible(request, public_id)
    if found.state != AppState.DITOLAK:
        raise Http404
    reads.note(found, request.user, "Surat penolakan diunduh", request)
    name = f'attachment; filename="penolakan-{found.receipt}.pdf"'
    return HttpResponse(
        certificates.refusal_letter(found), content_type=files.PDF, headers={"Content-Disposition": name}
    )
