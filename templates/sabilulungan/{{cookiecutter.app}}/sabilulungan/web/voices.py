"""Comments, reports, corrections and following: for everybody, for recipients, and for who answers."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from core import clients, codes, dates
from core.errors import Refused
from core.paging import paginate
from sabilulungan.domain import followers, voices
from sabilulungan.domain.queries.public import redact
from sabilulungan.enums import VoiceKind, VoiceState
from sabilulungan.interfaces.forms.voices import AnswerForm, CorrectionForm, FollowForm, VoiceForm
from sabilulungan.models import CitizenVoice, Follower, Proposal
from sabilulungan.web.own import mine
from sabilulungan.web.parts import add_faults

PUBLIC = Proposal.objects.public().select_related("recipient")


@require_http_methods(["GET", "HEAD", "POST"])
def speak(request: HttpRequest, number: str) -> HttpResponse:
    """Take a comment or a report about a proposal and show its ticket."""
    proposal = get_object_or_404(PUBLIC, number=number)
    form = VoiceForm(
        request.POST or None,
        {"evidence": request.FILES.getlist("evidence")} if request.method == "POST" else None,
        initial={"kind": VoiceKind.LAPORAN if "lapor" in request.GET else ""},
    )
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            voice = voices.speak(
                proposal,
                VoiceKind(data["kind"]),
                data["text"].strip(),
                name=data["name"],
                email=data["email"],
                source=clients.address(request),
                evidence=data["evidence"],
            )
        except Refused as error:
            add_faults(form, error)
        else:
            return redirect("ticket", ticket=voice.ticket)
    context = {"form": form, "proposal": proposal, "days": voices.ANSWER_DAYS}
    return render(request, "sabilulungan/voice_new.html", context, status=422 if form.errors else 200)


@require_safe
def ticket(request: HttpRequest, ticket: str) -> HttpResponse:
    """Show what became of a ticket to whoever holds it."""
    voice = get_object_or_404(CitizenVoice.objects.select_related("proposal"), ticket=codes.normalise(ticket))
    response = render(request, "sabilulungan/ticket.html", {"voice": voice, "answer": redact(voice.answer)})
    response["Cache-Control"] = "private, no-store"
    return response


@require_POST
def follow(request: HttpRequest, number: str) -> HttpResponse:
    """Send a confirmation to an address; the answer is the same whether it follows already or not."""
    proposal = get_object_or_404(PUBLIC, number=number)
    form = FollowForm(request.POST)
    if not form.is_valid():
        messages.error(request, "Tulis alamat surel yang benar, misalnya nama@contoh.id.")
        return redirect("detail", number=number)
    followers.ask(proposal, form.cleaned_data["email"])
    messages.success(request, "Periksa surel Anda, lalu pastikan lewat alamat di dalamnya.")
    return redirect("detail", number=number)


@require_http_methods(["GET", "HEAD", "POST"])
def following(request: HttpRequest, key: str) -> HttpResponse:
    """Confirm or end following; only buttons change anything, so that a mail scanner's visit does not."""
    found = get_object_or_404(Follower.objects.select_related("proposal"), key=key)
    if request.method == "POST":
        if "berhenti" in request.POST:
            followers.stop(found)
            messages.success(request, "Alamat Anda sudah dihapus.")
        else:
            followers.confirm(found)
            messages.success(request, "Anda mengikuti usulan ini.")
        return redirect("detail", number=found.proposal.number)
    return render(request, "sabilulungan/following.html", {"follower": found})


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def correction(request: HttpRequest, key: str) -> HttpResponse:
    """Let a recipient ask for a correction of what is published about it."""
    proposal = mine(request, key)
    if proposal.number is None:
        raise Http404
    form = CorrectionForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            voices.speak(proposal, VoiceKind.KOREKSI, form.cleaned_data["text"].strip(), user=request.user)
        except Refused as error:
            add_faults(form, error)
        else:
            messages.success(request, "Permintaan koreksi sudah dikirim; jawabannya masuk ke kotak masuk Anda.")
            return redirect("own_detail", key=key)
    return render(
        request,
        "sabilulungan/correction.html",
        {"form": form, "proposal": proposal},
        status=422 if form.errors else 200,
    )


@login_required
@require_safe
def listing(request: HttpRequest) -> HttpResponse:
    """List what waits for an answer, the most urgent first, then what was answered."""
    if not request.user.has_perm("sabilulungan.answer_voices"):
        raise Http404
    rows = voices.handled_by(request.user)
    waiting = rows.filter(state=VoiceState.BARU).order_by("due_on", "pk")
    page = paginate(request, rows.exclude(state=VoiceState.BARU).order_by("-answered_at"))
    context = {"waiting": waiting, "page": page, "today": dates.today()}
    return render(request, "sabilulungan/voices.html", context)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def answer(request: HttpRequest, ticket: str) -> HttpResponse:
    """Answer one."""
    if not request.user.has_perm("sabilulungan.answer_voices"):
        raise Http404
    voice = get_object_or_404(voices.handled_by(request.user), ticket=ticket)
    form = AnswerForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            voices.answer(voice, request.user, form.cleaned_data["answer"], accept=form.cleaned_data["accept"] == "ya")
        except Refused as error:
            add_faults(form, error)
        else:
            messages.success(request, "Jawaban sudah dikirim.")
            return redirect("voices")
    context = {"form": form, "voice": voice, "evidence": voices.evidence_of(voice)}
    return render(request, "sabilulungan/voice_answer.html", context, status=422 if form.errors else 200)
