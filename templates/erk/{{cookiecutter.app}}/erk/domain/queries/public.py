"""What everybody may know: aggregates of closed months, no cell of fewer than five people (erk.md section 15)."""

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Count, Sum

from core import dates
from erk.domain.queries import workload
from erk.enums import OFFICE_STATES
from erk.models import Rekap
from erk.rules.workload import BAND_WORDS, Band

SMALLEST = 5
CLASS_BANDS = ((4, 5), (6, 7), (8, 9), (10, 11), (12, 13), (14, 15))


@dataclass(frozen=True, slots=True)
class Agency:
    """One agency: its names, people, approved minutes, average load with its band, share handed in in time."""

    name: str
    short: str
    people: int
    minutes: int
    ratio: Decimal
    band: Band
    on_time_percent: int

    @property
    def word(self) -> str:
        """Return the band in words."""
        return BAND_WORDS[self.band]

    @property
    def load_permille(self) -> int:
        """Return the load in per mille, cut."""
        return int(self.ratio * 1000)


@dataclass(frozen=True, slots=True)
class ClassBand:
    """Allowance paid for the classes of a band: people and whole rupiah."""

    label: str
    people: int
    amount: int


@dataclass(frozen=True, slots=True)
class Picture:
    """The public picture of one month. Totals are of what is shown, so nothing hidden can be worked out."""

    month: dt.date
    agencies: list[Agency]
    hidden_agencies: int
    bands: list[ClassBand]
    hidden_bands: int

    @property
    def people(self) -> int:
        """Return the people of the agencies shown."""
        return sum(row.people for row in self.agencies)

    @property
    def minutes(self) -> int:
        """Return the minutes of the agencies shown."""
        return sum(row.minutes for row in self.agencies)


def closed_months() -> list[dt.date]:
    """Return the months that may be shown: their approvals are closed and their recap is computed; newest first."""
    rows = Rekap.objects.filter(state__in=OFFICE_STATES, bulan__lt=dates.today().replace(day=1))
    return list(rows.order_by("-bulan").values_list("bulan", flat=True).distinct())


def picture(month: dt.date) -> Picture:
    """Return the aggregates of a closed month."""
    loads = workload.agencies(month)
    shown = [row for row in loads if row.load.people >= SMALLEST]
    bands, hidden_bands = _bands(month)
    return Picture(
        month=month,
        agencies=sorted((_agency(row) for row in shown), key=lambda row: row.name),
        hidden_agencies=len(loads) - len(shown),
        bands=bands,
        hidden_bands=hidden_bands,
    )


def _agency(row: workload.AgencyLoad) -> Agency:
    return Agency(
        name=row.agency.nama,
        short=row.agency.singkatan,
        people=row.load.people,
        minutes=row.load.minutes,
        ratio=row.load.ratio,
        band=row.load.band,
        on_time_percent=_percent(row.handed_in),
    )


def _percent(value: Decimal) -> int:
    return int((value * 100).to_integral_value())


def _bands(month: dt.date) -> tuple[list[ClassBand], int]:
    rows = Rekap.objects.filter(bulan=month, state__in=OFFICE_STATES).order_by().values("kelas")
    by_class = {row["kelas"]: row for row in rows.annotate(people=Count("pk"), amount=Sum("tpp"))}
    shown, hidden = [], 0
    for low, high in CLASS_BANDS:
        inside = [by_class[grade] for grade in range(low, high + 1) if grade in by_class]
        people = sum(row["people"] for row in inside)
        if people >= SMALLEST:
            shown.append(ClassBand(f"Kelas {low}–{high}", people, sum(row["amount"] for row in inside)))
        elif people:
            hidden += 1
    return shown, hidden
