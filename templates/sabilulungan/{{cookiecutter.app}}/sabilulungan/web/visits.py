"""Pages of the field: the list of a camat or lurah, the visit form, and the registry of organisations."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from core.errors import Refused
from core.paging import paginate
from sabilulungan.domain import visits
from sabilulungan.domain.queries import public
from sabilulungan.domain.recipients import full_address
from sabilulungan.enums import ORGANISATIONS, Role
from sabilulungan.interfaces.forms.visits import LegalForm, VisitForm
from sabilulungan.models import Proposal, Recipient
from sabilulungan.web.parts import add_faults

FULL = Proposal.objects.public().select_related("recipient", "profile")


@login_required
@require_safe
def area(request: HttpRequest) -> HttpResponse:
    """List the cases of a camat's or lurah's place that wait for his statement."""
    if not request.user.has_role(Role.WILAYAH):
        raise Http404
    page = paginate(request, visits.to_visit(request.user))
    rows = [(proposal, public.row(proposal)) for proposal in page]
    return render(request, "sabilulungan/area.html", {"page": page, "rows": rows})


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def visit(request: HttpRequest, number: str) -> HttpResponse:
    """File a visit; what was typed stays when a photo is unfit."""
    proposal = get_object_or_404(FULL, number=number)
    role = visits.role_at(request.user, proposal)
    if role is None:
        raise Http404
    form = VisitForm(request.POST or None, {"photos": request.FILES.getlist("photos")} if request.FILES else None)
    if request.method == "POST" and form.is_valid():
        data = dict(form.cleaned_data)
        position, photos = data.pop("position"), data.pop("photos")
        try:
            visits.file_visit(proposal, request.user, data, position, photos)
        except Refused as error:
            add_faults(form, error)
        else:
            messages.success(request, "Kunjungan sudah tersimpan.")
            return redirect("area") if role == Role.WILAYAH else redirect("desk_case", number=number)
    context = {"form": form, "proposal": proposal, "address": full_address(proposal.recipient)}
    return render(request, "sabilulungan/visit.html", context, status=422 if form.errors else 200)


@login_required
@require_safe
def organisations(request: HttpRequest) -> HttpResponse:
    """List the organisations of the register, those never checked first."""
    if not request.user.has_role(Role.KESBANGPOL):
        raise Http404
    text = request.GET.get("cari", "").strip()[:100]
    page = paginate(request, visits.organisations(text))
    rows = [(one, next(iter(reversed(one.legal_checks.all())), None)) for one in page]
    return render(request, "sabilulungan/organisations.html", {"page": page, "rows": rows, "text": text})


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def organisation(request: HttpRequest, public_id: str) -> HttpResponse:
    """Show an organisation's papers by name and record the registry's word on it."""
    if not request.user.has_role(Role.KESBANGPOL):
        raise Http404
    found = get_object_or_404(Recipient, public_id=public_id, type__in=ORGANISATIONS)
    form = LegalForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        visits.check_legal(found, request.user, valid=form.cleaned_data["valid"], note=form.cleaned_data["note"])
        messages.success(request, "Hasil pemeriksaan sudah dicatat.")
        return redirect("organisations")
    context = {
        "form": form,
        "found": found,
        "address": full_address(found),
        "officers": found.officers.filter(until__isnull=True),
        "checks": found.legal_checks.select_related("by").order_by("-pk"),
    }
    return render(request, "sabilulungan/organisation.html", context, status=422 if form.errors else 200)
