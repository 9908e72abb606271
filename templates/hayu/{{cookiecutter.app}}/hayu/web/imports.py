"""Import of what existed before: tried first, with a file of faults; then whole or not at all."""

import base64
import io
import secrets

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.cache import cache
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from core.errors import Refused
from core.export import CSV, Column, table
from core.forms import BaseForm
from hayu.domain import imports
from hayu.domain.imports import BUSINESSES, COLUMNS, PERMITS, Trial
from hayu.web.office import require

KEPT = 3600  # seconds between the trial and the import
SHOWN = 50
_FAULTS = (Column("baris", "row"), Column("kolom", "column"), Column("keterangan", "sentence"))


class ImportForm(BaseForm):
    """A table, and what it holds."""

    kind = forms.ChoiceField(
        label=gettext_lazy("Isi berkas"), widget=forms.RadioSelect,
        choices=[(PERMITS, gettext_lazy("Izin yang sudah terbit")), (BUSINESSES, gettext_lazy("Usaha kecil"))],
    )  # fmt: skip
    table = forms.FileField(
        label=gettext_lazy("Berkas CSV atau XLSX"), help_text=gettext_lazy("Paling besar 5 MB dan 20.000 baris.")
    )


def _key(request: HttpRequest, name: str) -> str:
    return f"impor:{request.user.pk}:{name[:40]}"


def _kept(request: HttpRequest, name: str) -> tuple[str, io.BytesIO]:
    found = cache.get(_key(request, name))
    if found is None:
        raise Refused(_("Berkas itu sudah dilupakan. Unggah dan periksa sekali lagi."))
    kind, content = found
    return kind, io.BytesIO(base64.b64decode(content))


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def begin(request: HttpRequest) -> HttpResponse:
    """Try a file: nothing is stored, and every fault of every row is told."""
    require(request, "hayu.edit_catalogue")
    form = ImportForm(request.POST or None, request.FILES or None)
    trial: Trial | None = None
    name, status = "", 200
    if request.method == "POST" and form.is_valid():
        kind, upload = form.cleaned_data["kind"], form.cleaned_data["table"]
        try:
            trial = imports.attempt(kind, imports.read(kind, upload), request.user)
        except Refused as refusal:
            form.add_error("table", refusal.sentence)
            status = 409
        else:
            name = secrets.token_urlsafe(12)
            upload.seek(0)
            cache.set(_key(request, name), (kind, base64.b64encode(upload.read()).decode()), KEPT)
    context = {
        "form": form, "trial": trial, "name": name, "shown": trial.wrong[:SHOWN] if trial else [],
        "columns": [(kind, required, optional) for kind, (required, optional) in COLUMNS.items()],
    }  # fmt: skip
    return render(request, "hayu/permits/import.html", context, status=status)


@login_required
@require_safe
def faults(request: HttpRequest, name: str) -> HttpResponseBase:
    """Send the faults of a tried file as CSV."""
    require(request, "hayu.edit_catalogue")
    if cache.get(_key(request, name)) is None:
        raise Http404
    kind, content = _kept(request, name)
    trial = imports.attempt(kind, imports.read(kind, content), request.user)
    return table(_FAULTS, trial.wrong, "galat-impor", CSV)


@login_required
@require_POST
def finish(request: HttpRequest, name: str) -> HttpResponse:
    """Import a tried file; pressed twice, the second time finds it gone."""
    require(request, "hayu.edit_catalogue")
    kind, content = _kept(request, name)
    number = imports.run(kind, imports.read(kind, content), request.user, request)
    cache.delete(_key(request, name))
    messages.success(request, _("%(number)s baris sudah diimpor.") % {"number": number})
    return redirect("hayu:permits" if kind == PERMITS else "hayu:register")
