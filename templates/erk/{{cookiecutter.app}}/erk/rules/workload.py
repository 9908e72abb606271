"""Who is overloaded and who idle (erk.md section 12). Leave credit never counts as work."""

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
