"""The yearly public report: budget, realised, paid, reported, by kind; computed from the cases and the old register."""

from collections import defaultdict
from dataclasses import dataclass, fields
from enum import StrEnum

from django.db.models import Count, Q, Sum

from sabilulungan.domain.aid import GIVEN
from sabilulungan.enums import AidState, Kind
from sabilulungan.models import EnactedBudget, PastGrant, Proposal, UnplannedAid


class Share(StrEnum):
    """The three kinds a year's budget sets sums aside for."""

    GRANTS = "Hibah"
    AID = "Bantuan sosial terencana"
    UNPLANNED = "Bantuan sosial tidak terencana"


_OF_KIND = {Kind.HIBAH: Share.GRANTS, Kind.BANSOS: Share.AID}


@dataclass(frozen=True, slots=True)
class Sums:
    """Recipients paid, rupiah paid, recipients that accounted for it, rupiah accounted for."""

    paid: int = 0
    realised: int = 0
    reported: int = 0
    accounted: int = 0

    def __add__(self, other: "Sums") -> "Sums":
        """Return both together."""
        return Sums(*(getattr(self, one.name) + getattr(other, one.name) for one in fields(self)))


@dataclass(frozen=True, slots=True)
class ReportLine:
    """One kind of one budget year, or the whole year; `budget` is None where no APBD was recorded."""

    year: int
    what: str
    budget: int | None
    sums: Sums

    @property
    def percent(self) -> str:
        """Return what was realised of the budget: "73,4%", or "" without a budget."""
        return f"{100 * self.sums.realised / self.budget:.1f}%".replace(".", ",") if self.budget else ""


def reports() -> list[list[ReportLine]]:
    """Return each budget year that paid something or has a budget, newest first; its last line is the whole year."""
    found: defaultdict[int, dict[Share, Sums]] = defaultdict(dict)
    for year, share, sums in [*_paid(), *_past(), *_unplanned()]:
        found[year][share] = found[year].get(share, Sums()) + sums
    budgets = {row.budget_year: row for row in EnactedBudget.objects.all()}
    return [_year(year, found[year], budgets.get(year)) for year in sorted({*found, *budgets}, reverse=True)]


def _year(year: int, shares: dict[Share, Sums], budget: EnactedBudget | None) -> list[ReportLine]:
    set_aside = (
        {Share.GRANTS: budget.grants, Share.AID: budget.aid, Share.UNPLANNED: budget.unplanned} if budget else {}
    )
    lines = [
        ReportLine(year, share.value, set_aside.get(share), shares.get(share, Sums()))
        for share in Share
        if share in shares or set_aside.get(share)
    ]
    whole = sum((line.sums for line in lines), Sums())
    return [*lines, ReportLine(year, "Seluruhnya", sum(set_aside.values()) if budget else None, whole)]


def _paid() -> list[tuple[int, Share, Sums]]:
    rows = (
        Proposal.objects.public()
        .filter(amount_paid__isnull=False)
        .order_by()
        .values_list("budget_year", "kind")
        .annotate(n=Count("pk"), paid=Sum("amount_paid"), told=Count("amount_accounted"), sum=Sum("amount_accounted"))
    )
    return [(year, _OF_KIND[Kind(kind)], Sums(*(value or 0 for value in sums))) for year, kind, *sums in rows]


def _past() -> list[tuple[int, Share, Sums]]:
    told = Q(reported=True)
    rows = (
        PastGrant.objects.order_by()
        .values_list("budget_year", "kind")
        .annotate(n=Count("pk"), paid=Sum("amount"), told=Count("pk", filter=told), sum=Sum("amount", filter=told))
    )
    return [(year, _OF_KIND[Kind(kind)], Sums(*(value or 0 for value in sums))) for year, kind, *sums in rows]


def _unplanned() -> list[tuple[int, Share, Sums]]:
    told = Q(state=AidState.DIREKAP)
    rows = (
        UnplannedAid.objects.filter(state__in=GIVEN)
        .order_by()
        .values_list("year")
        .annotate(n=Count("pk"), paid=Sum("amount"), told=Count("pk", filter=told), sum=Sum("amount", filter=told))
    )
    return [(year, Share.UNPLANNED, Sums(*(value or 0 for value in sums))) for year, *sums in rows]
