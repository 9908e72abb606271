"""The chair's word by telephone: send a code to his number, and take it."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from core.errors import Refused
from sabilulungan.domain import chair_codes
from sabilulungan.enums import Action, State
from sabilulungan.models import Proposal
from sabilulungan.web.own import mine


def shown(proposal: Proposal) -> dict[str, object] | None:
    """Return what the page tells of the chair's word; None where it is not asked for."""
    leader = chair_codes.asked_of(proposal)
    if leader is None:
        return None
    given = chair_codes.confirmed(proposal)
    return {"name": leader.name, "number": chair_codes.masked(leader), "given": given.confirmed_at if given else None}


@login_required
@require_POST
def code(request: HttpRequest, key: str) -> HttpResponse:
    """Send a code, or take the one that was typed; then back to the page it is for."""
    proposal = mine(request, key)
    try:
        if "kode" in request.POST:
            chair_codes.confirm(proposal, request.POST["kode"], request.user)
            messages.success(request, "Ketua sudah memastikan.")
        else:
            chair_codes.send(proposal, request.user)
            messages.success(request, "Kode sudah dikirim ke telepon ketua.")
    except Refused as error:
        messages.error(request, " ".join([error.sentence, *(fault.sentence for fault in error.faults)]))
    if proposal.state == State.DRAF:
        return redirect("draft_send", key=key)
    return redirect("own_act", key=key, action=Action.KONFIRMASI)
