"""Pictures and words of E-RK: the day's bar, minutes, volumes, shares."""

import datetime as dt
from decimal import Decimal
from typing import Any

from core.money import thousands
from core.pictures import percent
from django import template

from erk.domain.queries.day import DayView
from erk.enums import COUNTED, EDITABLE, WAITING, ActivityState
from erk.interfaces.fields import VolumeField
from erk.models import Aktivitas
from erk.web.pages import month_label

register = template.Library()


@register.filter
def menit(number: int | None) -> str:
    """Return 6000 as "6.000 menit"; nothing for None."""
    return "" if number is None else f"{thousands(number)} menit"


@register.filter
def jam_menit(clock: dt.time) -> str:
    """Return a clock time as "08.30"."""
    return f"{clock:%H.%M}"


@register.filter
def volume(amount: Decimal) -> str:
    """Return an amount without needless zeros: "1,5"."""
    return VolumeField.show(amount)


@register.filter
def persen(share: Decimal) -> str:
    """Return a share as whole per cent: 0.475 -> "48%"."""
    return f"{round(share * 100)}%"


@register.filter
def bulan_panjang(month: dt.date) -> str:
    """Return "Oktober 2026"."""
    return month_label(month)


@register.filter
def koma(number: Decimal) -> str:
    """Return a number with one decimal, Indonesian: "112,0"."""
    return f"{number:.1f}".replace(".", ",")


@register.filter
def selisih(number: Decimal) -> str:
    """Return a gap with its sign: "+15,5", "−176,0", "0,0"."""
    return f"{'+' if number > 0 else '−' if number < 0 else ''}{koma(abs(number))}"


@register.filter
def menit_berlaku(activity: Aktivitas) -> int:
    """Return the minutes an activity stands for now: approved ones, else those that would count."""
    return activity.menit_hitung if activity.menit_setuju is None else activity.menit_setuju


@register.inclusion_tag("erk/parts/daybar.html")
def daybar(view: DayView) -> dict[str, Any]:
    """Show the day's bar: 0, the day's norm, the cap, filled by approved, waiting and not yet handed-in minutes."""
    parts = [
        ("good", "disetujui", _sum(view, COUNTED)),
        ("", "menunggu atasan", _sum(view, WAITING)),
        ("draft", "belum diajukan", _sum(view, EDITABLE)),
    ]
    segments, at = [], 0
    for tone, word, minutes in parts:
        shown = min(minutes, view.cap - at)
        if minutes:
            segments.append({"tone": tone, "word": word, "minutes": minutes, "x": percent(at, view.cap), "width": percent(shown, view.cap)})
        at += shown
    return {
        "view": view,
        "segments": segments,
        "norm_at": percent(view.norm, view.cap),
        "norm_missing": max(0, view.norm - view.logged),
    }


def _sum(view: DayView, states: tuple[ActivityState, ...]) -> int:
    return sum(menit_berlaku(row) for row in view.activities if row.state in states)


ACTION_WORDS = {
    "buat": "Dicatat",
    "ubah": "Diubah",
    "ajukan": "Diajukan",
    "tarik": "Ditarik kembali",
    "setujui": "Disetujui",
    "kembalikan": "Dikembalikan",
    "tolak": "Ditolak",
    "terlambat": "Lewat batas",
    "buka": "Dibuka kembali",
    "lewat_perbaikan": "Ditolak karena tidak diperbaiki",
    "eskalasi": "Naik ke atasan berikutnya",
    "lewat_tutup": "Disetujui sistem",
    "temukan": "Temuan dicatat",
    "tanggapi": "Temuan ditanggapi",
    "batalkan_audit": "Dibatalkan",
    "tambah_bukti": "Bukti ditambah",
}


@register.filter
def aksi(action: str) -> str:
    """Return what an act of the audit chain is called."""
    return ACTION_WORDS.get(action, action)
