"""Bottlenecks: how the counted days of decided applications divide over the stages (hayu.md section 9)."""

import datetime as dt
from collections import defaultdict
from dataclasses import dataclass

from core import dates
from core.calendar import WorkCalendar, calendar
from core.models import AuditEntry
from hayu.domain.permits import clock
from hayu.enums import AppState
from hayu.models import Application
from hayu.rules import sla

DAYS = 90  # calendar days back
MOST = 500  # decided applications that are read, the newest
_AT_ONCE = 200
# The stage a state belongs to; an objection has a clock of its own and no stage.
STATES: dict[str, tuple[AppState, ...]] = {
    "berkas": (AppState.DIAJUKAN, AppState.VERIFIKASI_BERKAS, AppState.USUL_TOLAK),
    "lapangan": (AppState.PENINJAUAN, AppState.PERTIMBANGAN_TEKNIS),
    "naskah": (AppState.PENETAPAN, AppState.MENUNGGU_TTE),
}
_STAGE_OF = {state: stage for stage, states in STATES.items() for state in states}


@dataclass(frozen=True, slots=True)
class Stage:
    """One stage: its share of the service time in percent, files that passed it, their median days, how many overran.

    Days are counted working days. A file overran when it spent more than the stage's share of its own service time.
    """

    name: str
    share: int
    files: int
    median: int
    over: int

    @property
    def over_share(self) -> int:
        """Return the files that overran in whole percent."""
        return round(100 * self.over / self.files) if self.files else 0


def recent(today: dt.date) -> list[Stage]:
    """Return the stages of the applications decided of late, in two queries and one for each two hundred files."""
    rows = list(
        Application.objects.filter(
            state__in=[AppState.TERBIT, AppState.DITOLAK], decided_at__gte=dates.at(today - dt.timedelta(days=DAYS))
        )
        .only("pk", "marks", "sla_days", "decided_at")
        .order_by("-decided_at", "-pk")[:MOST]
    )
    spent: dict[str, list[tuple[int, int]]] = defaultdict(list)
    ways, days = _ways([row.pk for row in rows]), calendar()
    for row in rows:
        for stage, number in _divided(row, ways[row.pk], days).items():
            spent[stage].append((number, row.sla_days))
    return [_stage(name, share, spent[name]) for name, share in sla.STAGE_SHARES]


def _stage(name: str, share: int, spent: list[tuple[int, int]]) -> Stage:
    over = sum(100 * number > share * promised for number, promised in spent)
    return Stage(name, share, len(spent), sla.percentile([number for number, _ in spent], 50), over)


def _ways(keys: list[int]) -> dict[int, list[tuple[dt.date, str]]]:
    """Return the day and state of each step of each application, in order; ends and mere reads are left out."""
    found: dict[int, list[tuple[dt.date, str]]] = defaultdict(list)
    for start in range(0, len(keys), _AT_ONCE):
        some = [str(key) for key in keys[start : start + _AT_ONCE]]
        entries = AuditEntry.objects.filter(object_type=Application._meta.label_lower, object_id__in=some)
        for key, at, target in entries.order_by("seq").values_list("object_id", "at", "target"):
            if target and target not in AppState.closed():
                found[int(key)].append((dates.local(at).date(), target))
    return found


def _divided(row: Application, way: list[tuple[dt.date, str]], days: WorkCalendar) -> dict[str, int]:
    """Return the counted days of each stage a file was in, 0 for one passed within a day."""
    begun = dt.date.fromisoformat(row.marks[0][0])
    found = {_STAGE_OF[AppState(state)]: 0 for day, state in way if day >= begun and state in _STAGE_OF}
    for day in sla.counted(clock.clock_of(row), days, dates.today()):
        state = next((state for since, state in reversed(way) if since <= day), "")
        if state in _STAGE_OF:
            found[_STAGE_OF[AppState(state)]] += 1
    return found
