"""An application for its applicant: begun from the type's page, three short steps, mended, copied, withdrawn."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from core import dates
from core.access import fetch
from core.errors import AlreadyDone, NotAllowed, Refused
from core.paging import paginate
from core.region import region
from hayu.domain import claims
from hayu.domain.permits import applications, certificates, sheet, signing
from hayu.domain.permits.machine import machine
from hayu.domain.queries import applications as queries
from hayu.domain.queries import permits as issued
from hayu.enums import AppAction, AppKind, AppState, Channel
from hayu.interfaces.forms.permits import DocumentsForm, MendForm, SendApplicationForm, SheetForm, item_field
from hayu.models import Application
from hayu.web.forms import autosaved, refuse, uploaded, version_of

MOST = 50  # permits listed above a person's applications
ROWS = Application.objects.select_related("type_version", "applicant", "officer", "origin")


@login_required
@require_safe
def mine(request: HttpRequest) -> HttpResponse:
    """List a person's own applications, what waits for them first."""
    today = dates.today()
    permits = [
        (permit, permit.ends_on is not None and not signing.renewal_of(permit, AppKind.PERPANJANG, today))
        for permit in issued.mine(request.user)[:MOST]
    ]
    context = {
        "page": paginate(request, queries.mine(request.user)), "permits": permits, "claims": claims.mine(request.user),
    }  # fmt: skip
    return render(request, "hayu/permits/mine.html", context)


@login_required
@require_POST
def begin(request: HttpRequest, code: str) -> HttpResponse:
    """Begin a draft; at the desk on behalf of a walk-in."""
    desk = request.POST.get("loket") == "ya"
    if desk and not request.user.has_perm("hayu.desk"):
        raise PermissionDenied(_("Hanya petugas loket yang mengajukan atas nama orang lain."))
    draft = applications.begin(request.user, code.upper(), desk=desk, request=request)
    return redirect("hayu:app_sheet", draft.public_id)


def draft_of(request: HttpRequest, public_id: str) -> Application:
    """Return a draft the person may edit."""
    return fetch(request.user, "hayu.edit_application", ROWS, view="hayu.view_application", public_id=public_id)


def _page(request: HttpRequest, template: str, found: Application, form: Any, status: int = 200, **more: Any) -> Any:
    context = {"application": found, "kind": found.type, "form": form, "licences": region().licences, **more}
    return render(request, f"hayu/permits/{template}.html", context, status=status)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def fill(request: HttpRequest, public_id: str) -> HttpResponse:
    """Step 1: who applies, where, and the questions of the type."""
    found = draft_of(request, public_id)
    names = ("holder_name", "nik", "phone", "village_code", "address", "latitude", "longitude", "consent",
             "email")  # fmt: skip
    form = SheetForm(
        request.POST or None, questions=found.type.questions, answers=found.answers,
        desk=found.channel == Channel.LOKET, initial={name: getattr(found, name) for name in names},
    )  # fmt: skip

    def save(data: dict[str, Any]) -> Application:
        return applications.save(found, data, request.user, version=version_of(request))

    answer = autosaved(request, form, save)
    if answer:
        return answer
    if request.method == "POST" and form.is_valid():
        try:
            save(form.data_for_domain())
        except Refused as refusal:
            return _page(request, "sheet", found, refuse(form, refusal), 409)
        return redirect("hayu:app_documents", public_id)
    return _page(request, "sheet", found, form)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def documents(request: HttpRequest, public_id: str) -> HttpResponse:
    """Step 2: the documents; what was uploaded stays and is shown."""
    found = draft_of(request, public_id)
    needed = found.type.needed(found.kind)
    sent = (request.POST, request.FILES) if request.method == "POST" else (None, None)
    form = DocumentsForm(*sent, documents=needed, answers=found.answers)
    answer = uploaded(request, form, lambda key, upload: applications.attach(found, key, upload, request.user))
    if answer:
        return answer
    if request.method == "POST":
        refused = False
        form.is_valid()
        for key, upload in form.uploads().items():
            try:
                applications.attach(found, key, upload, request.user)
            except Refused as refusal:
                form.add_error(f"berkas_{key}", refusal.sentence)
                refused = True
        if form.is_valid() and not refused:
            return redirect("hayu:app_send", public_id)
    have = sheet.documents(found)
    parts = [
        (item.name, item.is_required(found.answers), form[item_field(item.item)], have.get(item.key)) for item in needed
    ]
    return _page(request, "documents", found, form, parts=parts)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def send(request: HttpRequest, public_id: str) -> HttpResponse:
    """Step 3: look it over, tick the statement, send."""
    if request.method == "POST":
        own = fetch(request.user, "hayu.own_application", ROWS, view="hayu.view_application", public_id=public_id)
        return _send(request, own)
    found = draft_of(request, public_id)
    return _look_over(request, found, SendApplicationForm())


def _look_over(request: HttpRequest, found: Application, form: Any, status: int = 200) -> HttpResponse:
    have = sheet.documents(found)
    return _page(
        request, "send", found, form, status, faults=sheet.faults(found),
        answers=certificates.shown_answers(found.type, found.answers),
        documents=[
            (item.name, item.is_required(found.answers), have.get(item.key)) for item in found.type.needed(found.kind)
        ],
    )  # fmt: skip


def _send(request: HttpRequest, found: Application) -> HttpResponse:
    form = SendApplicationForm(request.POST)
    form.is_valid()
    data = {"statement": form.cleaned_data.get("statement", False)}
    try:
        machine.perform(
            found.pk, AppAction.KIRIM, request.user, version=version_of(request), data=data, request=request
        )
    except AlreadyDone:
        return redirect("hayu:application", found.public_id)
    except NotAllowed:
        raise
    except Refused as refusal:
        if found.state != AppState.DRAF:
            return redirect("hayu:application", found.public_id)
        form.errors.pop("statement", None)
        return _look_over(request, found, refuse(form, refusal), 409)
    messages.success(request, _("Permohonan diterima. Simpan nomor resinya."))
    return redirect("hayu:application", found.public_id)


@login_required
@require_POST
def discard(request: HttpRequest, public_id: str) -> HttpResponse:
    """Throw a draft away."""
    found = draft_of(request, public_id)
    applications.discard(found, request.user, request)
    messages.success(request, _("Draf dibuang."))
    return redirect("hayu:desk" if found.channel == Channel.LOKET else "hayu:applications")


@login_required
@require_POST
def copy(request: HttpRequest, public_id: str) -> HttpResponse:
    """Copy an application that ended without a permit into a new draft."""
    found = fetch(request.user, "hayu.own_application", ROWS, view="hayu.view_application", public_id=public_id)
    return redirect("hayu:app_sheet", applications.copy(found, request.user, request).public_id)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def mend(request: HttpRequest, public_id: str) -> HttpResponse:
    """Mend what was returned: only the faulty items, all of them on one page."""
    found = fetch(request.user, "hayu.own_application", ROWS, view="hayu.view_application", public_id=public_id)
    if found.state != AppState.PERLU_PERBAIKAN:
        return redirect("hayu:application", public_id)
    form = MendForm(request.POST or None, request.FILES or None, application=found)
    if request.method == "POST" and form.is_valid():
        try:
            _mend(request, found, form)
        except AlreadyDone as again:
            messages.info(request, again.sentence)
        except NotAllowed:
            raise
        except Refused as refusal:
            return _page(request, "mend", found, _beside(form, refusal), 409, parts=form.parts())
        else:
            messages.success(request, _("Perbaikan terkirim. Waktu layanan berjalan lagi."))
        return redirect("hayu:application", public_id)
    return _page(request, "mend", found, form, parts=form.parts())


def _mend(request: HttpRequest, found: Application, form: MendForm) -> None:
    saved = applications.save(found, form.data_for_domain(), request.user, version=version_of(request))
    for key, upload in form.uploads().items():
        applications.attach(saved, key, upload, request.user)
    machine.perform(
        saved.pk, AppAction.KIRIM_ULANG, request.user, version=saved.version, data={"replies": form.replies()},
        request=request,
    )  # fmt: skip


def _beside(form: MendForm, refusal: Refused) -> MendForm:
    for fault in refusal.faults:
        name = item_field(fault.field) if ":" in fault.field else fault.field
        form.add_error(name if name in form.fields else None, fault.sentence)
    if not refusal.faults:
        form.add_error(None, refusal.sentence)
    return form
