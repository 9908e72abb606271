"""Figures for the public: everything is computed from the cases, nothing is typed in."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

from django.db.models import Count, F, Q, Sum
from django.db.models.functions import Coalesce

from core import dates, maps
from core.money import rupiah, rupiah_short
from core.pictures import Area
from core.wilayah import name_of
from sabilulungan.domain import rulebook
from sabilulungan.domain.flow.looks import stage_label
from sabilulungan.domain.population import People
from sabilulungan.domain.queries import lists
from sabilulungan.domain.queries.lists import DECIDED, totals, years
from sabilulungan.domain.queries.paths import waits_for
from sabilulungan.enums import CLASSIC_STAGES, ENDS_WITHOUT_MONEY, Kind, State
from sabilulungan.models import CitizenVoice, Proposal
from sabilulungan.rules.flow import stages


@dataclass(frozen=True, slots=True)
class Group:
    """One row of a statistic: label, count, rupiah of the four true numbers, the filter that lists it, its code."""

    label: str
    count: int
    asked: int
    approved: int
    paid: int
    accounted: int
    query: str
    code: str
    people: int | None = None

    @property
    def per_head(self) -> int | None:
        """Return the whole rupiah approved per head; None where nobody counted the people."""
        return self.approved // self.people if self.people else None


def with_people(groups: Sequence[Group], found: People) -> list[Group]:
    """Return the groups of places with how many people live there."""
    return [replace(group, people=found.by_code.get(group.code)) for group in groups]


def per_head(areas: Sequence[Area], found: People) -> list[Area]:
    """Return the areas of a map with the whole rupiah approved per head; those nobody counted are left blank."""
    return [
        Area(area.code, area.value // found.by_code[area.code],
             f"{rupiah(area.value // found.by_code[area.code])} per penduduk, {area.words}")
        for area in areas
        if found.by_code.get(area.code)
    ]  # fmt: skip


_SUMS = {"count": Count("pk")} | {
    name: Coalesce(Sum(f"amount_{name}"), 0) for name in ("asked", "approved", "paid", "accounted")
}


def default_year() -> int:
    """Return the budget year that is running if it has proposals, else the newest that has, else the coming one."""
    found, this = years(), dates.today().year
    if this in found:
        return this
    return found[0] if found else this + 1


def four_numbers(year: int) -> dict[str, tuple[int, int]]:
    """Return the four true numbers of a budget year."""
    return totals(Proposal.objects.public().filter(budget_year=year))


def _grouped(year: int, column: str, **within: str) -> list[dict[str, object]]:
    return list(
        Proposal.objects.public()
        .filter(budget_year=year, **within)
        .order_by()
        .values(group=F(column))
        .annotate(**_SUMS)
        .order_by("-asked", "group")
    )


def _groups(year: int, column: str, parameter: str, label: object, **within: str) -> list[Group]:
    return [
        Group(
            label(row["group"]),  # type: ignore[operator]
            *(row[name] for name in _SUMS),  # type: ignore[arg-type]
            query=f"tahun={year}&{parameter}={row['group']}",
            code=str(row["group"]),
        )
        for row in _grouped(year, column, **within)
        if row["group"]
    ]


def by_office(year: int) -> list[Group]:
    """Return asked and approved per evaluating office."""
    return _groups(year, "office", "dinas", rulebook.current().office_name)


def by_district(year: int) -> list[Group]:
    """Return asked and approved per kecamatan of the recipient."""
    return _groups(year, "recipient_district", "kecamatan", name_of)


def by_village(year: int, district: str = "") -> list[Group]:
    """Return asked and approved per kelurahan or desa of the recipient, of one kecamatan when it is given."""
    within = {"recipient_district": district} if district else {}
    return _groups(year, "recipient__village_code", "kelurahan", name_of, **within)


def village_areas(groups: Sequence[Group]) -> list[Area]:
    """Return what was approved in each kelurahan, for the map of its kecamatan."""
    return [Area(row.code, row.approved, _area_words(row.count, row.approved)) for row in groups if row.approved]


def _area_words(count: int, approved: int) -> str:
    return f"{count} usulan, disetujui {rupiah_short(approved)}"


def areas(year: int) -> list[Area]:
    """Return what was approved in each kecamatan, or in each kabupaten/kota of a province, for the map."""
    province = maps.main_level() == "regencies"
    sums: dict[str, tuple[int, int]] = {}
    for row in _grouped(year, "recipient_district"):
        code = str(row["group"]).rpartition(".")[0] if province else str(row["group"])
        count, total = sums.get(code, (0, 0))
        sums[code] = (count + int(row["count"]), total + int(row["approved"]))  # type: ignore[call-overload]
    return [Area(code, total, _area_words(count, total)) for code, (count, total) in sums.items() if total]


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
        .annotate(**_SUMS)
    }
    return [
        Group(
            stage_label(stage, profile.step(stage).label if stage in CLASSIC_STAGES else ""),
            *(found[stage][name] for name in _SUMS),
            query=f"tahun={year}&tahap={stage}",
            code=str(stage),
        )
        for stage in stages(profile)
        if stage in found
    ]


def late_at(year: int) -> list[tuple[str, int]]:
    """Return who has cases of a year longer than allowed, and how many, the most first."""
    profile = rulebook.current()
    rows = Proposal.objects.public().filter(lists.overdue(), budget_year=year).order_by()
    found: Counter[str] = Counter()
    for row in rows.values("state", "office").annotate(count=Count("pk")):
        found[waits_for(State(str(row["state"])), profile, str(row["office"]))] += int(str(row["count"]))
    return sorted(found.items(), key=lambda one: (-one[1], one[0]))


@dataclass(frozen=True, slots=True)
class Answered:
    """Comments, reports and corrections about a year's proposals: how many came, were answered, and in time."""

    asked: int
    answered: int
    in_time: int


def answered(year: int) -> Answered:
    """Return how citizens' voices about a year's proposals were answered."""
    told = Q(answered_at__isnull=False)
    found = CitizenVoice.objects.filter(proposal__budget_year=year).aggregate(
        asked=Count("pk"),
        answered=Count("pk", filter=told),
        in_time=Count("pk", filter=told & Q(answered_at__date__lte=F("due_on"))),
    )
    return Answered(**found)


def overdue(year: int) -> int:
    """Return how many paid cases of a year have no report although its last day has passed."""
    return lists.outcome(Proposal.objects.public().filter(budget_year=year), "belum-lapor").count()


def refused(year: int) -> int:
    """Return how many proposals of a year were refused or not considered."""
    ended = [state for state in DECIDED if state in ENDS_WITHOUT_MONEY]
    return Proposal.objects.public().filter(budget_year=year, state__in=ended).count()
