"""Rupiah: whole numbers in, Indonesian text out, and back (UU 7/2011; regions.md section 4)."""

import re
from decimal import ROUND_HALF_UP, Decimal

from core.spelling import spelled

_UNITS = ((10**12, "triliun"), (10**9, "miliar"), (10**6, "juta"))
_ROUNDS_UP = Decimal("0.999995")  # 999.995.000 is written Rp1 miliar, not Rp1000 juta
_WRITTEN = re.compile(r"^(?:rp\.?|idr)?\s*(\d{1,3}(?:[. ]\d{3})+|\d+)(?:,(\d{1,2}))?(?:,-)?$", re.IGNORECASE | re.ASCII)
_WORDED = re.compile(
    r"^(?:rp\.?|idr)?\s*(\d+(?:,\d+)?)\s*(ribu|rb|juta|jt|miliar|m|triliun|t)$", re.IGNORECASE | re.ASCII
)
_FACTOR = {
    "ribu": 10**3, "rb": 10**3, "juta": 10**6, "jt": 10**6,
    "miliar": 10**9, "m": 10**9, "triliun": 10**12, "t": 10**12,
}  # fmt: skip
LARGEST = 10**15  # above any regional budget; a longer number is a slip of the finger


def thousands(number: int) -> str:
    """Return a whole number with dots: 1234567 -> "1.234.567"."""
    return f"{number:,}".replace(",", ".")


def rupiah(amount: int) -> str:
    """Return rupiah for the screen: 1250000 -> "Rp1.250.000", negative amounts with a leading minus."""
    return f"{'-' if amount < 0 else ''}Rp{thousands(abs(amount))}"


def rupiah_document(amount: int | Decimal) -> str:
    """Return rupiah for a legal text: 1250000 -> "Rp1.250.000,00"; a Decimal keeps its sen, half up."""
    exact = Decimal(amount).quantize(Decimal("0.01"), ROUND_HALF_UP)
    whole, _, cents = f"{abs(exact):f}".partition(".")
    return f"{'-' if exact < 0 else ''}Rp{thousands(int(whole))},{cents}"


def rupiah_short(amount: int) -> str:
    """Return a large sum short: 1250000000 -> "Rp1,25 miliar"; below one million the full figure."""
    for size, word in _UNITS:
        if abs(amount) >= (size if size == 10**6 else size * _ROUNDS_UP):
            value = (Decimal(abs(amount)) / size).quantize(Decimal("0.01"), ROUND_HALF_UP)
            text = f"{value:f}".rstrip("0").rstrip(".").replace(".", ",")
            return f"{'-' if amount < 0 else ''}Rp{text} {word}"
    return rupiah(amount)


def parse_rupiah(text: str) -> int:
    """Return whole rupiah from what people write: "Rp 1.250.000", "1250000,00", "1,5 juta".

    Raises ValueError with an Indonesian sentence; sen other than 00 are refused, never rounded.
    """
    cleaned = text.strip().replace("\u00a0", " ")
    worded = _WORDED.match(cleaned)
    if worded:
        amount = Decimal(worded[1].replace(",", ".")) * _FACTOR[worded[2].lower()]
        if amount != amount.to_integral_value():
            raise ValueError("Tulis jumlah dalam rupiah penuh, tanpa sen.")
        return _within(int(amount))
    written = _WRITTEN.match(cleaned)
    if not written:
        raise ValueError("Tulis jumlah dengan angka, misalnya 1.250.000.")
    if int(written[2] or 0):
        raise ValueError("Tulis jumlah dalam rupiah penuh, tanpa sen.")
    return _within(int(re.sub(r"[. ]", "", written[1])))


def _within(amount: int) -> int:
    if amount > LARGEST:
        raise ValueError("Jumlah terlalu besar. Periksa banyaknya angka nol.")
    return amount


def in_words(amount: int | Decimal) -> str:
    """Return rupiah in words for agreements and receipts: 1250000 -> "satu juta dua ratus lima puluh ribu rupiah"."""
    exact = Decimal(amount).quantize(Decimal("0.01"), ROUND_HALF_UP)
    whole, cents = divmod(int(abs(exact) * 100), 100)
    words = f"{spelled(whole)} rupiah"
    if cents:
        words += f" {spelled(cents)} sen"
    return f"minus {words}" if exact < 0 else words
