"""The clock of Hayu: what happens by itself each day, in the region's time zone and working-day calendar."""

import datetime as dt

from core import tasks
from hayu.domain import clock


@tasks.periodic("bekukan_lewat_batas", hour=1)
def freeze_overdue(day: dt.date) -> str:
    """Freeze reports whose findings were not mended in time."""
    return f"{clock.freeze_overdue(day)} frozen"


@tasks.periodic("pilih_sampel", hour=2)
def draw_samples(day: dt.date) -> str:
    """Draw the reports of the days before."""
    drawn, chosen = clock.draw_samples(day)
    return f"{chosen} of {drawn} chosen"


@tasks.periodic("ingatkan_tahunan", hour=7)
def remind(day: dt.date) -> str:
    """Each January: ask owners whether their data are still true."""
    return f"{clock.remind(day)} reminded"


@tasks.periodic("tandai_data_usang", hour=3)
def mark_stale(day: dt.date) -> str:
    """Mark data that nobody confirmed for years."""
    return f"{clock.mark_stale(day)} marked"
