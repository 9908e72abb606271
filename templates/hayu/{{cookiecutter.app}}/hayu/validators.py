"""Checks of single values; ValueError and ValidationError carry an Indonesian sentence."""

import re
from typing import Any

from core.identity import digits

NIB_LENGTH = 13
# Latin letters, punctuation and money signs that the documents' fonts have.
_PRINTED = ((0x20, 0x7E), (0xA0, 0x17F), (0x2010, 0x2015), (0x2018, 0x201E), (0x2020, 0x2022), (0x2026, 0x2026),
            (0x2030, 0x2030), (0x2032, 0x2033), (0x2039, 0x203A), (0x20AC, 0x20AC), (0x2122, 0x2122))  # fmt: skip
_LETTER = re.compile(r"[^\W\d_]")


def normalise_nib(text: str) -> str:
    """Return a NIB as 13 digits (issued by OSS only); ValueError when it is none."""
    nib = digits(text)
    if not nib.isascii() or not nib.isdigit() or len(nib) != NIB_LENGTH:
        raise ValueError(f"NIB terdiri dari {NIB_LENGTH} angka; yang tertulis {len(nib)} tanda.")
    return nib


def has_letter(text: str) -> str:
    """Return the text trimmed and with single spaces; ValueError when it has no letter at all."""
    cleaned = " ".join(text.split())
    if not _LETTER.search(cleaned):
        raise ValueError("Tulis dengan huruf, bukan hanya angka atau tanda.")
    return cleaned


def printable(text: str) -> str:
    """Return the text; ValueError when a document could not print it: other scripts, pictures, control signs."""
    foreign = next((sign for sign in text if not _prints(sign)), "")
    if foreign:
        raise ValueError(f"Tanda “{foreign}” tidak dapat dicetak pada dokumen. Tulis dengan huruf Latin.")
    return text


def as_printed(value: Any) -> Any:
    """Return a value (text, list, mapping) with "?" for each sign that a document could not print.

    Forms refuse such signs; what came by another way (profile, import, account) must not keep a paper from being set.
    """
    if isinstance(value, str):
        return "".join(sign if _prints(sign) else "?" for sign in value)
    if isinstance(value, dict):
        return {key: as_printed(item) for key, item in value.items()}
    return [as_printed(item) for item in value] if isinstance(value, list) else value


def _prints(sign: str) -> bool:
    return sign in "\r\n\t" or any(first <= ord(sign) <= last for first, last in _PRINTED)


def position(latitude: float, longitude: float) -> tuple[float, float]:
    """Return a position in degrees if it lies in Indonesia; ValueError otherwise."""
    if not (-11.2 <= latitude <= 6.3 and 94.7 <= longitude <= 141.1):
        raise ValueError("Titik peta itu di luar Indonesia. Ambil posisi sekali lagi di tempat usaha.")
    return round(latitude, 6), round(longitude, 6)
