"""The superior's inbox: by age in batches, by person, and late ones that may be opened again."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from core.errors import Refused
from core.paging import paginate
from erk.domain.approval import BATCH, approve_batch
from erk.domain.queries import approval
from erk.web import device
from erk.web.pages import permitted


@permitted("erk.lead")
@require_safe
def inbox(request: HttpRequest) -> HttpResponseBase:
    """Show what waits, the oldest first, twenty a page; `?pegawai=KODE` shows one person's."""
    user: Any = request.user
    rows, piles = approval.waiting_for(user), approval.piles(user)
    person = request.GET.get("pegawai", "")
    if person:
        rows = rows.filter(pegawai__kode=person)
    waiting = sum(pile.count for pile in piles if person in ("", pile.code))
    page = paginate(request, approval.with_proofs(rows), per_page=BATCH, count=waiting)
    context = {
        "page": page,
        "piles": piles,
        "person": person,
        "late": list(approval.late_for(user)[:BATCH]),
        "batch": BATCH,
    }
    return render(request, "erk/inbox.html", context)


@permitted("erk.lead")
@require_POST
def batch(request: HttpRequest) -> HttpResponse:
    """Approve the ticked rows, each with the version it was shown in."""
    versions = {}
    for ticked in request.POST.getlist("pilih"):
        code, _, version = ticked.partition(":")
        versions[code] = int(version) if version.isdigit() else 0
    rows = approval.visible_for(request.user, versions)  # type: ignore[arg-type]
    try:
        ticks, mark = [(row, versions[row.kode]) for row in rows], device.of(request)
        outcomes = approve_batch(request.user, ticks, device=mark, request=request)  # type: ignore[arg-type]
    except Refused as refusal:
        messages.error(request, refusal.sentence)
        return redirect(_back(request))
    done = sum(not outcome.sentence for outcome in outcomes)
    if done:
        messages.success(request, f"{done} aktivitas disetujui.")
    for outcome in outcomes:
        if outcome.sentence:
            what = f"{outcome.activity.pegawai.nama}, {outcome.activity.katalog.nama}"
            (messages.info if outcome.repeated else messages.warning)(request, f"{what}: {outcome.sentence}")
    return redirect(_back(request))


def _back(request: HttpRequest) -> str:
    person = request.POST.get("pegawai", "")
    return reverse("erk:inbox") + (f"?pegawai={person}" if person.isalnum() else "")
