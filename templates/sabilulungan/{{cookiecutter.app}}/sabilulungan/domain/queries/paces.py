"""How long steps take, by step and office: the median of working days, and how many were late."""

import datetime as dt
import statistics
from collections import defaultdict
from dataclasses import dataclass
from itertools import groupby

from core import dates
from core.calendar import calendar
from sabilulungan.domain import rulebook
from sabilulungan.domain.flow.looks import stage_label
from sabilulungan.domain.queries.paths import waits_for
from sabilulungan.enums import CLASSIC_STAGES, State
from sabilulungan.models import CaseStep, Proposal
from sabilulungan.rules.deadlines import days_late
from sabilulungan.rules.flow import STAGE_OF, STATE_OF, stages

NEWEST = 1000  # proposals a year's paces are read from, so that the page costs the same every year


@dataclass(frozen=True, slots=True)
class Pace:
    """One step of one office: median working days, days allowed, steps done, and how many of them late."""

    step: str
    who: str
    days: int
    allowed: int
    count: int
    late: int


def paces(year: int) -> list[Pace]:
    """Return the classic steps in their order, the slowest office first."""
    profile = rulebook.current()
    newest = Proposal.objects.public().filter(budget_year=year).order_by("-submitted_at", "-pk").values("pk")[:NEWEST]
    rows = (
        CaseStep.objects.filter(proposal__in=newest)
        .order_by("proposal", "pk")
        .values_list("proposal", "source", "proposal__office", "at", "due_on")
    )
    spent: defaultdict[tuple[str, str], list[tuple[int, bool]]] = defaultdict(list)
    for _, log in groupby(rows, key=lambda row: row[0]):
        before: dt.date | None = None
        for _, source, office, at, due in log:
            day = dates.local(at).date()
            stage = STAGE_OF.get(State(source))
            if before and stage in CLASSIC_STAGES:
                late = days_late(calendar(), due, day) > 0
                spent[source, office if source == State.EVALUASI else ""].append((calendar().count(before, day), late))
            before = day
    found = []
    for stage in stages(profile):
        if stage not in CLASSIC_STAGES:
            continue
        rule, state = profile.step(stage), STATE_OF[stage]
        mine = [(office, done) for (source, office), done in spent.items() if source == state]
        here = [
            Pace(
                stage_label(stage, rule.label),
                waits_for(state, profile, office),
                round(statistics.median(days for days, _ in done)),
                rule.days,
                len(done),
                sum(late for _, late in done),
            )
            for office, done in mine
        ]
        found += sorted(here, key=lambda pace: (-pace.days, pace.who))
    return found
