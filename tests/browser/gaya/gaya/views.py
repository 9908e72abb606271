"""Pages that show every component in every state."""

import datetime as dt

from django import forms as django_forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from core import wilayah
from core.errors import Refused
from core.forms import BaseForm, DateField, NikField, NpwpField, PhoneField, PlaceField, RupiahField, WholeNumberField
from core.models import Notification
from core.paging import paginate
from core.pictures import Area, Bar, Day, Mark, Stage, Step
from core.states import StateLook

NAMES = (
    "Diterima", "Diperiksa", "Diteruskan", "Disurvei", "Dinilai", "Dibahas TAPD",
    "Ditetapkan", "Dianggarkan", "NPHD", "Dicairkan", "Dipakai", "Dipertang\u00adgung\u00adjawab\u00adkan",
)  # fmt: skip
LOOKS = [
    StateLook("Draf", "neutral", "pencil", "Belum dikirim."),
    StateLook("Diperiksa", "progress", "hourglass-split", "Sedang dibaca petugas."),
    StateLook("Perlu diperbaiki", "waiting", "arrow-return-left", "Menunggu Anda."),
    StateLook("Disetujui", "good", "check-circle", "Sudah disetujui."),
    StateLook("Ditolak", "bad", "x-circle", "Tidak dapat dikabulkan."),
]


def path(done: int, late: int = 0) -> list[Step]:
    """Return the twelve steps with `done` of them behind."""
    first = dt.date(2026, 9, 1)
    steps = []
    for index, name in enumerate(NAMES):
        status = "done" if index < done else ("late" if late else "now") if index == done else "next"
        when = first + dt.timedelta(days=7 * index) if index <= done else None
        steps.append(Step(name, status, when, "Dinas Sosial" if index == 3 else "", late if index == done else 0))
    return steps


def home(request: HttpRequest) -> HttpResponse:
    """Show a start page for visitors and one for people who signed in."""
    stages = [
        Stage("Diminta", 48_250_000_000, 412, "/gaya/daftar/"),
        Stage("Disetujui", 21_700_000_000, 187),
        Stage("Dibayar", 17_350_000_000, 151),
        Stage("Dipertanggung\u00adjawabkan", 9_120_000_000, 88),
    ]
    return render(request, "gaya/home.html", {"stages": stages, "path": path(9)})


def parts(request: HttpRequest) -> HttpResponse:
    """Show badges, notices, facts, tables and pictures."""
    start = dt.date(2026, 11, 16)
    kinds = ["counted", "counted", "paused", "paused", "counted", "off", "off", "counted", "left", "left", "late"]
    cells = [Day(start + dt.timedelta(days=n), kind, n == 7) for n, kind in enumerate(kinds)]
    areas = [Area(place.code, n * n * 3_000_000, f"Rp{n * n * 3} juta") for n, place in enumerate(wilayah.districts())]
    offices = [
        Bar("Dinas Sosial", 3120, "longgar", "neutral"),
        Bar("Dinas Kesehatan", 5640, "sedang", ""),
        Bar("Badan Keuangan dan Aset Daerah", 6480, "padat", "waiting"),
        Bar("Dinas Penanaman Modal dan Pelayanan Terpadu Satu Pintu", 7900, "berlebih", "bad"),
    ]
    context = {
        "looks": LOOKS,
        "path": path(4),
        "late": path(6, late=3),
        "stopped": [*path(3)[:3], Step("Disurvei", "stopped", dt.date(2026, 9, 22), note="Alamat tidak ditemukan")],
        "cells": cells,
        "offices": offices,
        "areas": areas,
        "marks": [Mark(300, "wajar"), Mark(450, "batas")],
        "grants": [(f"Majelis Taklim Al-Hikmah {n}", "Coblong", 25_000_000 * n, LOOKS[n % 5]) for n in range(1, 5)],
        "moment": dt.datetime(2026, 11, 24, 6, 5, tzinfo=dt.UTC),
    }
    return render(request, "gaya/parts.html", context)


class SampleForm(BaseForm):
    """One field of each kind."""

    title = django_forms.CharField(
        label="Judul kegiatan", help_text="Satu kalimat, seperti pada proposal.", max_length=120
    )
    nik = NikField(label="NIK")
    npwp = NpwpField(label="NPWP", required=False)
    phone = PhoneField(label="Nomor telepon")
    amount = RupiahField(label="Jumlah yang diminta", min_value=1_000_000, max_value=500_000_000)
    minutes = WholeNumberField(label="Lama kegiatan", min_value=5, max_value=450, unit="menit")
    day = DateField(label="Tanggal mulai", earliest=dt.date(2026, 1, 1))
    place = PlaceField(label="Tempat kegiatan")
    kind = django_forms.ChoiceField(
        label="Jenis", choices=[("", "Pilih jenis"), ("hibah", "Hibah"), ("bansos", "Bantuan sosial")]
    )
    use = django_forms.ChoiceField(
        label="Untuk apa?",
        widget=django_forms.RadioSelect,
        choices=[("barang", "Membeli barang"), ("acara", "Mengadakan acara")],
    )
    days = django_forms.MultipleChoiceField(
        label="Hari",
        required=False,
        widget=django_forms.CheckboxSelectMultiple,
        choices=[("sen", "Senin"), ("sel", "Selasa")],
    )
    story = django_forms.CharField(label="Uraian", max_length=400, widget=django_forms.Textarea(attrs={"rows": 4}))
    proposal = django_forms.FileField(
        label="Proposal", help_text="PDF, JPG atau PNG, paling besar 5 MB.", required=False
    )
    true = django_forms.BooleanField(label="Saya menyatakan isian ini benar.")


def form(request: HttpRequest) -> HttpResponse:
    """Show a form, empty or with everything wrong in it."""
    filled = SampleForm(request.POST or None, request.FILES or None)
    return render(request, "gaya/form.html", {"form": filled})


class QuestionForm(BaseForm):
    """One question."""

    capital = django_forms.ChoiceField(
        label="Berapa modal usaha Anda, di luar tanah dan bangunan?",
        choices=[("less", "Kurang dari Rp500 juta"), ("more", "Rp500 juta atau lebih"), ("unknown", "Saya tidak tahu")],
    )


QuestionForm.base_fields["capital"].choice_help = {"less": "Anda cukup melapor", "more": "Izin lewat OSS"}


def question(request: HttpRequest) -> HttpResponse:
    """Show one question a page, then the result as a sentence."""
    return render(request, "gaya/question.html", {"form": QuestionForm(request.POST or None)})


def records(request: HttpRequest) -> HttpResponse:
    """Show a list with filters and pages."""
    from gaya.filters import MessageFilters

    found = MessageFilters(request, Notification.objects.all())
    rows = [(f"Perbaikan saluran air RW {n:02}", 12_500_000 * n, LOOKS[n % 5], path(n % 12)) for n in range(1, 46)]
    return render(request, "gaya/records.html", {"filters": found, "page": paginate(request, rows, 10)})


def nothing(request: HttpRequest) -> HttpResponse:
    """Show an empty list."""
    return render(request, "gaya/nothing.html")


def letter(request: HttpRequest) -> HttpResponse:
    """Show a paper with its code."""
    return render(
        request, "gaya/letter.html", {"address": request.build_absolute_uri("/cek/ABCDEFGHJKMN/"), "path": path(8)}
    )


def refused(request: HttpRequest) -> HttpResponse:
    """Refuse."""
    raise Refused("Usulan ini sudah diputus kemarin, jadi tidak dapat diperbaiki lagi.")


def broken(request: HttpRequest) -> HttpResponse:
    """Fail."""
    raise RuntimeError("broken on purpose")
