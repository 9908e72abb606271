"""Who is overloaded and who idle (erk.md section 12). Leave credit never counts as work."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum


class Band(StrEnum):
    """Bands of the ratio u (person) or U (agency), from idle to overloaded."""

    OVERLOADED = "OVERLOADED"
    FULL = "FULL"
    LOOSE = "LOOSE"
    UNDER_USED = "UNDER_USED"
    IDLE = "IDLE"


BAND_WORDS = {
    Band.OVERLOADED: "kelebihan beban",
    Band.FULL: "penuh",
    Band.LOOSE: "longgar",
    Band.UNDER_USED: "kurang terpakai",
    Band.IDLE: "menganggur",
}


@dataclass(frozen=True, slots=True)
class Bands:
    """Lower edges: above `overloaded` is overloaded; from `full`, `loose`, `under_used` on the band of that name."""

    overloaded: Decimal = Decimal("1.10")
    full: Decimal = Decimal("0.90")
    loose: Decimal = Decimal("0.70")
    under_used: Decimal = Decimal("0.50")

    def of(self, ratio: Decimal) -> Band:
        """Return the band of a ratio, judged on the exact value: 1.10 is full, anything above is overloaded."""
        if ratio > self.overloaded:
            return Band.OVERLOADED
        if ratio >= self.full:
            return Band.FULL
        if ratio >= self.loose:
            return Band.LOOSE
        return Band.UNDER_USED if ratio >= self.under_used else Band.IDLE


@dataclass(frozen=True, slots=True)
class Load:
    """Workload of a group: people, FTE, minutes worked, ratio U, plain ratio, people needed, gap, band."""

    people: int
    fte: Decimal
    minutes: int
    ratio: Decimal
    plain_ratio: Decimal
    need: Decimal
    gap: Decimal
    band: Band


def person_ratio(minutes: int, present_share: Decimal, target: int) -> Decimal:
    """Return u = minutes ÷ (target × present share); 0 when the person was not present at all."""
    own_target = target * present_share
    return minutes / own_target if own_target else Decimal(0)


def agency_load(
    people: int, fte: Decimal, minutes: int, target: int, bands: Bands, norm_minutes: int | None = None
) -> Load:
    """Return the workload of an agency.

    `fte` is Σ present shares, `minutes` approved ones with the daily cap but without the target cap,
    `norm_minutes` Σ norm × volume (default: as many as were logged). Need and gap in people, one decimal.
    """
    tenth = Decimal("0.1")
    ratio = minutes / (fte * target) if fte else Decimal(0)
    need = (Decimal(minutes if norm_minutes is None else norm_minutes) / target).quantize(tenth, ROUND_HALF_UP)
    return Load(
        people=people,
        fte=fte,
        minutes=minutes,
        ratio=ratio,
        plain_ratio=Decimal(minutes) / (people * target) if people else Decimal(0),
        need=need,
        gap=need - fte.quantize(tenth, ROUND_HALF_UP),
        band=bands.of(ratio),
    )


@dataclass(frozen=True, slots=True)
class Signals:
    """What tells of too much work beside the ratio, as shares: of people, of minutes, of entries.

    `above`: people above the upper edge; `overtime`: minutes by overtime orders; `evening`: entries after 18.00;
    `norm`: Σ norm × volume of what counts, by the minutes logged.
    """

    above: Decimal
    overtime: Decimal
    evening: Decimal
    norm: Decimal


# From these shares on a sign counts (our own choice; the field's own source names the signs only).
_ABOVE, _OVERTIME, _EVENING, _NORM = Decimal("0.25"), Decimal("0.05"), Decimal("0.10"), Decimal("1.10")


def overload_signs(ratio: Decimal, bands: Bands, signals: Signals) -> list[str]:
    """Return in words what speaks for too much work; logged minutes flatten near the target nobody is paid beyond."""
    signs = (
        (bands.of(ratio) == Band.OVERLOADED, "beban di atas batas"),
        (signals.above >= _ABOVE, "banyak orang di atas batas"),
        (signals.overtime >= _OVERTIME, "banyak lembur"),
        (signals.norm >= _NORM, "norma pekerjaan melebihi menit yang dicatat"),
        (signals.evening >= _EVENING, "banyak pekerjaan malam"),
    )
    return [words for there, words in signs if there]


@dataclass(frozen=True, slots=True)
class FamilyLoad:
    """People of one family of positions in one agency: present ones (FTE) and those the work needs."""

    agency: str
    family: str
    fte: Decimal
    need: Decimal

    @property
    def gap(self) -> Decimal:
        """Return the people that are short (+) or too many (−)."""
        return self.need - self.fte


@dataclass(frozen=True, slots=True)
class Move:
    """A suggestion: so many whole people of a family from one agency to another. People decide, not the app."""

    family: str
    source: str
    target: str
    people: int


def moves(loads: Iterable[FamilyLoad]) -> list[Move]:
    """Return who could help where: within a family, the largest surplus goes to the largest shortage, whole people."""
    by_family: dict[str, list[FamilyLoad]] = defaultdict(list)
    for load in loads:
        by_family[load.family].append(load)
    found = []
    for family in sorted(by_family):
        rows = by_family[family]
        free = {row.agency: int(-row.gap) for row in rows if row.gap <= -1}
        short = {row.agency: int(row.gap) for row in rows if row.gap >= 1}
        while free and short:
            source, target = (max(sorted(side), key=side.__getitem__) for side in (free, short))
            people = min(free[source], short[target])
            found.append(Move(family, source, target, people))
            for side, agency in ((free, source), (short, target)):
                side[agency] -= people
                if not side[agency]:
                    del side[agency]
    return found


def is_idle(months: Sequence[tuple[Decimal, Decimal]], under_used: Decimal, *, new: bool = False) -> bool:
    """Return whether a person counts as idle: below `under_used` in two of the last three months, and not excused.

    `months` are (ratio u, present share); a month mostly on leave excuses itself, a newcomer is excused altogether.
    """
    half = Decimal("0.5")
    return not new and sum(ratio < under_used and present >= half for ratio, present in months[-3:]) >= 2
