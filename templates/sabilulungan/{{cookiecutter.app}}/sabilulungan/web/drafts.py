"""The submission in four pages, each saved on its own: activity, cost lines, documents, review and send."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from core.errors import AlreadyDone, Fault, Refused, Stale
from sabilulungan.domain import drafts, eligibility, flow, recipients, rulebook, submission
from sabilulungan.domain.rulebook import profile_of
from sabilulungan.enums import Action, Kind, Role, State
from sabilulungan.interfaces.forms.drafts import (
    DECLARATIONS,
    ActivityForm,
    SendForm,
    StartForm,
    kinds_for,
    line_formset,
)
from sabilulungan.models import Proposal
from sabilulungan.web import chair_codes, devices
from sabilulungan.web.own import mine
from sabilulungan.web.parts import add_faults

PAGES = (("kegiatan", "Kegiatan"), ("rincian", "Rincian biaya"), ("berkas", "Berkas"), ("kirim", "Periksa dan kirim"))
_VIEW = {"kegiatan": "draft_activity", "rincian": "draft_lines", "berkas": "draft_documents", "kirim": "draft_send"}
EDIT = "sabilulungan.edit_own"


def _page(
    request: HttpRequest, proposal: Proposal, here: str, context: dict[str, Any], *, status: int = 200
) -> HttpResponse:
    steps = [
        {"name": name, "url": reverse(_VIEW[code], args=[proposal.key]), "here": code == here, "number": index}
        for index, (code, name) in enumerate(PAGES, start=1)
    ]
    last = proposal.steps.filter(target=State.PERBAIKAN).last() if proposal.state == State.PERBAIKAN else None
    context |= {"proposal": proposal, "pages": steps, "items": last.items if last else []}
    return render(request, f"sabilulungan/draft_{here}.html", context, status=status)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """Begin a proposal: for whom, which kind, which budget year. Tells when the window opens if it is closed."""
    owned = recipients.of_user(request.user)
    if not owned:
        return redirect("register")
    windows = rulebook.openings()
    if not windows:
        return render(request, "sabilulungan/closed.html", {"closed": rulebook.closed_sentence()})
    form = StartForm(request.POST or None, recipients=owned, windows=windows)
    if request.method == "POST" and form.is_valid():
        recipient = next(one for one in owned if one.public_id == form.cleaned_data["recipient"])
        kind = kinds_for(recipient)[0][0]
        try:
            draft = submission.start(
                recipient,
                request.user,
                budget_year=form.cleaned_data["budget_year"],
                kind=Kind(kind),
                on_paper=request.user.has_role(Role.OPERATOR),
            )
        except Refused as error:
            add_faults(form, error)
        else:
            return redirect("draft_activity", key=draft.key)
    return render(request, "sabilulungan/draft_new.html", {"form": form}, status=422 if form.errors else 200)


def _version(request: HttpRequest, proposal: Proposal) -> int:
    text = request.POST.get("version", "")
    return int(text) if text.isdigit() else proposal.version


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def activity(request: HttpRequest, key: str) -> HttpResponse:
    """The activity, or for a person the need."""
    proposal = mine(request, key, EDIT)
    form = ActivityForm(request.POST or None, proposal=proposal, initial=ActivityForm.initial_of(proposal))
    if request.method == "POST" and form.is_valid():
        try:
            drafts.save_activity(proposal, form.values(), _version(request, proposal))
        except Refused as error:
            add_faults(form, error)
        else:
            messages.success(request, "Tersimpan.")
            return redirect("draft_lines", key=key)
    return _page(request, proposal, "kegiatan", {"form": form}, status=422 if form.errors else 200)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def lines(request: HttpRequest, key: str) -> HttpResponse:
    """The cost lines. The button "more rows" keeps what was typed and adds empty rows."""
    proposal = mine(request, key, EDIT)
    stored = [
        {"description": row.description, "volume": row.volume, "unit": row.unit, "unit_price": row.unit_price}
        for row in proposal.lines.all()
    ]
    if request.method == "POST" and "tambah" in request.POST:
        data = request.POST.copy()
        count = data.get("form-TOTAL_FORMS", "0")
        data["form-TOTAL_FORMS"] = str(min(int(count) + 3, drafts.MOST_LINES) if count.isdigit() else 3)
        return _page(request, proposal, "rincian", {"formset": line_formset()(data), "checked": False})
    formset = (
        line_formset()(request.POST) if request.method == "POST" else line_formset(1 if stored else 3)(initial=stored)
    )
    status = 200
    if request.method == "POST":
        if formset.is_valid():
            try:
                drafts.save_lines(proposal, formset.lines(), _version(request, proposal))
            except Refused as error:
                faults = error.faults or [Fault("lines", error.sentence)]
                return _page(
                    request, proposal, "rincian", {"formset": formset, "faults": faults, "checked": True}, status=409
                )
            messages.success(request, "Tersimpan.")
            return redirect("draft_documents", key=key)
        status = 422
    return _page(request, proposal, "rincian", {"formset": formset, "checked": request.method == "POST"}, status=status)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def documents(request: HttpRequest, key: str) -> HttpResponse:
    """The documents of this kind of proposal. Each file is stored at once; one bad file does not lose the others."""
    proposal = mine(request, key, EDIT)
    profile = profile_of(proposal)
    helps = {rule.code: rule.help for rule in profile.documents}
    faults: dict[str, str] = {}
    rows = list(proposal.documents.filter(phase=drafts.phase_now(proposal)))
    if request.method == "POST":
        for document in rows:
            upload = request.FILES.get(document.code)
            if upload is None:
                continue
            try:
                drafts.attach(document, upload, request.user)
            except Refused as error:
                faults[document.code] = error.sentence
        if not faults:
            messages.success(request, "Berkas tersimpan.")
            return redirect("draft_send" if "lanjut" in request.POST else "draft_documents", key=key)
    held = drafts.files_of(proposal)
    notes = {}
    if proposal.state == State.PERBAIKAN:
        last = proposal.steps.filter(target=State.PERBAIKAN).last()
        notes = {item["code"]: item["note"] for item in last.items} if last else {}
    listed = [
        {
            "document": document,
            "stored": held.get(document.pk),
            "help": helps.get(document.code, ""),
            "fault": faults.get(document.code, ""),
            "asked": notes.get(document.code, ""),
        }
        for document in rows
    ]
    return _page(request, proposal, "berkas", {"listed": listed, "faulty": faults}, status=422 if faults else 200)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def send(request: HttpRequest, key: str) -> HttpResponse:
    """Everything on one page, all faults at once, the declarations, and the button that sends."""
    proposal = mine(request, key, "sabilulungan.view_own")
    if proposal.state not in drafts.EDITABLE:
        return redirect("own_detail", key=key)
    form = SendForm(request.POST or None)
    faults = eligibility.faults(proposal) if proposal.state == State.DRAF else eligibility.missing(proposal)
    refusal: Refused | None = None
    if request.method == "POST" and form.is_valid():
        action = Action.AJUKAN if proposal.state == State.DRAF else Action.KIRIM_PERBAIKAN
        device = "" if proposal.on_paper else devices.of(request)
        try:
            flow.perform(
                proposal,
                action,
                request.user,
                version=_version(request, proposal),
                data={**form.cleaned_data, "device": device},
                request=request,
            )
        except AlreadyDone as error:
            messages.info(request, error.sentence)
            return redirect("own_detail", key=key)
        except Refused as error:
            refusal, faults = error, error.faults
        else:
            messages.success(request, "Usulan sudah dikirim. Kabar berikutnya masuk ke kotak masuk Anda.")
            answer = redirect("own_detail", key=key)
            if device:
                devices.give(answer, device)
            return answer
    held = drafts.files_of(proposal)
    context = {
        "form": form,
        "faults": [(_where(proposal, fault), fault.sentence) for fault in faults],
        "refusal": refusal,
        "stale": isinstance(refusal, Stale),
        "warnings": eligibility.warnings(proposal),
        "declarations": DECLARATIONS,
        "lines": proposal.lines.all(),
        "documents": [(document, held.get(document.pk)) for document in proposal.documents.all()],
        "field": profile_of(proposal).field(proposal.field),
        "chair": chair_codes.shown(proposal),
    }
    return _page(request, proposal, "kirim", context, status=409 if refusal else 200)


def _where(proposal: Proposal, fault: Fault) -> str:
    page, _, name = fault.field.partition(":")
    if page not in _VIEW or page == "kirim":
        return ""
    return f"{reverse(_VIEW[page], args=[proposal.key])}#{'id_' if page == 'kegiatan' else ''}{name}"
