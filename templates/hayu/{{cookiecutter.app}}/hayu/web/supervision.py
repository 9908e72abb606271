"""Inspections of issued permits: what is planned, one inspection, its acts on the phone."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as t
from django.views.decorators.http import require_http_methods, require_safe

from core import audit, dates, files
from core.access import fetch
from core.errors import NotAllowed, Refused
from core.paging import paginate
from hayu.domain import complaints, reads, visit_papers
from hayu.domain.permits import supervision as domain
from hayu.domain.permits.supervision import machine
from hayu.enums import InspectionAction, InspectionState, Role, Trigger
from hayu.interfaces.forms.office import DayForm, EmptyForm, NoteForm
from hayu.interfaces.forms.supervision import FollowUpForm, MinutesForm, PlanForm
from hayu.models import Complaint, Permit, Supervision
from hayu.web import acts
from hayu.web.acts import Page
from hayu.web.forms import refuse

A = InspectionAction
ROWS = Supervision.objects.select_related("permit__type_version", "permit__holder", "officer", "complaint")
PAGES = {
    A.MULAI: Page(EmptyForm, t("Mulai memeriksa"), t("Tekan di tempat; hasilnya Anda yang mencatat."), t("Mulai")),
    A.CATAT: Page(
        MinutesForm, t("Catat hasil pemeriksaan"),
        t("Isi di tempat. Sedikitnya satu foto dan posisi. Isian tersimpan di telepon bila sinyal hilang."),
        t("Simpan berita acara"),
    ),
    A.TINDAK_LANJUTI: Page(
        FollowUpForm, t("Tindak lanjuti temuan"), t("Pemegang izin membaca catatan dan batas waktunya."), t("Simpan")
    ),
    A.JADWALKAN: Page(DayForm, t("Jadwalkan pemeriksaan"), t("Pemegang izin diberi tahu harinya."), t("Jadwalkan")),
    A.TUTUP: Page(NoteForm, t("Tutup pemeriksaan"), t("Tulis hasil akhirnya."), t("Tutup")),
}  # fmt: skip


@login_required
@require_safe
def supervisions(request: HttpRequest) -> HttpResponse:
    """List inspections, the nearest day first; with `semua` the closed ones too."""
    if not request.user.has_role(Role.PENGAWAS, *domain.READERS):
        raise PermissionDenied(_("Halaman ini untuk petugas yang berwenang."))
    rows, everything = domain.open_to(request.user), "semua" in request.GET
    if not everything:
        rows = rows.exclude(state=InspectionState.DITUTUP)
    context = {"page": paginate(request, rows), "everything": everything, "today": dates.today()}
    return render(request, "hayu/supervision/list.html", context)


def _visible(request: HttpRequest, public_id: str) -> Supervision:
    return fetch(request.user, "hayu.view_supervision", ROWS, public_id=public_id)


@login_required
@require_safe
def supervision(request: HttpRequest, public_id: str) -> HttpResponse:
    """Show one inspection: what to do now, minutes with photos, what follows; why and history to officers only."""
    found = _visible(request, public_id)
    reads = domain.open_to(request.user).filter(pk=found.pk).exists()
    handles = reads and found.complaint and complaints.open_to(request.user).filter(pk=found.complaint_id).exists()
    context = {
        "inspection": found,
        "permit": found.permit,
        "acts": acts.offered(machine, found, request.user, PAGES),
        "photos": files.current(found),
        "reads": reads,
        "complaint": found.complaint if handles else None,
        "history": audit.history(found) if reads else [],
    }
    return render(request, "hayu/supervision/inspection.html", context)


@login_required
@require_safe
def minutes(request: HttpRequest, public_id: str) -> HttpResponse:
    """Send the minutes of an inspection that was made as PDF."""
    found = _visible(request, public_id)
    if not found.outcome or found.permit.anonymised_on:
        raise Http404
    reads.note(found.permit, request.user, "Berita acara pemeriksaan diunduh", request)
    name = f'attachment; filename="berita-acara-{found.permit.code}.pdf"'
    return HttpResponse(visit_papers.draw(found), content_type=files.PDF, headers={"Content-Disposition": name})


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def plan(request: HttpRequest, code: str) -> HttpResponse:
    """Plan an inspection of a permit, also from a complaint the officer handles (`?pengaduan=`)."""
    found = fetch(request.user, "hayu.view_permit", Permit.objects.select_related("type_version"), code=code)
    if not request.user.has_role(Role.PENGAWAS):
        raise NotAllowed(_("Pemeriksaan direncanakan oleh pengawas."))
    complaint = _complaint(request, found)
    form = PlanForm(request.POST or None, initial={"trigger": Trigger.PENGADUAN} if complaint else None)
    status = 200
    if request.method == "POST" and form.is_valid():
        planned = Supervision(permit=found, trigger=form.cleaned_data["trigger"], complaint=complaint)
        note = form.cleaned_data["note"]
        try:
            planned = machine.begin(planned, A.RENCANAKAN, request.user, note=note, request=request)
        except NotAllowed:
            raise
        except Refused as refusal:
            form, status = refuse(form, refusal), 409
        else:
            messages.success(request, _("Pemeriksaan direncanakan. Tetapkan harinya."))
            return redirect("hayu:supervision", planned.public_id)
    context = {"permit": found, "form": form, "complaint": complaint}
    return render(request, "hayu/supervision/plan.html", context, status=status)


def _complaint(request: HttpRequest, permit: Permit) -> Complaint | None:
    wanted = request.GET.get("pengaduan", "")
    rows = complaints.open_to(request.user).filter(permit=permit, public_id=wanted)
    return rows.first() if wanted else None


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def act(request: HttpRequest, public_id: str, action: str) -> HttpResponse:
    """Do one act on an inspection."""
    if action not in PAGES:
        raise Http404
    found, page = _visible(request, public_id), PAGES[InspectionAction(action)]

    def ask(form: Any, status: int) -> HttpResponse:
        context = {
            "inspection": found, "permit": found.permit, "form": form, "act": page,
            "with_files": form.is_multipart(), "asks_position": "latitude" in form.fields,
        }  # fmt: skip
        return render(request, "hayu/supervision/act.html", context, status=status)

    return acts.run(request, machine, found, action, page, ask=ask, done=redirect("hayu:supervision", public_id))
