"""Complaints: filed by anybody, followed by their own address, handled by supervisors the matter does not concern."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as t
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from core import audit, dates
from core.clients import address
from core.errors import Refused
from core.paging import paginate
from core.region import region
from hayu.domain import complaints, throttle
from hayu.domain.complaints import machine
from hayu.domain.permits import supervision
from hayu.enums import ComplaintAction, ComplaintState, Role, State
from hayu.interfaces.forms.complaints import ComplaintForm, RevealForm
from hayu.interfaces.forms.office import EmptyForm, NoteForm
from hayu.models import Complaint
from hayu.web import acts
from hayu.web.acts import Page
from hayu.web.forms import refuse

ROWS = Complaint.objects.select_related("report", "permit__application", "application", "reporter", "officer")
PAGES = {
    ComplaintAction.TELAAH: Page(EmptyForm, t("Mulai menelaah"), t("Pengaduan ini Anda pegang."), t("Mulai")),
    ComplaintAction.TINDAK: Page(NoteForm, t("Tindak lanjuti"), t("Apa yang dilakukan?"), t("Simpan")),
    ComplaintAction.JAWAB: Page(
        NoteForm, t("Jawab"), t("Dibaca pelapor. Jangan menyebut nama orang."), t("Kirim jawaban")
    ),
    ComplaintAction.PERPANJANG: Page(
        NoteForm, t("Perpanjang waktu jawaban"), t("Sekali, tujuh hari kerja. Pelapor diberi tahu."), t("Perpanjang")
    ),
    ComplaintAction.TUTUP: Page(EmptyForm, t("Tutup pengaduan"), t("Selesai dan dijawab."), t("Tutup")),
}  # fmt: skip
_KIND = "adu"


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def complain(request: HttpRequest) -> HttpResponse:
    """Take a complaint; without an account, without a name, without JavaScript."""
    form = ComplaintForm(request.POST or None, initial={"about": request.GET.get("tentang", "")[:80]})
    status, source = 200, address(request)
    if request.method == "POST" and throttle.is_blocked(_KIND, source):
        form.add_error(None, _("Terlalu banyak pengaduan dari jaringan ini. Coba lagi satu jam lagi."))
        status = 429
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        user = request.user if request.user.is_authenticated else None
        try:
            filed = complaints.file(
                kind=given["kind"], text=given["text"], related=given["about"], name=given["name"],
                contact=given["contact"], user=user, request=None,
            )  # fmt: skip
        except Refused as refusal:
            form, status = refuse(form, refusal), 409
        else:
            throttle.miss(_KIND, source)
            messages.success(request, _("Pengaduan diterima. Simpan alamat halaman ini untuk melihat jawabannya."))
            return redirect("hayu:complaint", filed.public_id)
    context = {"form": form, "licences": region().licences}
    return render(request, "hayu/complaints/form.html", context, status=status)


@never_cache
@require_safe
def complaint(request: HttpRequest, public_id: str) -> HttpResponse:
    """Show where a complaint stands, to whoever has its address; nothing of who filed it."""
    found = get_object_or_404(ROWS, public_id=public_id)
    return render(request, "hayu/complaints/complaint.html", {"complaint": found})


@login_required
@require_safe
def inbox(request: HttpRequest) -> HttpResponse:
    """List complaints for supervisors, the nearest answer date first; those about themselves are not among them."""
    if not request.user.has_role(Role.PENGAWAS, Role.AUDITOR):
        raise PermissionDenied(_("Halaman ini untuk pengawas."))
    rows = complaints.open_to(request.user)
    if "semua" not in request.GET:
        rows = rows.exclude(state__in=[ComplaintState.DIJAWAB, ComplaintState.DITUTUP])
    context = {"page": paginate(request, rows), "all": "semua" in request.GET, "today": dates.today()}
    return render(request, "hayu/complaints/inbox.html", context)


def _handled(request: HttpRequest, public_id: str) -> Complaint:
    found = ROWS.filter(public_id=public_id).first()
    if found is None or not complaints.open_to(request.user).filter(pk=found.pk).exists():
        raise Http404
    return found


@login_required
@require_safe
def handle(request: HttpRequest, public_id: str) -> HttpResponse:
    """Show a complaint to its handler: text, what it is about, what to do, history; not who filed it."""
    found = _handled(request, public_id)
    target = complaints.target_of(found)
    context = {
        "complaint": found,
        "target": target,
        "acts": acts.offered(machine, found, request.user, PAGES),
        "history": audit.history(found),
        "inspectable": bool(found.report and found.report.state == State.TERDAFTAR),
        "plans": bool(found.permit and supervision.may_plan(request.user, found.permit)),
        "reveal": RevealForm(),
    }
    return render(request, "hayu/complaints/handle.html", context)


@login_required
@require_POST
def reveal(request: HttpRequest, public_id: str) -> HttpResponse:
    """Open the reporter's identity once, for a purpose that is logged."""
    found = _handled(request, public_id)
    form = RevealForm(request.POST)
    if not form.is_valid():
        raise Refused(_("Tulis untuk apa identitas pelapor dibuka, sedikitnya sepuluh huruf."))
    name, contact = complaints.reveal(found, request.user, form.cleaned_data["purpose"], request)
    context = {"complaint": found, "name": name, "contact": contact}
    return render(request, "hayu/complaints/reporter.html", context)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def act(request: HttpRequest, public_id: str, action: str) -> HttpResponse:
    """Do one act on a complaint."""
    if action not in PAGES:
        raise Http404
    found, page = _handled(request, public_id), PAGES[ComplaintAction(action)]

    def ask(form: Any, status: int) -> HttpResponse:
        context = {"complaint": found, "form": form, "act": page}
        return render(request, "hayu/complaints/act.html", context, status=status)

    done = redirect("hayu:complaint_handle", public_id)
    return acts.run(request, machine, found, action, page, ask=ask, done=done)
