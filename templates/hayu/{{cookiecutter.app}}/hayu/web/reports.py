"""A person's own reports, the file of one report, and every act on it."""

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from core import audit, files
from core.access import fetch
from core.errors import AlreadyDone, NotAllowed, Refused
from core.paging import paginate
from core.region import region
from hayu.domain import receipts
from hayu.domain.machine import machine
from hayu.domain.queries import officers, owners
from hayu.enums import Action, State
from hayu.interfaces.forms.officer import InspectionForm, ReasonForm, RevokeForm
from hayu.interfaces.forms.report import CloseForm, CorrectionForm, FactsForm, GrowthForm, UpdateForm
from hayu.models import Report
from hayu.web.forms import refuse, version_of


@dataclass(frozen=True, slots=True)
class Page:
    """How an act is asked for: its form, title, what it means, the word on the button, the tone of the button."""

    form: type[FactsForm]
    title: Any
    lead: Any
    button: Any
    danger: bool = False


PAGES = {
    Action.CATAT_HASIL: Page(
        InspectionForm, gettext_lazy("Catat hasil pemeriksaan"),
        gettext_lazy("Isi di tempat usaha. Sedikitnya satu foto dan posisi."), gettext_lazy("Simpan hasil"),
    ),
    Action.PERIKSA_PENGADUAN: Page(
        ReasonForm, gettext_lazy("Periksa karena pengaduan"),
        gettext_lazy("Usaha ini masuk daftar periksa. Pelapor tidak disebut."), gettext_lazy("Jadwalkan pemeriksaan"),
    ),
    Action.BETULKAN: Page(
        CorrectionForm, gettext_lazy("Kirim pembetulan"),
        gettext_lazy("Ubah data yang salah, ceritakan apa yang dibetulkan, lalu kirim."),
        gettext_lazy("Kirim pembetulan"),
    ),
    Action.PERBARUI: Page(
        UpdateForm, gettext_lazy("Perbarui data tahunan"),
        gettext_lazy("Benarkan angka tahun ini. Yang tidak berubah biarkan saja."), gettext_lazy("Data ini benar"),
    ),
    Action.NAIK_KELAS: Page(
        GrowthForm, gettext_lazy("Usaha sudah naik kelas"),
        gettext_lazy("Tanda lapor berakhir dan perizinan dilanjutkan di OSS. Kami tunjukkan langkahnya."),
        gettext_lazy("Lanjutkan ke OSS"),
    ),
    Action.PULIHKAN: Page(
        ReasonForm, gettext_lazy("Pulihkan tanda lapor"),
        gettext_lazy("Tanda lapor berlaku lagi mulai sekarang."), gettext_lazy("Pulihkan"),
    ),
    Action.BEKUKAN: Page(
        ReasonForm, gettext_lazy("Bekukan tanda lapor"),
        gettext_lazy("Tanda lapor tidak berlaku sampai dipulihkan. Pemilik membaca alasannya."),
        gettext_lazy("Bekukan"), danger=True,
    ),
    Action.BATALKAN: Page(
        RevokeForm, gettext_lazy("Cabut tanda lapor"),
        gettext_lazy("Pencabutan tidak dapat dibatalkan. Pemilik membaca alasannya."), gettext_lazy("Cabut"),
        danger=True,
    ),
    Action.TUTUP: Page(
        CloseForm, gettext_lazy("Tutup usaha"),
        gettext_lazy("Tanda lapor berakhir untuk seterusnya. Usaha baru dilaporkan lagi dari awal."),
        gettext_lazy("Tutup usaha ini"), danger=True,
    ),
}  # fmt: skip


@login_required
@require_safe
def mine(request: HttpRequest) -> HttpResponse:
    """Show a person's own reports: what waits for them first."""
    return render(request, "hayu/mine.html", {"page": paginate(request, owners.mine(request.user))})


def _visible(request: HttpRequest, public_id: str) -> Report:
    rows = Report.objects.select_related("applicant", "filed_by")
    return fetch(request.user, "hayu.view_report", rows, public_id=public_id)


@login_required
@require_safe
def report(request: HttpRequest, public_id: str) -> HttpResponse:
    """Show the file of one report: state in words, what one can do now, facts, visits, history."""
    found = _visible(request, public_id)
    if found.state == State.DRAF:
        return redirect("hayu:draft_business", found.public_id)
    deadline = found.inspect_by or found.fix_by
    visits = list(found.inspections.select_related("officer"))
    context = {
        "report": found,
        "acts": _acts(found, request.user),
        "due": officers.due(deadline) if deadline else None,
        "visits": [(visit, files.current(visit)) for visit in visits],
        "proofs": [stored for stored in files.current(found) if stored.kind.startswith("bukti-")],
        "history": audit.history(found),
        "owns": request.user.has_perm("hayu.own_report", found),
        "printable": found.state in receipts.PRINTABLE,
        "licences": region().licences,
    }
    return render(request, "hayu/report.html", context)


def _acts(found: Report, user: Any) -> list[tuple[str, Page]]:
    """Return what the person may do now, in the order of PAGES: the usual first, the grave last."""
    open_now = {row.action for row in machine.available(found, user)}
    return [(str(action), page) for action, page in PAGES.items() if action in open_now]


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def act(request: HttpRequest, public_id: str, action: str) -> HttpResponse:
    """Ask for one act and do it; a refusal stands beside its field and what was typed stays."""
    if action not in PAGES:
        raise Http404
    page, found = PAGES[Action(action)], _visible(request, public_id)
    if request.method != "POST":
        _must_be_open(found, action, request.user)
        return _ask(request, found, action, page, page.form(initial=_initial(found, page.form)))
    form = page.form(request.POST, request.FILES)
    if not form.is_valid():
        _must_be_open(found, action, request.user)
        return _ask(request, found, action, page, form)
    try:
        machine.perform(
            found.pk,
            action,
            request.user,
            version=version_of(request),
            data=form.data_for_domain(),
            note=form.cleaned_data.get("note", ""),
            request=request,
        )
    except AlreadyDone as done:
        messages.info(request, done.sentence)
    except NotAllowed:
        raise
    except Refused as refusal:
        return _ask(request, found, action, page, refuse(form, refusal), status=409)
    else:
        messages.success(request, _("Tercatat: %(act)s.") % {"act": page.title})
    return redirect("hayu:report", public_id)


def _must_be_open(found: Report, action: str, user: Any) -> None:
    if machine.find(found.state, action) is None:
        raise Refused(
            _("Tindakan ini tidak dapat dilakukan pada keadaan sekarang: %s.") % found.STATES[found.state].label
        )
    if action not in [row.action for row in machine.available(found, user)]:
        raise NotAllowed(_("Peran Anda tidak berwenang melakukan tindakan ini pada laporan ini."))


def _initial(found: Report, form: type[FactsForm]) -> dict[str, Any]:
    initial = {name: getattr(found, name) for name in form.base_fields if hasattr(found, name)}
    return {name: value for name, value in initial.items() if name not in ("latitude", "longitude")}


def _ask(
    request: HttpRequest, found: Report, action: str, page: Page, form: FactsForm, status: int = 200
) -> HttpResponse:
    context = {
        "report": found,
        "form": form,
        "act": page,
        "action": action,
        "with_files": form.is_multipart(),
        "asks_position": "latitude" in form.fields,
        "latest": found.inspections.first() if action == Action.BETULKAN else None,
    }
    return render(request, "hayu/act.html", context, status=status)
