"""What a recipient does after the decree: papers, leader, agreement, pay-out request, report."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods

from core.errors import AlreadyDone, Fault, Refused
from sabilulungan.domain import accounts, drafts, findings, flow
from sabilulungan.domain.rulebook import profile_of
from sabilulungan.enums import Action, State
from sabilulungan.interfaces.forms.accounts import AccountForm
from sabilulungan.interfaces.forms.later import APPLICANT_FORMS
from sabilulungan.interfaces.forms.voices import FindingAnswerForm
from sabilulungan.models import Proposal
from sabilulungan.web import chair_codes
from sabilulungan.web.own import mine
from sabilulungan.web.parts import add_faults

_LEADS = {
    Action.GANTI_KETUA: "Perubahan ini tampil untuk umum sebagai ketua berganti.",
    Action.KONFIRMASI: "Baca isi perjanjian di bawah. Sesudah Anda setujui, perjanjian ditandatangani pemerintah.",
    Action.MINTA_CAIR: "Uang hanya dibayarkan ke rekening atas nama penerima.",
    Action.LAPORKAN: "Kuitansi disimpan penerima dan dapat diperiksa sewaktu-waktu.",
}


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def papers(request: HttpRequest, key: str) -> HttpResponse:
    """Upload the papers of the pay-out file or of the report; each is stored at once, one bad file loses no other."""
    proposal = mine(request, key)
    phase = drafts.phase_now(proposal)
    if phase is None or proposal.state == State.DRAF:
        raise Http404
    rows = list(proposal.documents.filter(phase=phase))
    faults: dict[str, str] = {}
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
            return redirect("own_detail", key=key)
    held = drafts.files_of(proposal)
    helps = {rule.code: rule.help for rule in profile_of(proposal).documents}
    listed = [
        {
            "document": document,
            "stored": held.get(document.pk),
            "help": helps.get(document.code, ""),
            "fault": faults.get(document.code, ""),
        }
        for document in rows
    ]
    context = {"proposal": proposal, "phase": phase, "listed": listed, "faulty": faults}
    return render(request, "sabilulungan/own_papers.html", context, status=422 if faults else 200)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def act(request: HttpRequest, key: str, action: str) -> HttpResponse:
    """Show one act with its form, and do it; what was typed stays when it is refused."""
    proposal = mine(request, key)
    if action not in APPLICANT_FORMS:
        raise Http404
    if not any(row.action == action for row in flow.available(proposal, request.user)):
        return _gone(request, proposal, action)
    form = APPLICANT_FORMS[action](request.POST or None, request.FILES or None, proposal=proposal)
    if request.method == "POST" and form.is_valid():
        try:
            flow.perform(
                proposal,
                action,
                request.user,
                version=form.cleaned_data.get("version") or proposal.version,
                data=form.data_of(),
                request=request,
            )
        except Refused as error:
            add_faults(form, _readable(error))
        else:
            messages.success(request, f"{Action(action).label}: sudah dicatat.")
            return redirect("own_detail", key=key)
    context = {
        "form": form,
        "proposal": proposal,
        "action": Action(action),
        "lead": _LEADS[Action(action)],
        "line": getattr(proposal, "decree_line", None),
        "report_day": profile_of(proposal).after.report_day(proposal.budget_year),
        "lines": proposal.lines.all(),
        "may_add_account": action == Action.MINTA_CAIR and accounts.may_add(proposal),
        "chair": chair_codes.shown(proposal) if action == Action.KONFIRMASI else None,
    }
    return render(request, "sabilulungan/own_act.html", context, status=422 if form.errors else 200)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def account(request: HttpRequest, key: str) -> HttpResponse:
    """Add an account to be paid into; what was typed stays when it is refused."""
    proposal = mine(request, key)
    if not accounts.may_add(proposal):
        raise Http404
    form = AccountForm(request.POST or None, initial={"owner_name": proposal.recipient.name})
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            accounts.add(
                proposal, request.user, bank=data["bank"], number=data["account_number"],
                owner_name=data["owner_name"],
            )  # fmt: skip
        except Refused as error:
            add_faults(form, error)
        else:
            messages.success(request, "Rekening tersimpan. Pilih rekening itu di bawah.")
            return redirect("own_act", key=key, action=Action.MINTA_CAIR)
    context = {"form": form, "proposal": proposal}
    return render(request, "sabilulungan/own_account.html", context, status=422 if form.errors else 200)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def finding(request: HttpRequest, key: str, pk: int) -> HttpResponse:
    """Answer a red flag that was found true; finding and answer are then public."""
    proposal = mine(request, key)
    flag = get_object_or_404(findings.confirmed(proposal), pk=pk, answer="")
    form = FindingAnswerForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            findings.answer(flag.pk, request.user, form.cleaned_data["answer"])
        except Refused as error:
            add_faults(form, error)
        else:
            messages.success(request, "Jawaban Anda sudah tampil bersama temuannya.")
            return redirect("own_detail", key=key)
    context = {"form": form, "proposal": proposal, "flag": flag}
    return render(request, "sabilulungan/own_finding.html", context, status=422 if form.errors else 200)


def _gone(request: HttpRequest, proposal: Proposal, action: str) -> HttpResponse:
    """Answer an act that is not possible now: a double click is told so, anything else is refused with its reason."""
    version = request.POST.get("version", "")
    if request.method == "POST" and version.isdigit():
        try:
            flow.perform(proposal, action, request.user, version=int(version))
        except AlreadyDone as error:
            messages.info(request, error.sentence)
    return redirect("own_detail", key=proposal.key)


def _readable(error: Refused) -> Refused:
    """Say before each missing paper where it is uploaded."""
    faults = [
        Fault(fault.field, f"Berkas: {fault.sentence}") if fault.field.startswith("berkas:") else fault
        for fault in error.faults
    ]
    return Refused(error.sentence, faults)
