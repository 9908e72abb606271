"""Many regions at once: each in a process of its own, forked from one that has read the templates.

A region's process has limits, and is ended with all it started when it takes too long.
"""

import multiprocessing
import os
import resource
import signal
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from multiprocessing.connection import Connection, wait
from multiprocessing.context import ForkProcess
from pathlib import Path

from kit.profile import from_values, sample
from kit.render.extras import PROFILE
from kit.render.git import require_merge_tree
from kit.render.region import Renderer
from kit.upgrade.forecast.outlook import Outlook
from kit.upgrade.forecast.region import outlook
from kit.upgrade.forecast.sources import Place

LONGEST = 60.0
"""Seconds that one region may take."""

_SAMPLE = "32.73"
_CPU = 30
_MEMORY = 4 * 1024**3
_FILE = 512 * 1024**2


@dataclass(frozen=True)
class _Running:
    place: Place
    process: ForkProcess
    until: float


def forecast(
    places: Sequence[Place],
    renderer: Renderer | None = None,
    told: Callable[[Outlook], None] = lambda _: None,
    longest: float = LONGEST,
) -> list[Outlook]:
    """The outlook of every region, in the order given. ``told`` hears of each as it is known.

    ``longest``: seconds a region may take; one that takes longer is told as a fault of its own. Raises KitError where
    git is too old.
    """
    renderer = renderer or Renderer()
    if places:
        require_merge_tree(places[0].path.parent)
        _warm(renderer)
    found: dict[int, Outlook] = {}
    running: dict[Connection, tuple[int, _Running]] = {}
    waiting = list(enumerate(places))[::-1]
    try:
        while waiting or running:
            while waiting and len(running) < (os.cpu_count() or 1):
                number, place = waiting.pop()
                if place.fault:
                    found[number] = Outlook(place.where, fault=place.fault)
                    told(found[number])
                else:
                    answer, one = _begin(place, renderer, longest)
                    running[answer] = (number, one)
            ready = wait(list(running), timeout=0.5)
            late = [answer for answer, (_, one) in running.items() if one.until < time.monotonic()]
            for answer in [one for one in running if one in ready or one in late]:
                number, one = running.pop(answer)
                found[number] = _end(answer, one, longest)
                told(found[number])
    finally:
        for answer, (_, one) in running.items():
            _end(answer, one, 0)
    return [found[number] for number in range(len(places))]


def _warm(renderer: Renderer) -> None:
    """Render an invented region, so that every process forked from this one has the templates compiled."""
    renderer.tree(from_values(sample(_SAMPLE, {})), Path(PROFILE), "")


def _begin(place: Place, renderer: Renderer, longest: float) -> tuple[Connection, _Running]:
    answer, say = multiprocessing.Pipe(duplex=False)
    process = multiprocessing.get_context("fork").Process(target=_child, args=(place, renderer, say))
    process.start()
    say.close()
    return answer, _Running(place, process, time.monotonic() + longest)


def _child(place: Place, renderer: Renderer, say: Connection) -> None:
    os.setsid()
    for what, most in (
        (resource.RLIMIT_CPU, _CPU),
        (resource.RLIMIT_AS, _MEMORY),
        (resource.RLIMIT_FSIZE, _FILE),
        (resource.RLIMIT_CORE, 0),
    ):
        hard = resource.getrlimit(what)[1]
        resource.setrlimit(what, (most if hard == resource.RLIM_INFINITY else min(most, hard), hard))
    try:
        say.send(outlook(place.where, place.path, renderer))
    except (MemoryError, OSError, ValueError, RecursionError) as error:
        say.send(Outlook(place.where, fault=f"it could not be read ({type(error).__name__}: {error})."))


def _end(answer: Connection, one: _Running, longest: float) -> Outlook:
    """The answer of a process, and the end of everything it started."""
    try:
        found = answer.recv() if answer.poll() else None
    except EOFError:
        found = None
    answer.close()
    if one.process.is_alive() and found is None:
        try:
            os.killpg(one.process.pid or 0, signal.SIGKILL)
        except ProcessLookupError:
            one.process.kill()
    one.process.join()
    if isinstance(found, Outlook):
        return found
    limits = f"{longest:.0f} seconds, {_MEMORY // 1024**3} GB of memory, files of {_FILE // 1024**2} MB"
    return Outlook(one.place.where, fault=f"looking at it went over a limit ({limits}): look at it by hand.")
