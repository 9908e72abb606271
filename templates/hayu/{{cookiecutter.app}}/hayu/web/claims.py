"""Old permits for their holders: asked for with number and NIK, decided at the desk by KTP."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as t
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from core.access import fetch
from core.errors import Refused
from hayu.domain import claims
from hayu.enums import ClaimAction
from hayu.interfaces.forms.claims import ClaimForm
from hayu.interfaces.forms.office import NoteForm
from hayu.models import Claim
from hayu.web import acts
from hayu.web.acts import Page
from hayu.web.forms import refuse

PAGES = {
    ClaimAction.TERIMA: Page(
        NoteForm, t("Hubungkan dengan akun"),
        t("Lihat KTP aslinya: nama dan NIK sama dengan izin, dan orangnya pemilik akun ini. Catat apa yang dilihat."),
        t("Hubungkan"),
    ),
    ClaimAction.TOLAK: Page(
        NoteForm, t("Tolak permintaan"), t("Pemilik akun membaca alasannya dan boleh meminta lagi."), t("Tolak"),
        danger=True,
    ),
}  # fmt: skip


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def ask(request: HttpRequest) -> HttpResponse:
    """Ask that a permit without an account becomes one's own."""
    form, status = ClaimForm(request.POST or None), 200
    if request.method == "POST" and form.is_valid():
        try:
            claims.ask(form.cleaned_data["number"], form.cleaned_data["nik"], request.user, request)
        except Refused as refusal:
            form, status = refuse(form, refusal), 409
        else:
            messages.success(request, _("Tercatat. Datang ke loket dengan KTP asli untuk dicocokkan."))
            return redirect("hayu:applications")
    return render(request, "hayu/claims/form.html", {"form": form}, status=status)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def act(request: HttpRequest, public_id: str, action: str) -> HttpResponse:
    """Decide on a claim at the desk."""
    if action not in PAGES:
        raise Http404
    rows = Claim.objects.select_related("permit__type_version", "person")
    found, page = fetch(request.user, "hayu.view_claim", rows, public_id=public_id), PAGES[ClaimAction(action)]

    def show(form: Any, status: int) -> HttpResponse:
        context = {"claim": found, "permit": found.permit, "form": form, "act": page}
        return render(request, "hayu/claims/act.html", context, status=status)

    return acts.run(request, claims.machine, found, action, page, ask=show, done=redirect("hayu:desk"))
