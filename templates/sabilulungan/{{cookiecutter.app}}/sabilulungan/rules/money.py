"""R04 and R15: ceilings, and the chain of amounts that may only fall, unless a public reason is given.

asked >= OPD >= team >= TAPD >= approved >= APBD >= decree = agreement >= paid. Whole rupiah.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

CHAIN = ("asked", "opd", "tp", "tapd", "approved", "budgeted", "decreed", "agreed", "paid", "accounted")


@dataclass(frozen=True, slots=True)
class Rise:
    """An amount above the one before it in the chain; it needs a reason the public reads."""

    stage: str
    previous: int
    amount: int


def previous_amount(amounts: Mapping[str, int | None], stage: str) -> int:
    """Return the latest amount decided before `stage`; steps a region does not use are passed over.

    Raises ValueError when nothing was asked yet.
    """
    for earlier in reversed(CHAIN[: CHAIN.index(stage)]):
        amount = amounts.get(earlier)
        if amount is not None:
            return amount
    raise ValueError("Jumlah yang diminta belum ada.")


def current_amount(amounts: Mapping[str, int | None]) -> tuple[str, int]:
    """Return the last stage that has an amount, and the amount."""
    for stage in reversed(CHAIN):
        amount = amounts.get(stage)
        if amount is not None:
            return stage, amount
    raise ValueError("Jumlah yang diminta belum ada.")


def rises(amounts: Mapping[str, int | None]) -> list[Rise]:
    """Return every place where the chain goes up, in order."""
    present = [(stage, amount) for stage in CHAIN if (amount := amounts.get(stage)) is not None]
    return [Rise(stage, before, amount) for (_, before), (stage, amount) in pairwise(present) if amount > before]


def fault(amounts: Mapping[str, int | None], stage: str, amount: int, reason: str) -> str:
    """Return why `amount` may not be entered at `stage`, or "".

    Nothing may exceed what was asked; a rise above the stage before needs a reason, which is published.
    """
    if amount < 0:
        return "Jumlah tidak boleh kurang dari nol."
    asked = amounts.get("asked")
    if asked is not None and amount > asked:
        return "Jumlah melebihi yang diminta pemohon. Tulis paling banyak sebesar permintaan."
    if amount > previous_amount(amounts, stage) and not reason.strip():
        return "Jumlah lebih besar daripada tahap sebelumnya. Tulis alasannya; alasan ini tampil untuk umum."
    return ""


def line_amount(volume_hundredths: int, unit_price: int) -> int:
    """Return a cost line's amount: volume in hundredths times price, rounded down to whole rupiah."""
    return volume_hundredths * unit_price // 100


def spread(total: int, parts: Sequence[int]) -> list[int]:
    """Return `total` spread over lines in proportion to `parts`; the sum is exact and no line exceeds its part
    as long as `total` does not exceed their sum (largest remainders first)."""
    whole = sum(parts)
    if total > whole:
        raise ValueError("Jumlah melebihi rincian biaya.")
    if not whole:
        return [0 for _ in parts]
    shares = [total * part // whole for part in parts]
    remainders = sorted(range(len(parts)), key=lambda i: (-(total * parts[i] % whole), i))
    for index in remainders[: total - sum(shares)]:
        shares[index] += 1
    return shares
