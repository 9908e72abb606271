"""Redacted public copies: published and withdrawn at the desk, read by everybody, one by one or as a ZIP."""

from typing import IO

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from core import audit
from core.access import fetch
from core.errors import Refused
from core.web.files import send
from sabilulungan.domain import copies, drafts
from sabilulungan.domain.queries import lists
from sabilulungan.enums import Role
from sabilulungan.interfaces.archive import accountability_file, case_archive
from sabilulungan.models import Proposal, PublicCopy
from sabilulungan.rules.privacy import may_be_copied

CASES = Proposal.objects.select_related("recipient", "profile", "account")
PUBLIC_CACHE = "public, max-age=60"  # a copy that is withdrawn must be gone soon


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def desk(request: HttpRequest, number: str) -> HttpResponse:
    """Show each document with its public copy, and publish copies; one bad file does not lose the others."""
    proposal = fetch(request.user, "sabilulungan.publish_copies", CASES, view="sabilulungan.view_case", number=number)
    documents = [document for document in proposal.documents.all() if may_be_copied(document.code)]
    faults: dict[str, str] = {}
    if request.method == "POST":
        done = 0
        for document in documents:
            upload = request.FILES.get(document.code)
            if upload is None:
                continue
            try:
                copies.publish(document, upload, request.user)
            except Refused as error:
                faults[document.code] = error.sentence
            else:
                done += 1
        if done:
            messages.success(request, f"{done} salinan ditampilkan untuk umum.")
        if not faults:
            if not done:
                messages.error(request, "Pilih dahulu berkas salinannya.")
            return redirect("copies", number=number)
    held = drafts.files_of(proposal)
    public = {copy.document_id: copy for copy in copies.of_case(proposal)}
    listed = [
        {
            "document": document,
            "original": held[document.pk],
            "copy": public.get(document.pk),
            "fault": faults.get(document.code, ""),
        }
        for document in documents
        if document.pk in held
    ]
    context = {"proposal": proposal, "listed": listed, "faulty": faults, "open": copies.may_have_copies(proposal)}
    return render(request, "sabilulungan/copies.html", context, status=422 if faults else 200)


@login_required
@require_POST
def withdraw(request: HttpRequest, number: str, pk: int) -> HttpResponse:
    """Take a copy back, with a reason."""
    proposal = fetch(request.user, "sabilulungan.publish_copies", CASES, view="sabilulungan.view_case", number=number)
    copy = get_object_or_404(PublicCopy, pk=pk, document__proposal=proposal)
    try:
        copies.withdraw(copy, request.user, request.POST.get("reason", ""))
    except Refused as error:
        messages.error(request, error.faults[0].sentence if error.faults else error.sentence)
    else:
        messages.success(request, "Salinan sudah ditarik dan tidak tampil lagi.")
    return redirect("copies", number=number)


def _public_case(number: str) -> Proposal:
    return get_object_or_404(lists.public_list(), number=number)


@require_safe
def read(request: HttpRequest, number: str, public_id: str) -> FileResponse:
    """Send one public copy; the original and a withdrawn copy are 404 for everybody here."""
    copy = copies.of_case(_public_case(number)).filter(copy__public_id=public_id).first()
    if copy is None:
        raise Http404
    return send(copy.copy, attachment="unduh" in request.GET, cache=PUBLIC_CACHE)


@require_safe
def archive(request: HttpRequest, number: str) -> FileResponse:
    """Send all public copies of a case with its public record as one ZIP; 404 for persons."""
    proposal = _public_case(number)
    if not copies.may_have_copies(proposal):
        raise Http404
    return _zip(case_archive(proposal), number, PUBLIC_CACHE)


@login_required
@require_safe
def accountability(request: HttpRequest, number: str) -> FileResponse:
    """Send every paper of a case as one ZIP to whoever pays or audits it; the audit chain knows who took it."""
    proposal = fetch(request.user, "sabilulungan.take_file", CASES, view="sabilulungan.view_case", number=number)
    role = next(role for role in (Role.INSPEKTORAT, Role.PENGAWAS, Role.KEU) if request.user.has_role(role))
    audit.record(proposal, "unduh_berkas", actor=request.user, role=role, request=request)
    return _zip(accountability_file(proposal), number, "private, no-store")


def _zip(content: IO[bytes], name: str, cache: str) -> FileResponse:
    response = FileResponse(content, as_attachment=True, filename=f"{name}.zip", content_type="application/zip")
    response.headers["Cache-Control"] = cache
    return response
