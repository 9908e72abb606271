"""What the clock does. Each function may run twice on a day, or skip days, and the result is the same."""

import datetime as dt
from collections.abc import Iterable
from typing import Any

from django.db.models import Count, Q, Sum

from core import dates
from core.errors import Refused
from hayu.domain.guards import years_before
from hayu.domain.machine import machine
from hayu.domain.policy import policy
from hayu.enums import ACTIVE, Action, State
from hayu.models import Report
from hayu.rules.sampling import draw


def _perform(keys: Iterable[int], action: Action) -> int:
    done = 0
    for key in keys:
        try:
            machine.perform(key, action, None)
        except Refused:  # somebody acted on it in the meantime
            continue
        done += 1
    return done


def freeze_overdue(day: dt.date) -> int:
    """Freeze reports whose day to mend lies before `day`; return how many."""
    late = Report.objects.filter(state=State.PERLU_PEMBETULAN, fix_by__lt=day)
    return _perform(list(late.order_by("pk").values_list("pk", flat=True)), Action.LEWAT_BATAS)


def draw_samples(day: dt.date) -> tuple[int, int]:
    """Draw every report registered before `day` once; return how many were drawn and how many chosen."""
    waiting = Report.objects.filter(
        state=State.TERDAFTAR, drawn_on__isnull=True, registered_at__lt=dates.at(day)
    ).order_by("pk")
    rows = list(waiting.values_list("pk", "code", "capital", "nik_token"))
    owners = _totals({token for *_, token in rows})
    chosen = 0
    for key, code, capital, token in rows:
        total, count = owners[token]
        drawn = draw(day, code, capital, total, count, policy())
        if drawn.rule is None:
            Report.objects.filter(pk=key, drawn_on__isnull=True).update(drawn_on=day)
            continue
        try:
            machine.perform(key, Action.PILIH_SAMPEL, None, data={"rule": drawn.rule, **drawn.as_data()})
        except Refused:
            continue
        chosen += 1
    return len(rows), chosen


def _totals(tokens: set[str]) -> dict[str, tuple[int, int]]:
    """Return capital in rupiah and number of active reports of each owner."""
    rows: list[dict[str, Any]] = list(
        Report.objects.filter(nik_token__in=tokens, state__in=ACTIVE)
        .order_by()
        .values("nik_token")
        .annotate(total=Sum("capital"), number=Count("pk"))
    )
    return {row["nik_token"]: (row["total"], row["number"]) for row in rows}


def remind(day: dt.date) -> int:
    """In January, remind owners whose data are from an earlier year; return how many."""
    if day.month != 1:
        return 0
    due = Report.objects.filter(state=State.TERDAFTAR, confirmed_on__year__lt=day.year).filter(
        Q(reminded_year__isnull=True) | Q(reminded_year__lt=day.year)
    )
    return _perform(list(due.order_by("pk").values_list("pk", flat=True)), Action.INGATKAN)


def mark_stale(day: dt.date) -> int:
    """Mark reports nobody confirmed for the region's number of years; return how many."""
    due = Report.objects.filter(
        state=State.TERDAFTAR, stale_since__isnull=True, confirmed_on__lte=years_before(day, policy().stale_years)
    )
    return _perform(list(due.order_by("pk").values_list("pk", flat=True)), Action.TANDAI_USANG)
