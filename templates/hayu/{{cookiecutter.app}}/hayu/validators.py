"""Checks of single values; ValueError and ValidationError carry an Indonesian sentence."""

import re

from core.identity import digits

NIB_LENGTH = 13
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


def position(latitude: float, longitude: float) -> tuple[float, float]:
    """Return a position in degrees if it lies in Indonesia; ValueError otherwise."""
    if not (-11.2 <= latitude <= 6.3 and 94.7 <= longitude <= 141.1):
        raise ValueError("Titik peta itu di luar Indonesia. Ambil posisi sekali lagi di tempat usaha.")
    return round(latitude, 6), round(longitude, 6)
