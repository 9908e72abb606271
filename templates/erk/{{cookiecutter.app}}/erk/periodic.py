"""Commands of the clock, in the region's days (see core.tasks)."""

import datetime as dt

from core import tasks
from erk.domain import catalogue, clock, months


@tasks.periodic("erk_batas", every=tasks.DAILY, hour=0)
def deadlines(today: dt.date) -> str:
    """Close what is late, reject what was not mended, escalate what was not decided."""
    late, rejected, up = clock.close_late(today), clock.close_returned(today), clock.escalate(today)
    return f"{late} late, {rejected} not mended, {up} escalated, {clock.approve_overdue(today)} approved by rule"


@tasks.periodic("erk_pengingat", every=tasks.DAILY, hour=7)
def reminders(today: dt.date) -> str:
    """Tell superiors what waits."""
    return f"{clock.remind_superiors(today)} superiors told"


@tasks.periodic("erk_rekap", every=tasks.DAILY, hour=2)
def recaps(today: dt.date) -> str:
    """Compute the last month anew until it is final, so that slips follow late decisions."""
    result = months.compute_due(today)
    return f"{result.computed} recaps computed, {result.unchanged} unchanged"


@tasks.periodic("erk_katalog", every=tasks.DAILY, hour=0)
def items(today: dt.date) -> str:
    """Bring the catalogue in step with the profile."""
    return f"{catalogue.sync(today)} catalogue items changed"
