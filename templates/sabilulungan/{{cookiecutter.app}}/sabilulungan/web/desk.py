"""The desk: what waits for a person, the case beside its documents, and the acts."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from core import audit, dates, identity
from core.access import fetch
from core.errors import AlreadyDone, Refused
from core.paging import paginate
from sabilulungan.domain import drafts, exceptions, flags, flow
from sabilulungan.domain.flow.people import involved
from sabilulungan.domain.queries import lists, public
from sabilulungan.domain.queries.public import events
from sabilulungan.domain.rulebook import profile_of
from sabilulungan.enums import Action, Role
from sabilulungan.interfaces.forms.acts import ActForm, CloseFlagForm, InterestForm, UnmaskForm, form_for
from sabilulungan.models import Flag, Proposal
from sabilulungan.rules.privacy import Subject, open_items
from sabilulungan.web.parts import add_faults

FULL = Proposal.objects.public().select_related("recipient", "profile", "account")
_DANGER = (Action.TOLAK, Action.TIDAK_DIPERTIMBANGKAN)
_APPLICANTS = (Action.TARIK, Action.AJUKAN, Action.KIRIM_PERBAIKAN, Action.LEWAT_WAKTU)
_ORDER = (Action.KEMBALIKAN, Action.SALAH_BIDANG, Action.TANYAKAN, Action.TIDAK_DIPERTIMBANGKAN, Action.TOLAK)
_PARTS = {
    Action.LENGKAP: "sabilulungan/parts/form_completeness.html",
    Action.REKOMENDASIKAN: "sabilulungan/parts/form_recommend.html",
}


def _at_desk(request: HttpRequest) -> None:
    if not request.user.has_perm("sabilulungan.desk"):
        raise Http404


@login_required
@require_safe
def queue(request: HttpRequest) -> HttpResponse:
    """Show what waits for me, counted, the most urgent first."""
    _at_desk(request)
    page = paginate(request, lists.queue(request.user))
    today = dates.today()
    context = {
        "counts": lists.queue_counts(request.user),
        "page": page,
        "rows": [(proposal, public.row(proposal, today)) for proposal in page],
    }
    return render(request, "sabilulungan/desk.html", context)


def _case(request: HttpRequest, number: str) -> Proposal:
    return fetch(request.user, "sabilulungan.view_case", FULL, number=number)


@login_required
@require_safe
def case(request: HttpRequest, number: str) -> HttpResponse:
    """Show a case with its documents, and the forms of what this person may do."""
    proposal = _case(request, number)
    return _show(request, proposal)


def _acts(proposal: Proposal, actions: list[str], bound: "tuple[str, ActForm] | None") -> list[dict[str, Any]]:
    """Return the forms of the acts, the main one first; the first step has one form with two buttons."""
    offered = [Action(action) for action in actions if action not in _APPLICANTS]
    offered.sort(key=lambda action: _ORDER.index(action) if action in _ORDER else -1)
    shared = Action.LENGKAP in offered
    found = []
    for action in offered:
        if shared and action == Action.KEMBALIKAN:
            continue
        mine = bound is not None and (bound[0] == action or (shared and bound[0] == Action.KEMBALIKAN))
        found.append(
            {
                "action": action,
                "heading": "Periksa berkas" if action == Action.LENGKAP else action.label,
                "second": Action.KEMBALIKAN if action == Action.LENGKAP else None,
                "form": bound[1] if bound and mine else form_for(action, proposal)(proposal=proposal),
                "part": _PARTS.get(action, ""),
                "danger": action in _DANGER,
                "bound": mine,
            }
        )
    return found


def _show(
    request: HttpRequest, proposal: Proposal, bound: "tuple[str, ActForm] | None" = None, *, status: int = 200
) -> HttpResponse:
    user = request.user
    profile = profile_of(proposal)
    log = list(proposal.steps.select_related("actor"))
    held = drafts.versions_of(proposal)
    acts = _acts(proposal, [row.action for row in flow.available(proposal, user)], bound)
    route = profile.field(proposal.field)
    context: dict[str, Any] = {
        "proposal": proposal,
        "recipient": proposal.recipient,
        "row": public.row(proposal),
        "path": public.path(proposal, profile, log),
        "events": events(proposal, log, open_items(Subject.ORGANISATION)),
        "amounts": public.amounts_of(proposal, open_items(Subject.ORGANISATION)),
        "officers": [(officer, identity.mask_nik(officer.nik)) for officer in proposal.recipient.officers.all()],
        "account": identity.mask_account(proposal.account.number) if proposal.account else "",
        "documents": [(document, held.get(document.pk, [])) for document in proposal.documents.all()],
        "lines": list(proposal.lines.all()),
        "evaluations": proposal.evaluations.prefetch_related("answers").select_related("by"),
        "flags": proposal.flags.select_related("other__recipient", "closed_by"),
        "may_close": user.has_perm("sabilulungan.close_flag", proposal),
        "close_form": CloseFlagForm(),
        "acts": acts,
        "own_matter": involved(user, proposal),
        "field": route,
        "office": profile.office_name(proposal.office) if proposal.office else "",
        "may_unmask": user.has_perm("sabilulungan.unmask", proposal),
        "interest_form": InterestForm(),
    }
    return render(request, "sabilulungan/desk_case.html", context, status=status)


@login_required
@require_POST
def act(request: HttpRequest, number: str, action: str) -> HttpResponse:
    """Do an act; what was typed stays when it is refused."""
    proposal = _case(request, number)
    if action not in Action.values or action in _APPLICANTS:
        raise Http404
    form = form_for(action, proposal)(request.POST, proposal=proposal)
    if not form.is_valid():
        return _show(request, proposal, (action, form), status=422)
    try:
        changed = flow.perform(
            proposal,
            action,
            request.user,
            version=form.cleaned_data.get("version") or proposal.version,
            data=form.data_of(),
            note=form.note,
            request=request,
        )
    except AlreadyDone as error:
        messages.info(request, error.sentence)
        return redirect("desk")
    except Refused as error:
        if not any(row.action == action for row in flow.available(proposal, request.user)):
            raise
        add_faults(form, error)
        return _show(request, proposal, (action, form), status=409)
    messages.success(request, f"{changed.number}: {Action(action).label.lower()} sudah dicatat.")
    return redirect("desk")


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def unmask(request: HttpRequest, number: str) -> HttpResponse:
    """Show protected data to the auditor after a typed purpose, which is logged as a read."""
    proposal = fetch(request.user, "sabilulungan.unmask", FULL, view="sabilulungan.view_case", number=number)
    form = UnmaskForm(request.POST or None)
    opened = False
    if request.method == "POST" and form.is_valid():
        audit.record_read(
            proposal, form.cleaned_data["purpose"], actor=request.user, role=Role.INSPEKTORAT, request=request
        )
        opened = True
    context = {
        "proposal": proposal,
        "recipient": proposal.recipient,
        "officers": proposal.recipient.officers.all() if opened else [],
        "accounts": proposal.recipient.accounts.all() if opened else [],
        "opened": opened,
        "form": form,
    }
    response = render(request, "sabilulungan/desk_unmask.html", context, status=422 if form.errors else 200)
    response["Cache-Control"] = "private, no-store"
    return response


@login_required
@require_POST
def interest(request: HttpRequest, number: str) -> HttpResponse:
    """Declare a tie to the applicant; from then on this person acts on none of its cases."""
    proposal = _case(request, number)
    form = InterestForm(request.POST)
    if form.is_valid():
        exceptions.declare_interest(proposal, request.user, form.cleaned_data["relation"])
        messages.success(request, "Tercatat. Berkas penerima ini akan dikerjakan orang lain.")
        return redirect("desk")
    messages.error(request, "Tulis hubungan Anda dengan pemohon.")
    return redirect("desk_case", number=number)


@login_required
@require_POST
def close_flag(request: HttpRequest, number: str, pk: int) -> HttpResponse:
    """Close a flag with a reason."""
    proposal = _case(request, number)
    if not request.user.has_perm("sabilulungan.close_flag", proposal):
        raise PermissionDenied("Tanda ini ditutup oleh tim pertimbangan, inspektorat, atau penilai kedua.")
    if not Flag.objects.filter(pk=pk, proposal=proposal).exists():
        raise Http404
    form = CloseFlagForm(request.POST)
    if not form.is_valid():
        messages.error(request, "Tulis alasan menutup tanda ini.")
        return redirect("desk_case", number=number)
    role = next(role for role in (Role.TP, Role.INSPEKTORAT, Role.OPD) if request.user.has_role(role))
    flags.close(pk, request.user, form.cleaned_data["reason"], role)
    messages.success(request, "Tanda sudah ditutup.")
    return redirect("desk_case", number=number)
