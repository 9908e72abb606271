"""Pictures and words of E-RK: the day's bar, minutes, volumes, shares."""

import datetime as dt
from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from django import template

from core import dates
from core.money import thousands
from core.pictures import percent
from erk.domain.activity import MAX_PROOFS
from erk.domain.queries.day import DayView
from erk.enums import COUNTED, EDITABLE, WAITING
from erk.interfaces.fields import VolumeField
from erk.interfaces.words import ACTION_WORDS, Row, evidence, month_label
from erk.models import Aktivitas
from erk.rules.workload import BAND_WORDS, Bands

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


@register.filter
def bukti(activity: Aktivitas) -> list[str]:
    """Return the addresses of the proof files of a row of the inbox."""
    found = (getattr(activity, f"proof_{number}") for number in range(1, MAX_PROOFS + 1))
    return [public_id for public_id in found if public_id]


@register.inclusion_tag("erk/parts/daybar.html")
def daybar(view: DayView) -> dict[str, Any]:
    """Show the day's bar: 0, the day's norm, the cap; one block an activity, by how far it has come."""
    groups = [("good", "disetujui", COUNTED), ("", "menunggu atasan", WAITING), ("draft", "belum diajukan", EDITABLE)]
    segments, legend, at = [], [], 0
    for tone, word, states in groups:
        blocks = [menit_berlaku(row) for row in view.activities if row.state in states]
        if any(blocks):
            legend.append({"tone": tone, "word": word, "minutes": sum(blocks)})
        for minutes in blocks:
            shown = max(0, min(minutes, view.cap - at))
            segments.append({"tone": tone, "x": percent(at, view.cap), "width": percent(shown, view.cap)})
            at += shown
    return {
        "view": view,
        "segments": segments,
        "legend": legend,
        "norm_at": percent(view.norm, view.cap),
        "norm_missing": max(0, view.norm - view.logged),
    }


@register.inclusion_tag("erk/parts/strip.html")
def strip(rows: Sequence[Row], bands: Bands) -> dict[str, Any]:
    """Show offices or people from overloaded to idle on one scale, with the edges of the bands as lines."""
    edges = (bands.under_used, bands.loose, bands.full, bands.overloaded)
    widest = max([bands.overloaded * Decimal("1.25"), *(row.ratio for row in rows)])
    per_mille = int(widest * 1000)
    shown = [
        {
            "row": row,
            "number": satu_desimal(row.ratio),
            "width": percent(int(row.ratio * 1000), per_mille),
            "word": BAND_WORDS[row.band],
        }
        for row in rows
    ]
    return {
        "rows": shown,
        "edges": [percent(int(edge * 1000), per_mille) for edge in edges],
        "axis": [(percent(int(edge * 1000), per_mille), persen(edge)) for edge in edges],
    }


@register.filter
def satu_desimal(share: Decimal) -> str:
    """Return a share as per cent with one decimal, cut, so that 110.0 is never shown for more: "110,3%"."""
    tenths = int(share * 1000)
    return f"{tenths // 10},{tenths % 10}%"


@register.filter
def aksi(action: str) -> str:
    """Return what an act of the audit chain is called."""
    return ACTION_WORDS.get(action, action)


@register.filter
def dasar_tanda(detail: dict[str, Any]) -> str:
    """Return what a sign of dishonest minutes rests on."""
    return "; ".join(evidence(detail))


@register.filter
def sel(value: Any) -> Any:
    """Return a cell of a report for the screen: whole numbers with dots, dates as people write them."""
    if isinstance(value, dt.date):
        return dates.short_date(value)
    return thousands(value) if isinstance(value, int) and value >= 1000 else value
