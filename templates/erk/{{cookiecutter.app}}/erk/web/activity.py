"""One activity: write it, read it, act on it."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from core import access, audit, codes, dates
from core.errors import AlreadyDone, Refused
from erk.domain import activity as acts
from erk.domain.checks import Entry, counted, proof_of
from erk.domain.machine import ACTIVITIES
from erk.domain.policy import on
from erk.domain.queries import day as days
from erk.domain.skp import planned_for
from erk.enums import EDITABLE, ActivityState
from erk.interfaces.forms import DecisionForm, EntryForm, ReasonForm, initial_of, show_refusal
from erk.models import Aktivitas, Katalog, Pegawai
from erk.web import device
from erk.web.pages import day_from, own_employee, permitted
from erk.web.today import day_url

SIMPLE = ("ajukan", "tarik")
REASONED = ("buka", "temukan", "tanggapi", "batalkan_audit")
DECISIONS = ("setujui", "kembalikan", "tolak")
DONE = {
    "ajukan": "Diajukan kepada atasan",
    "tarik": "Ditarik kembali",
    "setujui": "Disetujui",
    "kembalikan": "Dikembalikan",
    "tolak": "Ditolak",
    "buka": "Dibuka kembali",
    "temukan": "Temuan dicatat",
    "tanggapi": "Tanggapan dicatat",
    "batalkan_audit": "Dibatalkan",
}
DECIDED = "Aktivitas ini sudah diajukan atau diputuskan, jadi tidak dapat diubah."


def url_of(activity: Aktivitas) -> str:
    """Return the address of an activity."""
    return reverse("erk:activity", args=[activity.kode])


def _rows() -> Any:
    return Aktivitas.objects.select_related(
        "katalog", "pegawai", "jabatan__opd", "jabatan_penilai", "putus_oleh", "rhk"
    )


def _form(request: HttpRequest, employee: Pegawai, **kwargs: Any) -> EntryForm:
    day = day_from(request.GET.get("tanggal"))
    items = list(Katalog.objects.open_to(employee.pk, day))
    return EntryForm(
        request.POST or None, request.FILES or None, items=items, usual=days.favourites(employee, day),
        planned=list(planned_for(employee, day)), **kwargs,
    )  # fmt: skip


@permitted("erk.log")
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest) -> HttpResponseBase:
    """Write a piece of work; the likely time is filled in, and the same page sent twice is saved once."""
    employee, day = own_employee(request), day_from(request.GET.get("tanggal"))
    item = Katalog.objects.on(day).filter(kode=request.GET.get("katalog", "")).first()
    start, end = days.next_span(days.day_of(employee, day), item) if request.method != "POST" else (None, None)
    initial = {
        "tanggal": day, "katalog": item.kode if item else "", "mulai": start, "selesai": end, "volume": 1,
        "kunci": codes.new_code(),
    }  # fmt: skip
    form = _form(request, employee, initial=initial)
    if request.method == "POST" and form.is_valid():
        twin = Aktivitas.objects.filter(kode=form.cleaned_data["kunci"]).select_related("pegawai").first()
        if twin and twin.pegawai_id == employee.pk:
            messages.info(request, "Aktivitas ini sudah tersimpan; tidak dicatat dua kali.")
            return redirect(url_of(twin))
        response = _save(request, form, None)
        if response:
            return response
    context = {"form": form, "day": day, "closed": "", "factor": str(on(day).norm_factor)}
    page = render(request, "erk/form.html", context, status=_status(form))
    return device.remember(request, page)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: HttpRequest, kode: str) -> HttpResponseBase:
    """Change a draft or mend a returned activity."""
    activity = access.fetch(request.user, "erk.change_activity", _rows(), view="erk.view_activity", kode=kode)
    closed = activity.state not in EDITABLE
    if closed and request.method != "POST":
        raise Refused(DECIDED)
    form = _form(request, activity.pegawai, initial=initial_of(activity))
    if closed:
        form.add_error(None, DECIDED)
    elif request.method == "POST" and form.is_valid():
        response = _save(request, form, activity)
        if response:
            return response
    context = {
        "form": form,
        "activity": activity,
        "day": activity.tanggal,
        "proofs": proof_of(activity),
        "factor": str(on(activity.tanggal).norm_factor),
    }
    return render(request, "erk/form.html", context, status=_status(form))


def _status(form: EntryForm) -> int:
    return 422 if form.is_bound and form.errors else 200


def _save(request: HttpRequest, form: EntryForm, activity: Aktivitas | None) -> HttpResponse | None:
    """Save, attach, and hand in when asked; None when something was refused and the form shows it again."""
    user: Any = request.user
    entry: Entry = form.entry()
    try:
        if activity is None:
            saved = acts.create(
                user, entry, code=form.cleaned_data["kunci"], device=device.of(request), request=request
            )
        else:
            saved = acts.edit(user, activity, entry, form.cleaned_data["versi"] or 0, request=request)
    except AlreadyDone as done:
        messages.info(request, done.sentence)
        return redirect(url_of(activity)) if activity else None
    except Refused as refusal:
        show_refusal(form, refusal)
        return None
    problem = _attach_and_submit(request, form, saved)
    if problem is None:
        messages.success(request, f"Tersimpan. {counted(entry, on(entry.tanggal)).sentence}")
        return redirect(day_url(saved.tanggal))
    messages.warning(request, f"Tersimpan sebagai draf, belum diajukan. {problem}")
    return redirect(reverse("erk:edit", args=[saved.kode]))


def _attach_and_submit(request: HttpRequest, form: EntryForm, saved: Aktivitas) -> str | None:
    user: Any = request.user
    try:
        if form.cleaned_data.get("bukti"):
            acts.attach(user, saved, form.cleaned_data["bukti"], request=request)
        if "ajukan" in request.POST:
            ACTIVITIES.perform(saved.pk, "ajukan", user, request=request)
    except Refused as refusal:
        return refusal.faults[0].sentence if refusal.faults else refusal.sentence
    return None


@login_required
@require_safe
def detail(request: HttpRequest, kode: str) -> HttpResponseBase:
    """Show an activity with its minutes explained, its history, and what one may do."""
    activity = access.fetch(request.user, "erk.view_activity", _rows(), kode=kode)
    user: Any = request.user
    available = {row.action: row for row in ACTIVITIES.available(activity, user)}
    entry = Entry(activity.tanggal, activity.mulai, activity.selesai, activity.katalog, activity.volume)
    context = {
        "activity": activity,
        "available": available,
        "count": counted(entry, on(activity.tanggal)),
        "proofs": proof_of(activity),
        "history": audit.history(activity),
        "decision": DecisionForm(initial={"versi": activity.version}) if "setujui" in available else None,
        "reasoned": [(row.label, action) for action, row in available.items() if action in REASONED],
        "reason": ReasonForm(initial={"versi": activity.version}),
        "owner": activity.pegawai.user_id == user.pk,
        "removable": activity.state == ActivityState.DRAF and not activity.putaran and not activity.dibuka_pada,
        "day_url": day_url(activity.tanggal),
    }
    return render(request, "erk/detail.html", context)


@login_required
@require_POST
def act(request: HttpRequest, kode: str, aksi: str) -> HttpResponseBase:
    """Do one act on an activity. A refusal leads back with its sentence; nothing has changed then."""
    if aksi not in (*SIMPLE, *REASONED, *DECISIONS):
        raise Http404("Tindakan itu tidak ada.")
    activity = access.fetch(request.user, "erk.view_activity", _rows(), kode=kode)
    form = (DecisionForm if aksi in DECISIONS else ReasonForm)(request.POST)
    if aksi in SIMPLE:
        form.fields["alasan"].required = False
    if not form.is_valid():
        sentence = next(iter(form.errors.values()))[0]
        messages.error(request, sentence)
        return redirect(url_of(activity))
    user: Any = request.user
    data = {"perangkat": device.of(request)} if aksi in DECISIONS else {}
    if aksi == "setujui":
        data["menit"] = form.cleaned_data.get("menit")
    try:
        ACTIVITIES.perform(
            activity.pk, aksi, user, version=form.cleaned_data["versi"], data=data,
            note=form.cleaned_data.get("alasan", ""), request=request,
        )  # fmt: skip
    except AlreadyDone as done:
        messages.info(request, done.sentence)
    else:
        messages.success(request, f"{DONE[aksi]} {dates.clock(dates.now())}.")
    if aksi in DECISIONS:
        return redirect((request.POST.get("kembali") == "daftar" and reverse("erk:inbox")) or url_of(activity))
    return redirect(url_of(activity))


@login_required
@require_POST
def discard(request: HttpRequest, kode: str) -> HttpResponseBase:
    """Remove an untouched draft."""
    activity = access.fetch(request.user, "erk.change_activity", _rows(), view="erk.view_activity", kode=kode)
    version = request.POST.get("versi", "")
    acts.discard(request.user, activity, int(version) if version.isdigit() else 0, request=request)  # type: ignore[arg-type]
    messages.success(request, "Draf dihapus.")
    return redirect(day_url(activity.tanggal))


@login_required
@require_POST
def proof(request: HttpRequest, kode: str) -> HttpResponseBase:
    """Add a proof file."""
    activity = access.fetch(request.user, "erk.change_activity", _rows(), view="erk.view_activity", kode=kode)
    upload = request.FILES.get("bukti")
    if upload is None:
        raise Refused("Pilih dahulu berkas buktinya.")
    acts.attach(request.user, activity, upload, request=request)  # type: ignore[arg-type]
    messages.success(request, "Bukti tersimpan.")
    return redirect(url_of(activity))
