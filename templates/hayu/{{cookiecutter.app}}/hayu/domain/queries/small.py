"""A month of lane LAPOR and of the officers' work (hayu.md section 17)."""

import datetime as dt
from collections import Counter
from dataclasses import dataclass

from django.db.models import Count, Sum

from core import dates
from core.models import AuditEntry
from hayu.domain.queries.monthly import last_day
from hayu.enums import AppAction, Outcome, Scale
from hayu.models import Inspection, Report
from hayu.rules import kbli

MOST = 5  # kinds of business that are named
_HANDLED = (
    AppAction.TERUSKAN, AppAction.KEMBALIKAN, AppAction.USUL_TOLAK, AppAction.REKOMENDASI, AppAction.TIDAK_LAYAK,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Month:
    """Reports of a month: how many, capital in rupiah, jobs, kinds, groups and scales, visits, what did not fit."""

    received: int
    capital: int
    jobs: int
    kinds: list[tuple[str, int]]
    groups: list[tuple[str, int]]
    scales: list[tuple[str, int]]
    visited: int
    wrong: int

    @property
    def wrong_share(self) -> int:
        """Return the visits that found something else than reported, in whole percent."""
        return round(100 * self.wrong / self.visited) if self.visited else 0


def month(first: dt.date) -> Month:
    """Return what was reported and visited in a month."""
    begin, end = dates.at(first), dates.at(last_day(first) + dt.timedelta(days=1))
    rows = Report.objects.registered().filter(registered_at__gte=begin, registered_at__lt=end).order_by()
    sums = rows.aggregate(number=Count("pk"), capital=Sum("capital"), jobs=Sum("workers"))
    kinds = Counter(dict(rows.values_list("kbli_code").annotate(number=Count("pk"))))
    scales = dict(rows.values_list("scale").annotate(number=Count("pk")))
    visits = Inspection.objects.filter(visited_at__gte=begin, visited_at__lt=end)
    return Month(
        sums["number"], sums["capital"] or 0, sums["jobs"] or 0,
        [(_kind(code), number) for code, number in kinds.most_common(MOST)], _groups(kinds),
        [(str(scale.label), scales[scale]) for scale in Scale if scales.get(scale)],
        visits.count(), visits.filter(outcome=Outcome.TIDAK_SESUAI).count(),
    )  # fmt: skip


def _kind(code: str) -> str:
    found = kbli.find(code)
    return found.everyday if found else f"KBLI {code}"


def _groups(kinds: Counter[str]) -> list[tuple[str, int]]:
    """Return how many reports each section of KBLI has, most first; codes the table has lost are left out."""
    known, titles = kbli.activities(), kbli.sections()
    found: Counter[str] = Counter()
    for code, number in kinds.items():
        if code in known:
            found[titles.get(known[code].section, known[code].section)] += number
    return sorted(found.items(), key=lambda row: (-row[1], row[0]))


def load(first: dt.date) -> list[tuple[str, int]]:
    """Return how many files each officer checked or advised on in a month, most first."""
    entries = AuditEntry.objects.filter(
        object_type="hayu.application",
        action__in=_HANDLED,
        at__gte=dates.at(first), at__lt=dates.at(last_day(first) + dt.timedelta(days=1)),
    )  # fmt: skip
    rows = entries.order_by().values_list("actor__full_name").annotate(number=Count("object_id", distinct=True))
    return sorted(rows, key=lambda row: (-row[1], row[0]))
