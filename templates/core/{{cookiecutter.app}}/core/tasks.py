"""Work outside a request: a queue (django-tasks) and a register of periodic commands.

Timers call `manage.py periodic --due`; each command runs once per slot, whatever restarts happen in between.
"""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass

from django.db import transaction
from django.utils.module_loading import autodiscover_modules
from django_tasks import task as background

from core import dates
from core.models import PeriodicRun

__all__ = ["Periodic", "background", "due", "periodic", "registered", "run"]

MINUTELY, HOURLY, DAILY = "minutely", "hourly", "daily"


@dataclass(frozen=True, slots=True)
class Periodic:
    """A command of the clock: its name, how often, from which hour of the region's day, and the function.

    The function takes the region's date of the slot and returns a short English line for the log.
    """

    name: str
    every: str
    hour: int
    function: Callable[[dt.date], str]

    def slot(self, moment: dt.datetime) -> str | None:
        """Return the slot a moment falls into ("2026-11-24", "2026-11-24T13", …T13:05), None before its hour."""
        local = dates.local(moment)
        if self.every == MINUTELY:
            return f"{local:%Y-%m-%dT%H:%M}"
        if self.every == HOURLY:
            return f"{local:%Y-%m-%dT%H}"
        return f"{local:%Y-%m-%d}" if local.hour >= self.hour else None


_REGISTER: dict[str, Periodic] = {}


def periodic(
    name: str, every: str = DAILY, hour: int = 1
) -> Callable[[Callable[[dt.date], str]], Callable[[dt.date], str]]:
    """Register a function as a periodic command: `@periodic("tutup_batas", every=DAILY, hour=1)`."""
    if every not in (MINUTELY, HOURLY, DAILY):
        raise ValueError(f"{name}: every is {MINUTELY!r}, {HOURLY!r} or {DAILY!r}, not {every!r}.")

    def register(function: Callable[[dt.date], str]) -> Callable[[dt.date], str]:
        _REGISTER[name] = Periodic(name, every, hour, function)
        return function

    return register


def registered() -> dict[str, Periodic]:
    """Return every periodic command; apps register theirs in a module `periodic`."""
    autodiscover_modules("periodic")
    return dict(_REGISTER)


def due(moment: dt.datetime | None = None) -> list[Periodic]:
    """Return the commands whose current slot has not been completed."""
    at = moment or dates.now()
    done = dict(PeriodicRun.objects.values_list("name", "slot"))
    return [job for job in registered().values() if (slot := job.slot(at)) and done.get(job.name, "") < slot]


def run(name: str, moment: dt.datetime | None = None) -> str:
    """Run one command now and note its slot as completed; a failing one stays due and raises.

    The row is locked meanwhile, so two timers at once do the work one after the other, the second finding nothing.
    """
    job = registered()[name]
    at = moment or dates.now()
    PeriodicRun.objects.get_or_create(name=name)
    with transaction.atomic():
        row = PeriodicRun.objects.select_for_update().get(name=name)
        started = dates.now()
        result = job.function(dates.local(at).date())
        row.slot = max(row.slot, job.slot(at) or row.slot)
        row.started_at, row.finished_at, row.result = started, dates.now(), result[:200]
        row.save()
    return result
