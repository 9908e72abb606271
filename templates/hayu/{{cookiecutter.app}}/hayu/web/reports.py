"""A person's own reports, the file of one report, and every act on it."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from core import files
from core.access import fetch
from core.paging import paginate
from core.region import region
from hayu.domain import places, reads, receipts, referrals, visit_papers
from hayu.domain.machine import machine
from hayu.domain.queries import officers, owners
from hayu.domain.queries import referrals as referral_rows
from hayu.enums import Action, ReferralState, State
from hayu.interfaces.forms.officer import InspectionForm, ReasonForm, RevokeForm
from hayu.interfaces.forms.report import CloseForm, CorrectionForm, FactsForm, GrowthForm, UpdateForm
from hayu.models import Referral, Report
from hayu.web import acts
from hayu.web.acts import Page

MOST = 50  # outside numbers listed below a person's reports
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
    context = {
        "page": paginate(request, owners.mine(request.user)),
        "referrals": list(referral_rows.mine(request.user)[:MOST]),
    }
    return render(request, "hayu/mine.html", context)


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
        "acts": acts.offered(machine, found, request.user, PAGES),
        "due": officers.due(deadline) if deadline else None,
        "visits": [(visit, files.current(visit)) for visit in visits],
        "proofs": [stored for stored in files.current(found) if stored.kind.startswith("bukti-")],
        **reads.trail(found),
        "owns": request.user.has_perm("hayu.own_report", found),
        "printable": found.state in receipts.PRINTABLE,
        "licences": region().licences,
        "outside": _outside(found),
        "records_outside": referrals.is_open(),
        "point_in": (point := places.districts_at(found.latitude, found.longitude)),
        "point_elsewhere": places.is_elsewhere(point, found.district_code),
    }
    return render(request, "hayu/report.html", context)


@login_required
@require_safe
def minutes(request: HttpRequest, public_id: str, pk: int) -> HttpResponse:
    """Send the minutes of an inspection of the business as PDF."""
    found = _visible(request, public_id)
    visit = found.inspections.filter(pk=pk).select_related("officer", "report").first()
    if visit is None or found.anonymised_on:
        raise Http404
    reads.note(found, request.user, "Berita acara pemeriksaan diunduh", request)
    name = f'attachment; filename="berita-acara-{found.code}.pdf"'
    return HttpResponse(visit_papers.draw(visit), content_type=files.PDF, headers={"Content-Disposition": name})


def _outside(found: Report) -> Referral | None:
    """Return the number OSS gave the business after it had outgrown its report."""
    return found.referrals.exclude(state=ReferralState.DICORET).first()


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def act(request: HttpRequest, public_id: str, action: str) -> HttpResponse:
    """Ask for one act and do it; a refusal stands beside its field and what was typed stays."""
    if action not in PAGES:
        raise Http404
    page, found = PAGES[Action(action)], _visible(request, public_id)
    return acts.run(
        request, machine, found, action, page,
        ask=lambda form, status: _ask(request, found, action, page, form, status),
        done=redirect("hayu:report", public_id), initial=_initial(found, page.form),
    )  # fmt: skip


def _initial(found: Report, form: type[FactsForm]) -> dict[str, Any]:
    initial = {name: getattr(found, name) for name in form.base_fields if hasattr(found, name)}
    return {name: value for name, value in initial.items() if name not in ("latitude", "longitude")}


def _ask(request: HttpRequest, found: Report, action: str, page: Page, form: FactsForm, status: int) -> HttpResponse:
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
