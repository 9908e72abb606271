"""The desk: what waits for a person, the case beside its documents, and the acts."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from core import audit, dates, identity
from core.access import fetch
from core.errors import AlreadyDone, Refused
from core.models import User
from core.paging import paginate
from sabilulungan.domain import (
    civil,
    copies,
    drafts,
    envelopes,
    exceptions,
    flow,
    letters,
    papers,
    prices,
    signing,
    visits,
)
from sabilulungan.domain.flow.people import involved
from sabilulungan.domain.letters import seats
from sabilulungan.domain.queries import lists, public, unsigned
from sabilulungan.domain.queries.later import later_of
from sabilulungan.domain.queries.paths import waits_for
from sabilulungan.domain.queries.public import events
from sabilulungan.domain.rulebook import profile_of
from sabilulungan.enums import OFFICE_ROLES, Action, Role, State
from sabilulungan.interfaces.forms.acts import ActForm, InterestForm, UnmaskForm
from sabilulungan.interfaces.forms.catalogue import form_for
from sabilulungan.interfaces.forms.later import APPLICANT_FORMS
from sabilulungan.models import Proposal, SignedPaper
from sabilulungan.rules.privacy import Subject, open_items
from sabilulungan.web.parts import add_faults

FULL = Proposal.objects.public().select_related("recipient", "profile", "account")
_DANGER = (
    Action.TOLAK,
    Action.TIDAK_DIPERTIMBANGKAN,
    Action.TIDAK_DIANGGARKAN,
    Action.BATALKAN,
    Action.SANKSI,
    Action.TEMUAN,
)
_APPLICANTS = (
    Action.TARIK,
    Action.AJUKAN,
    Action.KIRIM_PERBAIKAN,
    Action.LEWAT_WAKTU,
    Action.PERINGATKAN,
    *APPLICANT_FORMS,
)
_ORDER = (
    Action.CATAT_SETORAN,
    Action.KEMBALIKAN,
    Action.KEMBALIKAN_LAPORAN,
    Action.SALAH_BIDANG,
    Action.TANYAKAN,
    *_DANGER,
)
_DECIDED_BY_MONEY = (State.PERTIMBANGAN, State.PERSETUJUAN, State.DISETUJUI)
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
        "reads_late": request.user.has_role(*lists.READS_ALL, *OFFICE_ROLES),
        "page": page,
        "rows": [(proposal, public.row(proposal, today)) for proposal in page],
    }
    return render(request, "sabilulungan/desk.html", context)


@login_required
@require_safe
def late(request: HttpRequest) -> HttpResponse:
    """List what lies longer than allowed, with who has it now; an office sees its own cases only."""
    rows = lists.late(request.user)
    if rows is None:
        raise Http404
    page = paginate(request, rows)
    today = dates.today()
    found = [
        (proposal, public.row(proposal, today), waits_for(State(proposal.state), profile_of(proposal), proposal.office))
        for proposal in page
    ]
    return render(request, "sabilulungan/late.html", {"page": page, "rows": found})


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
    officers = list(proposal.recipient.officers.all())
    registry = civil.shown(proposal, officers)
    found = seats.of(proposal) if proposal.amount_opd is not None else []
    context: dict[str, Any] = {
        "proposal": proposal,
        "recipient": proposal.recipient,
        "row": public.row(proposal),
        "path": public.path(proposal, profile, log),
        "events": events(proposal, log, open_items(Subject.ORGANISATION)),
        "amounts": public.amounts_of(proposal, open_items(Subject.ORGANISATION)),
        "officers": [(one, identity.mask_nik(one.nik), registry.get(one.pk)) for one in officers],
        "account": identity.mask_account(proposal.account.number) if proposal.account else "",
        "documents": [(document, held.get(document.pk, [])) for document in proposal.documents.all()],
        "lines": prices.beside_standard(proposal),
        "evaluations": proposal.evaluations.prefetch_related("answers").select_related("by"),
        "flags": proposal.flags.select_related("other__recipient", "closed_by"),
        "chair_words": proposal.chair_codes.filter(confirmed_at__isnull=False),
        "may_close": user.has_perm("sabilulungan.close_flag", proposal),
        "acts": acts,
        "quiet": profile.after.quiet(dates.today()) if acts else "",
        "later": later_of(proposal, log, open_items(Subject.ORGANISATION)),
        "unsigned": bool(acts) and proposal.state == State.PENCAIRAN and not papers.agreement_is_signed(proposal),
        "rooms": _rooms(proposal) if acts and proposal.state in _DECIDED_BY_MONEY else None,
        "report": proposal.reports.last(),
        "visits": visits.visits_of(proposal),
        "may_visit": visits.role_at(user, proposal) is not None,
        "legal": proposal.recipient.legal_checks.last(),
        "prints": _prints(proposal, user),
        "seats": [(seat, signing.may_file_scan(user, proposal, seat.code)) for seat in found],
        "my_seat": _my_seat(proposal, user, found),
        "own_matter": involved(user, proposal),
        "field": route,
        "office": profile.office_name(proposal.office) if proposal.office else "",
        "may_unmask": user.has_perm("sabilulungan.unmask", proposal),
        "may_take": user.has_perm("sabilulungan.take_file", proposal),
        "may_publish": copies.may_have_copies(proposal) and user.has_perm("sabilulungan.publish_copies", proposal),
        "interest_form": InterestForm(),
    }
    return render(request, "sabilulungan/desk_case.html", context, status=status)


def _my_seat(proposal: Proposal, user: User, found: list[seats.Seat]) -> seats.Seat | None:
    """Return the seat under the recommendation whose turn it is and that this person signs."""
    if proposal.state not in unsigned.BEFORE_APPROVAL:
        return None
    return next((seat for seat in seats.turns(found) if signing.may_sign(user, proposal, seat.code)), None)


def _rooms(proposal: Proposal) -> list[envelopes.Room]:
    """Return the year's limits that stand over a case while its amount is decided, this case left out."""
    return envelopes.over(proposal, envelopes.rooms(proposal.budget_year, without=proposal.pk))


def _prints(proposal: Proposal, user: User) -> list[tuple[letters.Paper, SignedPaper | None, bool]]:
    """Return the documents of a case with the signature of each, and whether this person signs it or files its scan."""
    return [
        (paper, signing.signature_of(proposal, paper.code), signing.may_file_scan(user, proposal, paper.code))
        for paper in letters.available(proposal, user, applicant=False)
    ]


@login_required
@require_POST
def act(request: HttpRequest, number: str, action: str) -> HttpResponse:
    """Do an act; what was typed stays when it is refused."""
    proposal = _case(request, number)
    if action not in Action.values or action in _APPLICANTS:
        raise Http404
    if flow.machine_of(proposal).find(proposal.state, action) is None:
        return _overtaken(request, proposal, action)
    form = form_for(action, proposal)(request.POST, request.FILES, proposal=proposal)
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


def _overtaken(request: HttpRequest, proposal: Proposal, action: str) -> HttpResponse:
    """Answer an act whose state has gone: a double click is told so, everybody else who was faster."""
    version = request.POST.get("version", "")
    try:
        flow.perform(proposal, action, request.user, version=int(version) if version.isdigit() else proposal.version)
    except AlreadyDone as error:
        messages.info(request, error.sentence)
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
