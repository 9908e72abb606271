"""Budget lines of the allowance by criterion (erk.md section 9), and how an amount is parted over them."""

from collections.abc import Mapping, Sequence
from decimal import Decimal

from erk.rules.numbers import half_up
from erk.rules.policy import Pay

WORKLOAD, PLACE, CONDITIONS, SCARCITY, ACHIEVEMENT = (f"5.1.01.02.0{number}" for number in range(1, 6))
WORDS: Mapping[str, str] = {
    WORKLOAD: "Beban kerja",
    PLACE: "Tempat bertugas",
    CONDITIONS: "Kondisi kerja",
    SCARCITY: "Kelangkaan profesi",
    ACHIEVEMENT: "Prestasi kerja",
}
# What a line is called where the ceilings do not say how much of them each criterion is.
TOGETHER: Mapping[str, str] = {WORKLOAD: "Beban kerja dan prestasi kerja", CONDITIONS: "Kriteria lain"}


def parted(amount: int, weights: Sequence[int]) -> list[int]:
    """Return whole rupiah in the proportion of the weights, adding up to the amount exactly; none is negative.

    The running sum is rounded, half up, so no rupiah is lost or made. Without any weight the first gets it all.
    """
    whole, found, done, given = sum(weights), [], 0, 0
    if not whole:
        return [amount, *(0 for _ in weights[1:])]
    for weight in weights:
        done += weight
        upto = half_up(Decimal(amount * done) / whole)
        found.append(upto - given)
        given = upto
    return found


def by_line(main: int, other: int, held: Sequence[tuple[Pay, int]]) -> dict[str, int]:
    """Return the rupiah of an allowance by budget line, nothing at lines without any.

    `main`: what is paid of workload and achievement; `other`: of the other criteria; `held`: ceilings of the classes
    held that month, each with its working days.
    """
    first = [_weight(held, name) for name in ("workload", "achievement")]
    second = [_weight(held, name) for name in ("conditions", "place", "scarcity")]
    lines = (WORKLOAD, ACHIEVEMENT, CONDITIONS, PLACE, SCARCITY)
    amounts = (*parted(main, first), *parted(other, second))
    return {line: amount for line, amount in sorted(zip(lines, amounts, strict=True)) if amount}


def _weight(held: Sequence[tuple[Pay, int]], criterion: str) -> int:
    return sum(days * int(getattr(pay, criterion)) for pay, days in held)
