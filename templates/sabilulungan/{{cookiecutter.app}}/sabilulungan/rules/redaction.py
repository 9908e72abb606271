"""The second line of defence: personal numbers people typed into free text (sabilulungan.md section 11, check 11)."""

import re

HIDDEN = "▇▇▇"
_EMAIL = re.compile(r"[\w.+-]+\s?@\s?[\w-]+(?:\.[\w-]+)+", re.UNICODE)
_PHONE = re.compile(r"(?<![\d.])(?:\+\s?62|62|0)[\s.\-]?8(?:[\s.\-]?\d){7,11}(?!\d)")
# Ten or more digits, with the separators people put between them. Rupiah written with dots in threes are kept.
_LONG = re.compile(r"(?<![\d.])\d(?:[\s.\-/]?\d){9,}(?!\d)")
_RUPIAH = re.compile(r"\d{1,3}(?:\.\d{3})+(?:,\d{2})?")


def _hide_number(match: re.Match[str]) -> str:
    text = match.group(0)
    return text if _RUPIAH.fullmatch(text) and len(re.sub(r"\D", "", text)) <= 15 else HIDDEN


def redact(text: str) -> str:
    """Return text without e-mail addresses, phone numbers and numbers of ten or more digits (NIK, NPWP, account).

    Amounts written as rupiah, with dots in threes, stay.
    """
    return _LONG.sub(_hide_number, _PHONE.sub(HIDDEN, _EMAIL.sub(HIDDEN, text)))


def personal_numbers(text: str) -> bool:
    """Return whether a text holds something `redact` would hide."""
    return redact(text) != text
