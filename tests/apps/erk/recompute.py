"""The allowance once more, from what people did: sections 5, 6, 8 and 10 of the rules, written apart from the app.

Nothing of the app is imported; fractions instead of decimals, whole minutes since midnight instead of clock times.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass, field
from fractions import Fraction

TARGET, CAP, OVERTIME_CAP, DAY = 6000, 450, 600, 300
CEILINGS = {  # class: workload and achievement, other criteria
    15: (38_000_000, 2_000_000), 14: (28_000_000, 2_000_000), 12: (18_000_000, 1_234_567), 11: (15_000_000, 0),
    7: (6_000_000, 0), 6: (5_200_000, 0), 5: (4_500_000, 350_001), 4: (3_900_000, 0),
}  # fmt: skip
# kind: minutes credited a day, part of the money kept, share cut a day, from which working day of the spell
ABSENCES = {
    "TAHUNAN": (DAY, Fraction(1), Fraction(0), 1),
    "DINAS_LUAR": (DAY, Fraction(1), Fraction(0), 1),
    "DIKLAT": (DAY, Fraction(1), Fraction(0), 1),
    "SAKIT_SINGKAT": (DAY, Fraction(1), Fraction(1, 100), 1),
    "SAKIT_LAMA": (DAY, Fraction(1, 5), Fraction(0), 1),
    "MELAHIRKAN": (DAY, Fraction(1, 2), Fraction(0), 1),
    "ALASAN_PENTING": (DAY, Fraction(1), Fraction(2, 100), 11),
    "BESAR": (DAY, Fraction(0), Fraction(0), 1),
    "IZIN": (0, Fraction(1), Fraction(5, 200), 1),
    "ALPA": (0, Fraction(1), Fraction(5, 100), 1),
}
OPENS, CLOSES, CLOSES_FRIDAY, FRIDAY = 7 * 60 + 30, 16 * 60, 16 * 60 + 30, 4


@dataclass
class Piece:
    """One piece of work: day, minutes since midnight, norm of one unit, units; what the superior left of it."""

    day: dt.date
    start: int
    end: int
    norm: int = 25
    units: int = 1
    free: bool = False
    lowered: int | None = None
    approved: bool = True

    def minutes(self) -> int:
        """Return the minutes that count, before any daily cap."""
        if not self.approved:
            return 0
        worked = self.end - self.start
        counted = worked if self.free else min(worked, whole(Fraction(3, 2) * self.norm * self.units))
        return counted if self.lowered is None else self.lowered


@dataclass
class Person:
    """What is true of one employee in the month; `hospital`: the days in a post of the hospital's own scheme."""

    nip: str
    name: str
    office: str
    places: list[tuple[dt.date, dt.date, int]]
    hospital: tuple[dt.date, dt.date] | None = None
    pieces: list[Piece] = field(default_factory=list)
    spells: list[tuple[str, dt.date, dt.date]] = field(default_factory=list)
    single: dict[dt.date, str] = field(default_factory=dict)
    clocked: dict[dt.date, tuple[int | None, int | None, bool]] = field(default_factory=dict)
    overtime: set[dt.date] = field(default_factory=set)
    cut: Fraction = Fraction(0)
    rating: tuple[Fraction, Fraction] = (Fraction(1), Fraction(1))

    def away(self) -> dict[dt.date, tuple[str, int]]:
        """Return the days of absence: kind, and which working day of its spell it is."""
        found = {day: (kind, 1) for day, kind in self.single.items()}
        for kind, first, last in self.spells:
            days = weekdays(first, last)
            if kind == "SAKIT":
                kind = "SAKIT_SINGKAT" if len(days) <= 2 else "SAKIT_LAMA"
            found |= {day: (kind, nth) for nth, day in enumerate(days, start=1)}
        return found


@dataclass(frozen=True)
class Rules:
    """Which of the policies of section 10 holds, its weights, and the part paid to people of the hospital's scheme."""

    blud: Fraction = Fraction(2, 5)
    kind: str = "PROPORSIONAL_50"
    gate: str = "TOTAL"
    weights: tuple[Fraction, Fraction, Fraction] = (Fraction(1), Fraction(0), Fraction(0))


def whole(value: Fraction) -> int:
    """Return the nearest whole number, halves up."""
    return (2 * value.numerator + value.denominator) // (2 * value.denominator)


def weekdays(first: dt.date, last: dt.date) -> list[dt.date]:
    """Return Monday to Friday; the month of the script has no holiday."""
    span = (first + dt.timedelta(days=number) for number in range((last - first).days + 1))
    return [day for day in span if day.weekday() < 5]


def factor(reached: Fraction, kind: str) -> Fraction:
    """Return the activity factor A."""
    if kind == "AMBANG_PENUH":
        return Fraction(reached >= 1)
    if kind == "BERTINGKAT":
        return max((step for step in (Fraction(1), Fraction(9, 10), Fraction(3, 4), Fraction(1, 2)) if reached >= step),
                   default=Fraction(0))  # fmt: skip
    return min(reached, Fraction(1)) if reached >= Fraction(1, 2) else Fraction(0)


def worked(person: Person, placed: Collection[dt.date], credited: dict[dt.date, int]) -> int:
    """Return the month's minutes: daily caps, a fifth outside the catalogue, credits filled up.

    Outside the catalogue either a minute counts or it fills a credit that is given anyway; it never takes one away.
    """
    days: dict[dt.date, list[int]] = defaultdict(lambda: [0, 0])
    for piece in person.pieces:
        if piece.day not in placed:
            continue
        days[piece.day][piece.free] += piece.minutes()
    listed = free = 0
    gaps = dict(credited)
    for day, (inside, outside) in days.items():
        cap = OVERTIME_CAP if day in person.overtime else CAP
        inside = min(inside, cap)
        outside = min(outside, cap - inside)
        gaps[day] = max(0, gaps.get(day, 0) - inside)
        listed, free = listed + inside, free + max(0, outside - gaps[day])
    return listed + min(free, listed // 4) + sum(gaps.values())


def discipline(person: Person, forgiven: set[dt.date], present: set[dt.date]) -> Fraction:
    """Return d, in shares of the discipline part."""
    total = Fraction(0)
    for day in present - forgiven:
        if day not in person.clocked:
            continue
        came, left, missed = person.clocked[day]
        closes = CLOSES_FRIDAY if day.weekday() == FRIDAY else CLOSES
        for clock, fault in ((came, (came or 0) - OPENS), (left, closes - (left or 0))):
            total += Fraction(3, 200) if clock is None else _late(fault)
        total += Fraction(2, 100) if missed else 0
    return total


def _late(minutes: int) -> Fraction:
    if minutes <= 0:
        return Fraction(0)
    for most, share in ((30, Fraction(1, 200)), (60, Fraction(1, 100)), (90, Fraction(1, 80))):
        if minutes <= most:
            return share
    return Fraction(3, 200)


def pay(person: Person, month: list[dt.date], forgiven: set[dt.date], rules: Rules = Rules()) -> tuple[int, int]:
    """Return the allowance in rupiah and the part of it on the budget line of the other criteria."""
    placed = {day: grade for first, last, grade in person.places for day in month if first <= day <= last}
    inside = {day for day in placed if person.hospital and person.hospital[0] <= day <= person.hospital[1]}
    shares = {day: rules.blud if day in inside else Fraction(1) for day in placed}
    placed = {day: grade for day, grade in placed.items() if shares[day]}
    if not placed:
        return 0, 0
    scheme = sum(shares.values()) / len(placed)
    away = {day: row for day, row in person.away().items() if day in placed}
    part = Fraction(len(placed), len(month))
    pk, pl = (whole(Fraction(sum(CEILINGS[grade][n] for grade in placed.values()), len(placed))) for n in (0, 1))
    minutes = worked(person, placed, {day: ABSENCES[kind][0] for day, (kind, _) in away.items()})
    reached = Fraction(minutes, whole(TARGET * part))
    below = reached < Fraction(1, 2)
    terms = zip(rules.weights, (factor(reached, rules.kind), *person.rating), strict=True)
    productivity = 0 if below else whole(Fraction(6, 10) * pk * sum(weight * value for weight, value in terms))
    faults = discipline(person, forgiven, set(placed) - set(away))
    disciplined = whole(Fraction(4, 10) * pk * max(Fraction(0), 1 - faults))
    cuts = sum(ABSENCES[kind][2] for kind, nth in away.values() if nth >= ABSENCES[kind][3])
    lost = sum(1 - ABSENCES[kind][1] for kind, _ in away.values())
    rest = max(Fraction(0), 1 - cuts) * (1 - Fraction(lost) / len(month)) * part * scheme * (1 - person.cut)
    if below and rules.gate == "TOTAL":
        return 0, 0
    total = min(whole((productivity + disciplined + pl) * rest), pk + pl)
    return total, min(total, whole(pl * rest))
