"""Workload of agencies and people (erk.md section 12), from the summary rows of the month."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from core import dates
from erk.domain import policy, summaries
from erk.domain.queries.worklog import Measured
from erk.models import Opd
from erk.rules.numbers import ONE, ZERO
from erk.rules.windows import previous_month
from erk.rules.workload import Band, Bands, FamilyLoad, Load, Signals, agency_load, overload_signs, person_ratio


@dataclass(frozen=True, slots=True)
class PersonLoad:
    """One person's month: key and name, minutes worked, present share, ratio u and band."""

    employee: int
    name: str
    minutes: int
    present: Decimal
    ratio: Decimal
    band: Band
    family: str
    unit: str


@dataclass(frozen=True, slots=True)
class AgencyLoad:
    """One agency: its load, how many are above the upper edge, how much was handed in and rejected."""

    agency: Opd
    load: Load
    people: list[PersonLoad]
    bands: Bands
    handed_in: Decimal
    rejected: Decimal
    evening: Decimal
    overtime: int
    norm: int
    target: int

    @property
    def units(self) -> list[tuple[str, Load]]:
        """Return the load of each unit: the people who answer to the same position."""
        found: dict[str, list[PersonLoad]] = defaultdict(list)
        for person in self.people:
            found[person.unit].append(person)
        return [(unit, _load(rows, self.target, self.bands)) for unit, rows in sorted(found.items())]

    @property
    def families(self) -> list[FamilyLoad]:
        """Return present and needed people by family of positions."""
        found: dict[str, list[PersonLoad]] = defaultdict(list)
        for person in self.people:
            found[person.family].append(person)
        loads = {family: _load(rows, self.target, self.bands) for family, rows in found.items()}
        return [FamilyLoad(self.agency.singkatan, family, load.fte, load.need) for family, load in loads.items()]

    @property
    def overloaded_share(self) -> Decimal:
        """Return the share of people above the upper edge: a sign the average hides."""
        above = sum(person.band == Band.OVERLOADED for person in self.people)
        return Decimal(above) / len(self.people) if self.people else ZERO

    @property
    def overload(self) -> list[str]:
        """Return the signs of too much work, in words."""
        minutes = self.load.minutes
        signals = Signals(self.overloaded_share, _part(self.overtime, minutes), self.evening, _part(self.norm, minutes))
        return overload_signs(self.load.ratio, self.bands, signals)


def latest_full_month() -> dt.date:
    """Return the month before this one: what leaders look at first."""
    return previous_month(dates.today())


def agencies(month: dt.date, only: Opd | None = None) -> list[AgencyLoad]:
    """Return the workload of every agency with people in the scheme, the most loaded first.

    From the summary rows: a month not summed yet is empty, and what was approved since then is not in. A running
    month is measured up to a day, its target cut to the working days that have passed.
    """
    return summed(month, only)[0]


def summed(month: dt.date, only: Opd | None = None) -> tuple[list[AgencyLoad], dt.datetime | None]:
    """Return `agencies` and when the oldest summary among them was written, in two queries."""
    rows = summaries.heads(month, only)
    found = loads(month, summaries.stored(month, only, rows), [row.opd for row in rows])
    return found, min((row.dihitung_pada for row in rows), default=None)


def loads(month: dt.date, measured: dict[int, Measured], agencies: Iterable[Opd]) -> list[AgencyLoad]:
    """Return the workload that follows from what was measured, by agency, by the bands of the month."""
    bands = policy.for_month(month.replace(day=1)).bands
    found = [_agency(agency, measured[agency.pk], bands) for agency in agencies]
    return sorted(found, key=lambda row: -row.load.ratio)


def _agency(agency: Opd, month: Measured, bands: Bands) -> AgencyLoad:
    people = sorted(_people(month, bands), key=lambda row: (-row.ratio, row.name))
    signs = month.signs
    return AgencyLoad(
        agency=agency,
        load=_load(people, month.target, bands, signs.norm),
        people=people,
        bands=bands,
        handed_in=_part(signs.handed_in, signs.logged),
        rejected=_part(signs.rejected, signs.handed_in),
        evening=_part(signs.evening, signs.logged),
        overtime=signs.overtime,
        norm=signs.norm,
        target=month.target,
    )


def _people(month: Measured, bands: Bands) -> Iterable[PersonLoad]:
    for key, row in month.people.items():
        present = min(ONE, Decimal(row.days) / month.working_days)
        ratio = person_ratio(row.minutes, present, month.target)
        yield PersonLoad(key, row.name, row.minutes, present, ratio, bands.of(ratio), row.family, row.unit)


def _part(some: int, of: int) -> Decimal:
    return Decimal(some) / of if of else ZERO


def _load(people: Sequence[PersonLoad], target: int, bands: Bands, norm: int | None = None) -> Load:
    fte, minutes = sum((row.present for row in people), ZERO), sum(row.minutes for row in people)
    return agency_load(len(people), fte, minutes, target, bands, norm)


def city(found: Sequence[AgencyLoad]) -> Load | None:
    """Return the load of all agencies together, None without any."""
    everybody = [person for row in found for person in row.people]
    return _load(everybody, found[0].target, found[0].bands) if found else None
