"""Figures for the public: everything is computed from the cases, nothing is typed in."""

from dataclasses import dataclass

from django.db.models import Count, F, Sum

from core import dates
from core.wilayah import name_of
from sabilulungan.domain import rulebook
from sabilulungan.domain.flow.looks import stage_label
from sabilulungan.domain.queries.lists import DECIDED, totals, years
from sabilulungan.enums import CLASSIC_STAGES, ENDS_WITHOUT_MONEY, Kind
from sabilulungan.models import Proposal
from sabilulungan.rules.flow import stages


@dataclass(frozen=True, slots=True)
class Group:
    """One row of a statistic: label, count, rupiah asked and approved, and the filter that lists it."""

    label: str
    count: int
    asked: int
    approved: int
    query: str


def default_year() -> int:
    """Return the newest budget year with filed proposals, else the coming one."""
    found = years()
    return found[0] if found else dates.today().year + 1


def four_numbers(year: int) -> dict[str, tuple[int, int]]:
    """Return the four true numbers of a budget year."""
    return totals(Proposal.objects.public().filter(budget_year=year))


def _grouped(year: int, column: str) -> list[dict[str, object]]:
    return list(
        Proposal.objects.public()
        .filter(budget_year=year)
        .order_by()
        .values(group=F(column))
        .annotate(count=Count("pk"), asked=Sum("amount_asked"), approved=Sum("amount_approved"))
        .order_by("-asked", "group")
    )


def _groups(year: int, column: str, parameter: str, label: object) -> list[Group]:
    return [
        Group(
            label(row["group"]),  # type: ignore[operator]
            row["count"],  # type: ignore[arg-type]
            row["asked"] or 0,  # type: ignore[arg-type]
            row["approved"] or 0,  # type: ignore[arg-type]
            f"tahun={year}&{parameter}={row['group']}",
        )
        for row in _grouped(year, column)
        if row["group"]
    ]


def by_office(year: int) -> list[Group]:
    """Return asked and approved per evaluating office."""
    return _groups(year, "office", "dinas", rulebook.current().office_name)


def by_district(year: int) -> list[Group]:
    """Return asked and approved per kecamatan of the recipient."""
    return _groups(year, "recipient__district_code", "kecamatan", name_of)


def by_kind(year: int) -> list[Group]:
    """Return asked and approved per hibah and bansos."""
    return _groups(year, "kind", "jenis", lambda key: str(Kind(key).label))


def by_stage(year: int) -> list[Group]:
    """Return how many cases stand at each step now; those that ended are not among them."""
    profile = rulebook.current()
    found = {
        row["stage"]: row
        for row in Proposal.objects.public()
        .filter(budget_year=year)
        .exclude(state__in=ENDS_WITHOUT_MONEY)
        .order_by()
        .values("stage")
        .annotate(count=Count("pk"), asked=Sum("amount_asked"), approved=Sum("amount_approved"))
    }
    return [
        Group(
            stage_label(stage, profile.step(stage).label if stage in CLASSIC_STAGES else ""),
            found[stage]["count"],
            found[stage]["asked"] or 0,
            found[stage]["approved"] or 0,
            f"tahun={year}&tahap={stage}",
        )
        for stage in stages(profile)
        if stage in found
    ]


def refused(year: int) -> int:
    """Return how many proposals of a year were refused or not considered."""
    ended = [state for state in DECIDED if state in ENDS_WITHOUT_MONEY]
    return Proposal.objects.public().filter(budget_year=year, state__in=ended).count()
