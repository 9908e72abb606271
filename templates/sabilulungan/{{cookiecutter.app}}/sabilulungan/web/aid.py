"""Unplanned aid: the public sums per village, and the pages of officers."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from core import identity
from core.errors import AlreadyDone, Refused
from core.paging import paginate
from core.wilayah import name_of
from sabilulungan.domain import aid as aids
from sabilulungan.domain.aid.machine import history
from sabilulungan.domain.queries.paths import role_title
from sabilulungan.domain.rulebook import current
from sabilulungan.enums import AidAction
from sabilulungan.interfaces.forms.aid import FORMS, AidRequestForm
from sabilulungan.models import UnplannedAid
from sabilulungan.web.parts import add_faults


@require_safe
def public(request: HttpRequest) -> HttpResponse:
    """Show how much went to which village; who received it is nobody's business."""
    years = aids.years()
    chosen = request.GET.get("tahun", "")
    year = int(chosen) if chosen.isdigit() and int(chosen) in years else (years[0] if years else 0)
    rows = aids.per_village(year) if year else []
    context = {
        "years": years,
        "year": year,
        "rows": rows,
        "count": sum(row.count for row in rows),
        "total": sum(row.total for row in rows),
    }
    return render(request, "sabilulungan/aid_public.html", context)


def _officer(request: HttpRequest) -> None:
    if not request.user.has_perm("sabilulungan.unplanned_aid"):
        raise Http404


@login_required
@require_safe
def listing(request: HttpRequest) -> HttpResponse:
    """List what a person may read, what waits for him first."""
    _officer(request)
    waiting = aids.waiting(request.user).order_by("state_since", "pk")
    page = paginate(request, aids.visible(request.user).exclude(pk__in=waiting.values("pk")).order_by("-pk"))
    context = {
        "waiting": waiting,
        "page": page,
        "may_enter": request.user.has_perm("sabilulungan.enter_aid"),
    }
    return render(request, "sabilulungan/aid_list.html", context)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """Record a request."""
    if not request.user.has_perm("sabilulungan.enter_aid"):
        raise Http404
    form = AidRequestForm(request.POST or None, user=request.user)
    if request.method == "POST" and form.is_valid():
        begun = aids.begin(request.user, form.values(), request)
        messages.success(request, f"Permintaan tercatat dengan nomor {begun.number}.")
        return redirect("aid_case", number=begun.number)
    return render(request, "sabilulungan/aid_new.html", {"form": form}, status=422 if form.errors else 200)


def _case(request: HttpRequest, number: str) -> UnplannedAid:
    _officer(request)
    return get_object_or_404(aids.visible(request.user), number=number)


def _show(request: HttpRequest, found: UnplannedAid, bound: Any = None, *, status: int = 200) -> HttpResponse:
    profile = current()
    offered = [AidAction(row.action) for row in aids.available(found, request.user) if row.action in FORMS]
    context = {
        "aid": found,
        "nik": identity.mask_nik(found.nik),
        "village": name_of(found.village_code),
        "office": profile.office_name(found.office),
        "log": [(entry, role_title(entry.role, profile, found.office)) for entry in history(found)],
        "acts": [
            {"action": action, "form": bound[1] if bound and bound[0] == action else FORMS[action](aid=found)}
            for action in offered
        ],
    }
    return render(request, "sabilulungan/aid_case.html", context, status=status)


@login_required
@require_safe
def case(request: HttpRequest, number: str) -> HttpResponse:
    """Show a case and what this person may do."""
    return _show(request, _case(request, number))


@login_required
@require_http_methods(["POST"])
def act(request: HttpRequest, number: str, action: str) -> HttpResponse:
    """Do an act; what was typed stays when it is refused."""
    found = _case(request, number)
    if action not in FORMS:
        raise Http404
    form = FORMS[action](request.POST, aid=found)
    if not form.is_valid():
        return _show(request, found, (action, form), status=422)
    data = dict(form.cleaned_data)
    version, note = data.pop("version") or found.version, data.pop("note", "")
    try:
        aids.perform(found, action, request.user, version=version, data=data, note=note, request=request)
    except AlreadyDone as error:
        messages.info(request, error.sentence)
        return redirect("aid")
    except Refused as error:
        if not any(row.action == action for row in aids.available(found, request.user)):
            raise
        add_faults(form, error)
        return _show(request, found, (action, form), status=409)
    messages.success(request, f"{found.number}: {AidAction(action).label.lower()} sudah dicatat.")
    return redirect("aid")
