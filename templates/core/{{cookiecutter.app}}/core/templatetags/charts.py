"""Pictures drawn on the server: the path of a rupiah, day cells, bars, a gauge, a narrowing bar.

Each has words beside its shapes. Widths are SVG attributes in per cent, so text keeps its size on every screen
and no inline style is needed. Their syntax is documented in templates/core/README.md.
"""

import datetime as dt
from collections.abc import Sequence
from typing import Any

from django import template
from django.utils.safestring import SafeString, mark_safe

from core import dates, maps, money
from core.pictures import DAY_WORDS, Area, Bar, Day, DayKind, Mark, Stage, Step, percent, shades

register = template.Library()


@register.inclusion_tag("core/parts/steps.html")
def steps(path: Sequence[Step], size: str = "large", title: str = "") -> dict[str, Any]:
    """Show a path: `size` is large (a line, standing on phones), small (dots and one sentence), print."""
    if size not in ("large", "small", "print"):
        raise template.TemplateSyntaxError(f"steps: size is large, small or print, not {size!r}.")
    return {
        "path": path,
        "size": size,
        "title": title,
        "sentence": path_sentence(path),
        "dots": _dots(path) if size == "small" else "",
    }


def path_sentence(path: Sequence[Step]) -> str:
    """Return where a path stands: "Tahap 4 dari 12: Verifikasi lapangan, terlambat 3 hari kerja"."""
    index = next((i for i, step in enumerate(path) if step.status in ("now", "late", "stopped")), None)
    if index is None:
        done = sum(step.status == "done" for step in path)
        return f"Selesai {done} dari {len(path)} tahap"
    step = path[index]
    late = f", terlambat {step.late_days} hari kerja" if step.late_days else ""
    stopped = ", berhenti di sini" if step.status == "stopped" else ""
    return f"Tahap {index + 1} dari {len(path)}: {step.name}{late}{stopped}"


_WALKED = ("done", "now", "late")
_RADIUS = {"done": "4.5", "next": "4.5", "skipped": "4.5", "now": "6", "late": "6", "stopped": "6"}


def _dots(path: Sequence[Step]) -> SafeString:
    """Return the path as dots on a line; in one piece, because a list shows hundreds of them."""
    lines = [
        f'<line class="c-line{" c-line--done" * (step.status in _WALKED)}" '
        f'x1="{8 + 15 * (index - 1)}" x2="{8 + 15 * index}" y1="8" y2="8"/>'
        for index, step in enumerate(path)
        if index
    ]
    dots = [
        f'<circle class="c-dot c-dot--{step.status}" cx="{8 + 15 * index}" cy="8" r="{_RADIUS[step.status]}"/>'
        for index, step in enumerate(path)
    ]
    width = 1 + 15 * len(path)
    return mark_safe(f'<svg width="{width}" height="16" aria-hidden="true">{"".join(lines + dots)}</svg>')  # noqa: S308  (numbers and our own words)


@register.filter
def bulan(day: dt.date) -> str:
    """Return the short month of a day: "Nov"."""
    return dates.SHORT_MONTHS[day.month - 1]


@register.filter
def day_word(kind: DayKind) -> str:
    """Return what a kind of day means."""
    return DAY_WORDS[kind]


@register.inclusion_tag("core/parts/days.html")
def days(cells: Sequence[Day], title: str = "", sentence: str = "") -> dict[str, Any]:
    """Show a service clock as cells: counted, paused, left, late, and days that do not count."""
    kinds = [(kind, DAY_WORDS[kind]) for kind in DAY_WORDS if any(cell.kind == kind for cell in cells)]
    return {"cells": cells, "title": title, "sentence": sentence, "legend": kinds}


@register.inclusion_tag("core/parts/progress.html")
def progress(
    value: int, maximum: int, unit: str = "", marks: Sequence[Mark] = (), title: str = "", tone: str = ""
) -> dict[str, Any]:
    """Show a bar that fills from 0 to `maximum` with marks on the way: today's minutes 0–300–450."""
    return {
        "title": title,
        "unit": unit,
        "tone": tone,
        "value": money.thousands(value),
        "maximum": money.thousands(maximum),
        "filled": percent(value, maximum),
        "marks": [
            (percent(mark.at, maximum), money.thousands(mark.at), mark.label, _anchor(mark.at, maximum))
            for mark in marks
        ],
    }


def _anchor(at: int, maximum: int) -> str:
    share = at / maximum if maximum else 0
    return "start" if share < 0.12 else "end" if share > 0.88 else "middle"


@register.inclusion_tag("core/parts/gauge.html")
def gauge(value: int, target: int, forecast: int | None = None, unit: str = "", title: str = "") -> dict[str, Any]:
    """Show the month's gauge to its target, with the forecast as a dashed line."""
    maximum = max(target, value, forecast or 0)
    return {
        "title": title,
        "unit": unit,
        "value": money.thousands(value),
        "target": money.thousands(target),
        "forecast": None if forecast is None else money.thousands(forecast),
        "filled": percent(value, maximum),
        "target_at": percent(target, maximum),
        "forecast_at": None if forecast is None else percent(forecast, maximum),
        "forecast_anchor": _anchor(forecast or 0, maximum),
        "share": f"{round(100 * value / target) if target else 0}%",
        "tone": "good" if value >= target else "",
    }


@register.inclusion_tag("core/parts/funnel.html")
def funnel(stages: Sequence[Stage], title: str = "") -> dict[str, Any]:
    """Show sums that narrow: asked, approved, paid, accounted for."""
    widest = max((stage.amount for stage in stages), default=0)
    rows = [
        {
            "stage": stage,
            "short": money.rupiah_short(stage.amount),
            "full": money.rupiah(stage.amount),
            "width": percent(stage.amount, widest),
        }
        for stage in stages
    ]
    return {"rows": rows, "title": title, "band": _band([stage.amount for stage in stages]) if len(stages) == 4 else []}


def _band(amounts: Sequence[int]) -> list[str]:
    """Return the polygons of one shape, 400 by 120, that narrows from stage to stage."""
    widest = max(amounts) or 1
    heights = [max(3.0, 120 * amount / widest) for amount in amounts]
    shapes = []
    for index, height in enumerate(heights):
        following = heights[index + 1] if index + 1 < len(heights) else height
        left, bend, right = 100 * index, 100 * index + 68, 100 * (index + 1)
        upper = [(left, 60 - height / 2), (bend, 60 - height / 2), (right, 60 - following / 2)]
        lower = [(right, 60 + following / 2), (bend, 60 + height / 2), (left, 60 + height / 2)]
        shapes.append(" ".join(f"{x},{y:.2f}" for x, y in upper + lower))
    return shapes


@register.inclusion_tag("core/parts/bars.html")
def bars(rows: Sequence[Bar], title: str = "", maximum: int = 0, unit: str = "") -> dict[str, Any]:
    """Show one bar a row with its number and a word for its band: offices from idle to overloaded."""
    widest = maximum or max((row.value for row in rows), default=0)
    shown = [{"row": row, "number": money.thousands(row.value), "width": percent(row.value, widest)} for row in rows]
    return {"rows": shown, "title": title, "unit": unit}


@register.inclusion_tag("core/parts/map.html")
def area_map(areas: Sequence[Area], title: str = "", money_words: bool = False, within: str = "") -> dict[str, Any]:
    """Show numbers of the region's kabupaten/kota or kecamatan as shades, with a legend in words and the credit line.

    `within` is the code of a kecamatan whose kelurahan and desa are drawn instead. Areas without a number are blank;
    nothing is shown where the region has no boundary file. The page has the table.
    """
    atlas = maps.atlas("villages", within) if within else maps.atlas(maps.main_level())
    known = {area.code: area for area in areas}
    ranges = shades([area.value for area in areas])
    written = money.rupiah_short if money_words else money.thousands
    shown = [
        {"outline": outline, "area": known.get(outline.code), "shade": _shade(known.get(outline.code), ranges)}
        for outline in (atlas.outlines if atlas else ())
    ]
    legend = [
        (_depth(step, ranges), written(least) if least == greatest else f"{written(least)} sampai {written(greatest)}")
        for step, (least, greatest) in enumerate(ranges)
    ]
    return {"atlas": atlas, "shown": shown, "legend": legend, "title": title, "credit": maps.CREDIT}


def _shade(area: Area | None, ranges: Sequence[tuple[int, int]]) -> int:
    value = area.value if area else 0
    return next((_depth(step, ranges) for step, (least, most) in enumerate(ranges) if least <= value <= most), 0)


def _depth(step: int, ranges: Sequence[tuple[int, int]]) -> int:
    """How dark a range is, from 1 to 5; the highest is always the darkest."""
    return 5 - 5 * (len(ranges) - 1 - step) // len(ranges)


@register.simple_tag
def qr(text: str) -> SafeString:
    """Return a QR code of `text` as inline SVG."""
    from core import qr as drawing

    return drawing.svg(text)
