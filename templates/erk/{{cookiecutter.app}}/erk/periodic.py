"""Commands of the clock, in the region's days (see core.tasks)."""

import datetime as dt

from core import dates, tasks
from core.models import PeriodicRun
from erk.domain import anomalies, catalogue, clock, closing, outages, summaries, trials
from erk.models import BulanOpd
from erk.rules import windows


@tasks.periodic("erk_batas", every=tasks.DAILY, hour=0)
def deadlines(today: dt.date) -> str:
    """Close what is late, reject what was not mended, escalate what was not decided."""
    late, rejected, up = clock.close_late(today), clock.close_returned(today), clock.escalate(today)
    return f"{late} late, {rejected} not mended, {up} escalated, {clock.approve_overdue(today)} approved by rule"


@tasks.periodic("erk_pengingat", every=tasks.HOURLY)
def reminders(today: dt.date) -> str:
    """Tell employees what ends today and superiors what waits, a part of them each hour of the morning."""
    groups = clock.groups_at(dates.local(dates.now()).hour)
    owners, superiors = clock.remind_owners(today, groups), clock.remind_superiors(today, groups)
    return f"{owners} employees, {superiors} superiors told"


@tasks.periodic("erk_rekap", every=tasks.DAILY, hour=2)
def recaps(today: dt.date) -> str:
    """Compute the last month anew until it is final, so that slips follow late decisions."""
    result = closing.compute(windows.previous_month(today))
    return f"{result.computed} recaps computed, {result.unchanged} unchanged"


@tasks.periodic("erk_anomali", every=tasks.DAILY, hour=3)
def signs(today: dt.date) -> str:
    """Look for signs in the last month, and draw its sample once its first preview is open."""
    month = windows.previous_month(today)
    found = anomalies.search(month)
    drawn = anomalies.draw(month) if BulanOpd.objects.filter(bulan=month).exists() else 0
    return f"{found.new} signs new, {found.changed} changed, {found.gone} gone; {drawn} samples drawn"


@tasks.periodic("erk_beban", every=tasks.DAILY, hour=4)
def workload(today: dt.date) -> str:
    """Keep the workload summaries of the last twelve months equal to the log; say what differed."""
    outcomes = [summaries.refresh(month) for month in summaries.due(today)]
    differed = [sentence for outcome in outcomes for sentence in outcome.differed]
    written = sum(outcome.new + outcome.renewed for outcome in outcomes)
    return f"{written} agencies' months written, {len(differed)} figures differed. {' '.join(differed[:3])}".strip()


@tasks.periodic("erk_beban_baru", every=tasks.HOURLY)
def late_decisions(today: dt.date) -> str:
    """Let what was decided since the night show on the workload pages of this month and the last."""
    months = (today.replace(day=1), windows.previous_month(today))
    return f"{sum(map(summaries.catch_up, months))} agencies' months written anew"


@tasks.periodic("erk_uji_coba", every=tasks.MINUTELY)
def go_on_trying(today: dt.date) -> str:
    """Go on with trials of drafted rules."""
    return f"{trials.run_waiting()} agencies reckoned"


@tasks.periodic("erk_katalog", every=tasks.DAILY, hour=0)
def items(today: dt.date) -> str:
    """Bring the catalogue in step with the profile."""
    return f"{catalogue.sync(today)} catalogue items changed"


@tasks.periodic("erk_denyut", every=tasks.MINUTELY)
def heartbeat(today: dt.date) -> str:
    """Note when the server stood still for more than an hour: what closes on such a day closes later."""
    last = PeriodicRun.objects.filter(name="erk_denyut").values_list("finished_at", flat=True).first()
    return outages.since_heartbeat(last, dates.now())
