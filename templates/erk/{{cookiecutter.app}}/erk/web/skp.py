"""The year's targets: own ones, those of the team, and for the verifier all of them."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from core import access, audit, dates
from core.errors import NotAllowed, Refused
from core.forms import BaseForm
from core.paging import paginate
from erk.domain import skp
from erk.domain.people import below, positions_of
from erk.domain.permissions import READERS
from erk.enums import PlanState, Role
from erk.interfaces.forms import ReasonForm, show_refusal
from erk.interfaces.skp_forms import NoteForm, PlanForm, RatingForm, ResultsForm
from erk.models import Penempatan, Skp
from erk.web import acts
from erk.web.pages import permitted

FORMS = {"kembalikan": ReasonForm, "keberatan": ReasonForm, "nilai": RatingForm}


def _rows() -> "QuerySet[Skp]":
    return Skp.objects.select_related("pegawai", "jabatan__opd", "penilai")


@permitted("erk.view_plans")
@require_safe
def index(request: HttpRequest) -> HttpResponseBase:
    """List the own plans, those of the team and, for the verifier, all; the newest year first."""
    user: Any = request.user
    seen = Q(pegawai__user=user)
    if user.has_role(*READERS):
        seen = Q()
    elif user.has_perm("erk.lead"):
        team = Penempatan.objects.definitif().on(dates.today())
        seen |= Q(pegawai__in=team.filter(jabatan_id__in=below(positions_of(user), dates.today())).values("pegawai"))
    year = dates.today().year
    missing = user.has_perm("erk.log") and not Skp.objects.filter(pegawai__user=user, tahun=year).exists()
    rows = _rows().filter(seen).order_by("-tahun", "pegawai__nama")
    return render(request, "erk/plans.html", {"page": paginate(request, rows), "year": year, "missing": missing})


@permitted("erk.log")
@require_POST
def new(request: HttpRequest) -> HttpResponseBase:
    """Begin the own plan of this year."""
    user: Any = request.user
    made = skp.begin(user, dates.today().year, request=request)
    return redirect("erk:write_plan" if made.state == PlanState.DRAF else "erk:plan", made.pk)


def _fetch(request: HttpRequest, pk: int) -> Skp:
    found: Skp = access.fetch(request.user, "erk.view_plan", _rows(), pk=pk)
    return found


@login_required
@require_safe
def plan(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Show one plan and what one may do about it."""
    return _page(request, _fetch(request, pk))


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def write(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Write the planned results of the own draft."""
    row = _owned(request, pk, PlanState.DRAF)
    form = PlanForm(request.POST or None, results=list(row.rencana.all()))
    if request.method == "POST" and form.is_valid():
        user: Any = request.user
        try:
            skp.write_plan(user, row, form.results(), request=request)
        except Refused as refusal:
            show_refusal(form, refusal)
        else:
            messages.success(request, "Rencana tersimpan. Ajukan bila sudah lengkap.")
            return redirect("erk:write_plan" if "tambah" in request.POST else "erk:plan", pk)
    context = {"row": row, "form": form, "plan": True}
    return render(request, "erk/plan_form.html", context, status=422 if form.is_bound and form.errors else 200)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def results(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Write what came of the planned results."""
    row = _owned(request, pk, PlanState.DISETUJUI)
    form = ResultsForm(request.POST or None, results=list(row.rencana.all()))
    if request.method == "POST" and form.is_valid():
        user: Any = request.user
        try:
            skp.write_results(user, row, form.found(), request=request)
        except Refused as refusal:
            show_refusal(form, refusal)
        else:
            messages.success(request, "Realisasi tersimpan.")
            return redirect("erk:plan", pk)
    context = {"row": row, "form": form, "plan": False}
    return render(request, "erk/plan_form.html", context, status=422 if form.is_bound and form.errors else 200)


def _owned(request: HttpRequest, pk: int, state: PlanState) -> Skp:
    row = _fetch(request, pk)
    if not skp.own(request.user, row):  # type: ignore[arg-type]
        raise NotAllowed("Hanya pegawainya sendiri yang menulis bagian ini.")
    if row.state != state and request.method != "POST":  # what was sent is refused on its page, and kept there
        raise Refused("SKP ini sudah pada tahap lain, jadi bagian ini tidak dapat diubah.")
    return row


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def rate(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Rate a year, with the rater's own average beside it; a refusal keeps what was typed."""
    row, user = _fetch(request, pk), request.user
    if not skp.holds(user, Role.ATASAN, row):  # type: ignore[arg-type]
        raise NotAllowed("Hanya atasan langsung yang menilai.")
    if row.state != PlanState.DISETUJUI and request.method != "POST":
        raise Refused("SKP ini sudah pada tahap lain, jadi tidak dinilai sekarang.")
    form: BaseForm | None = RatingForm(initial={"versi": row.version}, auto_id="nilai_%s")
    if request.method == "POST":
        form = acts.perform(request, skp.PLANS, row, "nilai", FORMS)
        if form is None:
            return redirect("erk:plan", pk)
    average, people = skp.average_of(user, row.tahun)  # type: ignore[arg-type]
    context = {"row": row, "form": form, "average": average, "people": people, "lacking": skp.lacking_notes(row)}
    return render(request, "erk/plan_rating.html", context, status=422 if request.method == "POST" else 200)


@login_required
@require_POST
def note(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Write a note of today; a refusal shows the page again with what was typed."""
    row, form = _fetch(request, pk), NoteForm(request.POST)
    if form.is_valid():
        user: Any = request.user
        try:
            skp.note(user, row, form.cleaned_data["isi"], request=request)
        except NotAllowed:
            raise
        except Refused as refusal:
            show_refusal(form, refusal)
        else:
            messages.success(request, "Umpan balik tercatat.")
            return redirect("erk:plan", pk)
    return _page(request, row, noted=form)


@login_required
@require_POST
def act(request: HttpRequest, pk: int, aksi: str) -> HttpResponseBase:
    """Hand in, return, agree, object or make final; a refusal shows the page again with what was typed."""
    row = _fetch(request, pk)
    form = acts.perform(request, skp.PLANS, row, aksi, FORMS)
    return redirect("erk:plan", pk) if form is None else _page(request, row, (aksi, form))


def _page(
    request: HttpRequest, row: Skp, refused: tuple[str, BaseForm] | None = None, noted: NoteForm | None = None
) -> HttpResponseBase:
    def url(action: str) -> str:
        return reverse("erk:plan_act", args=[row.pk, action])

    user: Any = request.user
    own, leads = skp.own(user, row), skp.holds(user, Role.ATASAN, row)
    found = acts.available(request, skp.PLANS, row, FORMS, url, refused)
    agreed = row.state == PlanState.DISETUJUI
    context = {
        "row": row,
        "own": own,
        "results": row.rencana.all(),
        "values": row.nilai_perilaku.all(),
        "notes": row.umpan_balik.select_related("oleh"),
        "lacking": skp.lacking_notes(row) if agreed else [],
        "history": audit.history(row),
        "acts": [one for one in found if one.action != "nilai"],
        "rates": leads and agreed,
        "rated_from": skp.rated_from(row),
        "early": dates.today() < skp.rated_from(row),
        "note": (noted or NoteForm()) if leads and agreed else None,
    }
    return render(request, "erk/plan.html", context, status=422 if refused or noted else 200)
