"""What an applicant sees of his own proposals."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from core.access import fetch
from core.errors import AlreadyDone, Refused
from core.models import StoredFile
from core.paging import paginate
from sabilulungan.domain import drafts, findings, flow, letters, recipients, rulebook, signing
from sabilulungan.domain.queries import lists, public
from sabilulungan.domain.queries.public import Item, events
from sabilulungan.enums import Action, Phase, State
from sabilulungan.interfaces.forms.drafts import WithdrawForm
from sabilulungan.models import Document, Proposal
from sabilulungan.rules.privacy import Subject, open_items
from sabilulungan.web.parts import add_faults

MOST_WAITING = 30
LATER_ACTS = (Action.KONFIRMASI, Action.GANTI_KETUA, Action.MINTA_CAIR, Action.LAPORKAN)
FULL = Proposal.objects.select_related("recipient", "profile", "account")


@login_required
@require_safe
def listing(request: HttpRequest) -> HttpResponse:
    """Show my proposals, what waits for me first."""
    proposals = lists.own(request.user)
    waits = lists.waits_for_applicant()
    waiting = proposals.filter(waits)[:MOST_WAITING]
    windows = rulebook.openings()
    page = paginate(request, proposals.exclude(waits))
    context = {
        "waiting": [(one, public.row(one)) for one in waiting],
        "page": page,
        "rows": [(one, public.row(one)) for one in page],
        "mine": recipients.of_user(request.user),
        "windows": windows,
        "closed": "" if windows else rulebook.closed_sentence(),
    }
    return render(request, "sabilulungan/own.html", context)


def mine(request: HttpRequest, key: str, permission: str = "sabilulungan.view_own") -> Proposal:
    """Return my proposal; a stranger gets 404, a file already sent 403 where it would be changed."""
    return fetch(request.user, permission, FULL, view="sabilulungan.view_own", key=key)


@login_required
@require_safe
def detail(request: HttpRequest, key: str) -> HttpResponse:
    """Show where my proposal stands, what is asked of me, and everything I sent."""
    proposal = mine(request, key)
    if proposal.state == State.DRAF:
        return redirect("draft_activity", key=key)
    log = list(proposal.steps.all())
    held = drafts.files_of(proposal)
    offered = {row.action for row in flow.available(proposal, request.user)}
    returned = next((step for step in reversed(log) if step.target == State.PERBAIKAN), None)
    context = {
        "proposal": proposal,
        "row": public.row(proposal),
        "path": public.path(proposal, rulebook.profile_of(proposal), log),
        "events": events(proposal, log, open_items(Subject.ORGANISATION) | {Item.DECISION_REASONS}),
        "items": returned.items if returned and proposal.state == State.PERBAIKAN else [],
        "documents": [(document, held.get(document.pk)) for document in _shown(proposal)],
        "lines": proposal.lines.all(),
        "findings": findings.confirmed(proposal),
        "withdraw": Action.TARIK in offered,
        "acts": [action for action in LATER_ACTS if action in offered],
        "papers": _papers(proposal, held),
        "prints": [
            (paper, signing.signature_of(proposal, paper.code))
            for paper in letters.available(proposal, request.user, applicant=True)
        ],
    }
    return render(request, "sabilulungan/own_detail.html", context)


def _shown(proposal: Proposal) -> QuerySet[Document]:
    """Return the documents a recipient sees: his own of every phase, not the officers' scans."""
    return proposal.documents.exclude(phase=Phase.PETUGAS)


def _papers(proposal: Proposal, held: dict[int, StoredFile]) -> dict[str, int] | None:
    """Return how many papers of the present phase are asked for and there, None when none are asked now."""
    phase = drafts.phase_now(proposal)
    if phase is None or (phase == Phase.USULAN and proposal.state != State.PERBAIKAN):
        return None
    asked = list(proposal.documents.filter(phase=phase, required=True))
    return {"asked": len(asked), "there": sum(document.pk in held for document in asked)}


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def withdraw(request: HttpRequest, key: str) -> HttpResponse:
    """Withdraw a proposal, with a reason."""
    proposal = mine(request, key)
    form = WithdrawForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            flow.perform(
                proposal,
                Action.TARIK,
                request.user,
                version=proposal.version,
                note=form.cleaned_data["note"],
                request=request,
            )
        except AlreadyDone as error:
            messages.info(request, error.sentence)
            return redirect("own_detail", key=key)
        except Refused as error:
            add_faults(form, error)
        else:
            messages.success(request, "Usulan sudah ditarik.")
            return redirect("own_detail", key=key)
    return render(
        request, "sabilulungan/withdraw.html", {"form": form, "proposal": proposal}, status=422 if form.errors else 200
    )


@login_required
@require_POST
def discard(request: HttpRequest, key: str) -> HttpResponse:
    """Throw a draft away."""
    proposal = mine(request, key)
    drafts.discard(proposal)
    messages.success(request, "Draf sudah dihapus.")
    return redirect("own")
