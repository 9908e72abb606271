"""The file of one application for everybody who may read it, and each act of the office on it."""

from dataclasses import replace
from functools import partial
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from core import files
from core.access import fetch
from core.errors import AlreadyDone, NotAllowed, Refused
from core.region import region
from core.web.middleware import CONTENT_SECURITY_POLICY
from hayu.domain import places, reads
from hayu.domain.permits import certificates, charges, clock, sheet, signers, signing
from hayu.domain.permits.machine import machine
from hayu.domain.policy import policy
from hayu.enums import AppAction, AppState
from hayu.interfaces.forms.office import (
    AdviceForm,
    ConditionsForm,
    DayForm,
    EmptyForm,
    NoteForm,
    PayForm,
    RefusalForm,
    ScanForm,
    VisitForm,
)
from hayu.interfaces.forms.permits import CheckForm, item_field
from hayu.models import Application
from hayu.web import acts
from hayu.web.acts import Page
from hayu.web.applications import ROWS
from hayu.web.forms import refuse, version_of

t = gettext_lazy
A = AppAction
PAGES = {
    A.AMBIL: Page(EmptyForm, t("Ambil untuk diperiksa"), t("Berkas ini Anda pegang sampai diteruskan."), t("Ambil")),
    A.JADWALKAN: Page(
        DayForm, t("Jadwalkan peninjauan"), t("Paling lama tiga hari kerja lagi. Pemohon diberi tahu."), t("Jadwalkan")
    ),
    A.CATAT_BAP: Page(
        VisitForm, t("Catat hasil peninjauan"),
        t("Isi di tempat. Sedikitnya dua foto dan posisi. Isian tersimpan di telepon bila sinyal hilang."),
        t("Simpan berita acara"),
    ),
    A.REKOMENDASI: Page(
        AdviceForm, t("Beri pertimbangan teknis"), t("Layak, atau layak dengan syarat yang tertulis."), t("Simpan")
    ),
    A.TETAPKAN_BIAYA: Page(
        EmptyForm, t("Tetapkan biaya"), t("Dihitung dari rumus dan isian; masukannya disimpan bersama tagihan."),
        t("Terbitkan tagihan"),
    ),
    A.BAYAR: Page(PayForm, t("Catat pembayaran"), t("Jumlahnya harus sama dengan tagihan."), t("Catat lunas")),
    A.SUSUN: Page(
        ConditionsForm, t("Susun naskah izin"), t("Syarat umum dan syarat teknis sudah termasuk."), t("Susun naskah")
    ),
    A.PARAF: Page(
        EmptyForm, t("Paraf naskah"), t("Nomor izin diambil dan naskah menunggu tanda tangan."), t("Paraf")
    ),
    A.LANJUT: Page(EmptyForm, t("Lanjutkan peninjauan"), t("Waktu layanan berjalan lagi."), t("Lanjutkan")),
    A.MINTA_TUNDA: Page(
        DayForm, t("Minta peninjauan ditunda"), t("Sekali saja, paling lama lima hari kerja. Waktu layanan berhenti."),
        t("Minta ditunda"),
    ),
    A.KEBERATAN: Page(
        NoteForm, t("Ajukan keberatan"), t("Tulis mengapa penolakan itu keliru. Dijawab dalam lima hari kerja."),
        t("Kirim keberatan"),
    ),
    A.KABULKAN_KEBERATAN: Page(
        NoteForm, t("Kabulkan keberatan"), t("Berkas diperiksa ulang oleh petugas lain."), t("Kabulkan")
    ),
    A.BATALKAN_USUL: Page(
        NoteForm, t("Batalkan usul penolakan"), t("Berkas kembali ke tahap sebelumnya."), t("Batalkan usul")
    ),
    A.KEMBALIKAN_INTERNAL: Page(
        NoteForm, t("Kembalikan ke penyusun"), t("Naskah disusun lagi; nomornya tetap."), t("Kembalikan")
    ),
    A.PRIORITASKAN: Page(
        NoteForm, t("Dahulukan dengan alasan"),
        t("Berkas diperiksa sebelum yang lebih lama. Alasannya terlihat pada berkas dan tercatat di riwayat."),
        t("Dahulukan"),
    ),
    A.ALIHKAN: Page(NoteForm, t("Alihkan ke petugas lain"), t("Petugas lain mengambil berkas ini."), t("Alihkan")),
    A.USUL_TOLAK: Page(
        RefusalForm, t("Usulkan penolakan"), t("Kepala bidang memutuskan."), t("Usulkan"), danger=True
    ),
    A.TIDAK_LAYAK: Page(
        RefusalForm, t("Nyatakan tidak layak"), t("Diusulkan ditolak; kepala bidang memutuskan."), t("Tidak layak"),
        danger=True,
    ),
    A.SETUJUI_TOLAK: Page(
        NoteForm, t("Setujui penolakan"), t("Pemohon menerima alasan dan cara berkeberatan."), t("Setujui penolakan"),
        danger=True,
    ),
    A.TOLAK: Page(RefusalForm, t("Tolak permohonan"), t("Pemohon membaca alasannya."), t("Tolak"), danger=True),
    A.TOLAK_KEBERATAN: Page(
        NoteForm, t("Tolak keberatan"), t("Putusan akhir; pemohon diberi tahu jalan berikutnya."), t("Tolak keberatan"),
        danger=True,
    ),
    A.BATALKAN: Page(
        EmptyForm, t("Batalkan permohonan"), t("Permohonan berhenti dan tidak dapat dilanjutkan lagi."),
        t("Batalkan permohonan"), danger=True,
    ),
}  # fmt: skip
REASONS = (
    "Berkas tidak terbaca, pindai atau foto ulang.", "Berkas sudah tidak berlaku.",
    "Nama pada berkas berbeda dari pemohon.", "Berkas belum ditandatangani.", "Isian tidak sama dengan berkas.",
)  # fmt: skip


def visible(request: HttpRequest, public_id: str) -> Application:
    """Return an application the person may read."""
    return fetch(request.user, "hayu.view_application", ROWS, public_id=public_id)


@login_required
@require_safe
def application(request: HttpRequest, public_id: str) -> HttpResponse:
    """Show the file: the clock, what one can do now, answers beside documents, visits, advice, bills, history."""
    found = visible(request, public_id)
    if found.state == AppState.DRAF:
        return redirect("hayu:app_sheet", public_id)
    have, issued = sheet.documents(found), getattr(found, "permit", None)
    context = {
        "application": found,
        "kind": found.type,
        "acts": _offered(found, request.user),
        "reading": clock.reading(found),
        "cells": clock.cells(found),
        "answers": certificates.shown_answers(found.type, found.answers),
        "point_in": (point := places.districts_at(found.latitude, found.longitude)),
        "point_elsewhere": places.is_elsewhere(point, found.district_code),
        "documents": [(item, have.get(item.key)) for item in found.type.needed(found.kind)],
        "visits": [
            (visit, files.current(visit), certificates.in_words(found.type.minutes, visit.answers))
            for visit in found.visits.select_related("officer")
        ],
        "advices": found.advices.select_related("officer"),
        "bills": found.bills.all(),
        "permit": issued if issued and request.user.has_perm("hayu.view_permit", issued) else None,
        **reads.trail(found),
        "owns": request.user.has_perm("hayu.own_application", found),
        "checks": request.user.has_perm("hayu.check_application", found),
        "signs": found.state == AppState.MENUNGGU_TTE and request.user.has_perm("hayu.sign"),
        "survey_open": found.state in AppState.closed() and not hasattr(found, "survey"),
        "licences": region().licences,
    }
    return render(request, "hayu/permits/application.html", context)


def _offered(found: Application, user: Any) -> list[tuple[str, Page]]:
    """Return the acts open now; a file somebody holds is not offered to be taken."""
    rows = acts.offered(machine, found, user, PAGES)
    return [row for row in rows if not (row[0] == AppAction.AMBIL and found.officer_id)]


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def act(request: HttpRequest, public_id: str, action: str) -> HttpResponse:
    """Ask for one act and do it."""
    if action not in PAGES:
        raise Http404
    found, page = visible(request, public_id), PAGES[AppAction(action)]
    if action == AppAction.CATAT_BAP:
        page = replace(page, form=partial(VisitForm, questions=found.type.minutes))
    return acts.run(
        request, machine, found, action, page, ask=lambda form, status: _ask(request, found, page, form, status),
        done=redirect("hayu:application", public_id),
    )  # fmt: skip


def _ask(request: HttpRequest, found: Application, page: Page, form: Any, status: int) -> HttpResponse:
    context = {
        "application": found,
        "kind": found.type,
        "form": form,
        "act": page,
        "with_files": form.is_multipart(),
        "asks_position": "latitude" in form.fields,
        "amount": charges.amount_of(found) if page is PAGES[AppAction.TETAPKAN_BIAYA] else None,
        "bill": charges.open_bill(found) if page is PAGES[AppAction.BAYAR] else None,
    }
    return render(request, "hayu/permits/act.html", context, status=status)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def check(request: HttpRequest, public_id: str) -> HttpResponse:
    """The verifier's page: each document beside its check; forward when all fits, return with all faults at once."""
    found = fetch(request.user, "hayu.check_application", ROWS, view="hayu.view_application", public_id=public_id)
    kind, items = found.type, found.type.items(found.kind)
    form = CheckForm(request.POST or None, kind=kind, items=items)
    status = 200
    if request.method == "POST" and form.is_valid():
        try:
            _decide(request, found, form)
        except AlreadyDone as again:
            messages.info(request, again.sentence)
            return redirect("hayu:application", public_id)
        except NotAllowed:
            raise
        except Refused as refusal:
            status = 409
            for fault in refusal.faults:
                form.add_error(f"salah_{item_field(fault.field)}", fault.sentence)
            if not refusal.faults:
                form.add_error(None, refusal.sentence)
        else:
            return redirect("hayu:application", public_id)
    have, told = sheet.documents(found), dict(certificates.shown_answers(kind, found.answers))
    rows = [
        {
            "words": words, "answer": told.get(words, ""), "stored": have.get(item.partition(":")[2]),
            "ok": form[f"ok_{item_field(item)}"], "fault": form[f"salah_{item_field(item)}"],
            "is_file": item.startswith("syarat:"),
        }
        for item, words in items.items()
    ]  # fmt: skip
    context = {
        "application": found, "kind": kind, "form": form, "rows": rows, "reasons": REASONS,
        "reading": clock.reading(found), "asks_visit": "visit" in form.fields,
        "rounds": found.rounds, "most": policy().return_rounds,
    }  # fmt: skip
    answer = render(request, "hayu/permits/check.html", context, status=status)
    answer.headers["Content-Security-Policy"] = f"{CONTENT_SECURITY_POLICY}; frame-src blob:"  # a document beside
    return answer


def _decide(request: HttpRequest, found: Application, form: CheckForm) -> None:
    flagged = form.flagged()
    if "kembalikan" in request.POST:
        action, data = AppAction.KEMBALIKAN, {"flagged": flagged}
        words = _("Dikembalikan dengan seluruh kekurangannya.")
    elif flagged:
        raise Refused(_("Ada kekurangan yang tertulis. Kembalikan berkasnya, atau kosongkan kekurangan itu."))
    else:
        action = AppAction.TERUSKAN
        data = {"checked": form.checked(), "visit": form.cleaned_data.get("visit", False)}
        words = _("Berkas diteruskan.")
    machine.perform(found.pk, action, request.user, version=version_of(request), data=data, request=request)
    messages.success(request, words)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def sign_scan(request: HttpRequest, public_id: str) -> HttpResponse:
    """Take the scan of a permit that was signed with ink."""
    found = visible(request, public_id)
    page = Page(
        ScanForm, _("Unggah naskah bertanda tangan"), _("Cetak naskahnya, tanda tangani, lalu pindai menjadi PDF."),
        _("Terbitkan izin"),
    )  # fmt: skip
    acts.require_open(machine, found, AppAction.TANDA_TANGANI, request.user)
    form = ScanForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        way = signers.WetSigner(form.cleaned_data["scan"])
        try:
            signing.sign_one(
                found, request.user, way, form.cleaned_data["passphrase"], version=version_of(request), request=request
            )
        except NotAllowed:
            raise
        except Refused as refusal:
            return _ask(request, found, page, refuse(form, refusal), 409)
        messages.success(request, _("Izin terbit."))
        return redirect("hayu:application", public_id)
    return _ask(request, found, page, form, 200)
