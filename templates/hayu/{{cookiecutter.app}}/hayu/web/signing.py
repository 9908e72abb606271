"""Signing: the list with each line visible, the passphrase, and the progress of a batch."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from core import dates
from core.errors import NotAllowed, Refused
from core.paging import paginate
from hayu.domain.permits import clock, signers, signing
from hayu.interfaces.forms.office import PassphraseForm
from hayu.models import SigningBatch
from hayu.web.forms import refuse

LINE = "izin"


def _require_signer(request: HttpRequest) -> None:
    if not request.user.has_perm("hayu.sign"):
        raise PermissionDenied(_("Halaman ini untuk penanda tangan."))


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def signing_list(request: HttpRequest) -> HttpResponse:
    """Show what waits for a signature, and sign the chosen lines as they are shown."""
    _require_signer(request)
    page = paginate(request, signing.waiting(), signing.PER_PAGE)
    form = PassphraseForm(request.POST or None)
    chosen = _chosen(request)
    status = 200
    if request.method == "POST" and form.is_valid():
        try:
            batch = signing.queue(chosen, request.user, form.cleaned_data["passphrase"])
        except NotAllowed:
            raise
        except Refused as refusal:
            form, status = refuse(form, refusal), 409
        else:
            messages.success(request, _("Penandatanganan dimulai."))
            return redirect("hayu:signing_batch", batch.pk)
    context = {
        "page": page,
        "rows": [(application, clock.sign_by(application)) for application in page],
        "today": dates.today(),
        "form": form,
        "chosen": {key for key, _version in chosen},
        "electronic": signers.electronic() is not None,
        "batches": SigningBatch.objects.filter(signer=request.user)[:5],
    }
    return render(request, "hayu/permits/signing.html", context, status=status)


def _chosen(request: HttpRequest) -> list[tuple[int, int]]:
    """Return application and version of each ticked line; what is no pair of numbers is left out."""
    found = []
    for text in request.POST.getlist(LINE):
        key, _colon, version = text.partition(":")
        if key.isascii() and key.isdigit() and version.isascii() and version.isdigit() and len(text) < 30:
            found.append((int(key), int(version)))
    return found


@login_required
@require_safe
def batch(request: HttpRequest, pk: int) -> HttpResponse:
    """Show how far a batch is, and which lines were refused."""
    _require_signer(request)
    found = get_object_or_404(SigningBatch, pk=pk, signer=request.user)
    context = {"batch": found, "total": len(found.lines), "signed": found.done - len(found.refused)}
    return render(request, "hayu/permits/batch.html", context)
