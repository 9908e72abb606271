"""An issued permit: for its holder and the office, its file, renewal and change, warnings, suspension, revocation."""

from typing import Any

from django import forms
from django.contrib.auth.decorators import login_required
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from core import dates, files
from core.access import fetch
from core.region import region
from hayu.domain import reads
from hayu.domain.permits import applications, certificates, signing, supervision
from hayu.domain.permits.issued import GROUNDS, machine
from hayu.enums import AppKind, PermitAction
from hayu.interfaces.forms.office import NoteForm, SuspendForm, WarnForm
from hayu.models import Permit
from hayu.web import acts
from hayu.web.acts import Page

ROWS = Permit.objects.select_related("type_version", "holder", "application", "replaced_by")


class RevokeForm(NoteForm):
    """A revocation names its ground."""

    ground = forms.ChoiceField(label=_("Dasar pencabutan"), choices=GROUNDS, widget=forms.RadioSelect)
    field_order = ["ground", "note"]


PAGES = {
    PermitAction.PERINGATAN: Page(
        WarnForm, _("Beri peringatan"), _("Pemegang izin diberi tujuh hari kerja untuk membetulkan."), _("Peringatkan")
    ),
    PermitAction.PULIHKAN: Page(
        NoteForm, _("Pulihkan izin"), _("Temuan sudah dibetulkan; izin berlaku lagi."), _("Pulihkan")
    ),
    PermitAction.BEKUKAN: Page(
        SuspendForm, _("Bekukan izin"), _("Paling lama 90 hari. Pemegang izin membaca alasannya."), _("Bekukan"),
        danger=True,
    ),
    PermitAction.CABUT: Page(
        RevokeForm, _("Cabut izin"), _("Pencabutan tidak dapat dibatalkan."), _("Cabut"), danger=True
    ),
}  # fmt: skip


def _visible(request: HttpRequest, code: str) -> Permit:
    return fetch(request.user, "hayu.view_permit", ROWS, code=code)


@login_required
@require_safe
def issued(request: HttpRequest, code: str) -> HttpResponse:
    """Show a permit: what is allowed now, its dates, what one can do, its history."""
    found = _visible(request, code)
    owns = request.user.has_perm("hayu.own_permit", found)
    kinds = (AppKind.PERPANJANG, AppKind.UBAH) if owns else ()
    today = dates.today()
    dated = found.supervisions.filter(scheduled_for__isnull=False).order_by("-scheduled_for", "-pk")
    context = {
        "permit": found,
        "kind": found.type,
        "owns": owns,
        "acts": acts.offered(machine, found, request.user, PAGES),
        "successions": [(kind, AppKind(kind).label, signing.renewal_of(found, kind, today)) for kind in kinds],
        "answers": certificates.shown_answers(found.type, found.answers),
        "has_file": certificates.stored(found) is not None,
        **reads.trail(found),
        "supervisions": [(row, request.user.has_perm("hayu.view_supervision", row)) for row in dated],
        "plans": supervision.may_plan(request.user, found),
        "address": certificates.check_address(found.code),
        "licences": region().licences,
    }
    return render(request, "hayu/permits/issued.html", context)


@login_required
@require_safe
def pdf(request: HttpRequest, code: str) -> FileResponse:
    """Send the signed file."""
    found = _visible(request, code)
    stored = certificates.stored(found)
    if stored is None:
        raise Http404
    reads.note(found, request.user, "Berkas izin diunduh", request)
    return FileResponse(
        files.absolute(stored).open("rb"), content_type=stored.media_type, as_attachment=True, filename=stored.name
    )


@login_required
@require_POST
def succeed(request: HttpRequest, code: str, kind: str) -> HttpResponse:
    """Begin a renewal or a change, filled in from the permit."""
    draft = applications.succeed(_visible(request, code), kind, request.user, request)
    return redirect("hayu:application", draft.public_id)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def act(request: HttpRequest, code: str, action: str) -> HttpResponse:
    """Warn, suspend, restore or revoke."""
    if action not in PAGES:
        raise Http404
    found, page = _visible(request, code), PAGES[PermitAction(action)]

    def ask(form: Any, status: int) -> HttpResponse:
        context = {"permit": found, "kind": found.type, "form": form, "act": page}
        return render(request, "hayu/permits/issued_act.html", context, status=status)

    return acts.run(request, machine, found, action, page, ask=ask, done=redirect("hayu:issued", code))
