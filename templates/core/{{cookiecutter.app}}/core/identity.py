"""Identity numbers of people and bodies: how they are written, checked, masked and matched.

Numbers are text of fixed length, never integers. A NIK keeps the region code of its first registration,
so an unknown prefix is never refused (regions.md section 10.15).
"""

import datetime as dt
import hashlib
import hmac
import re

from django.conf import settings
from stdnum import exceptions as stdnum_errors
from stdnum.id import npwp as stdnum_npwp

from core import dates

_NOT_DIGITS = re.compile(r"[\s.\-/]")


def digits(text: str) -> str:
    """Return what was typed without the spaces, dots, dashes and slashes people put between digits."""
    return _NOT_DIGITS.sub("", text.strip())


def normalise_nik(text: str) -> str:
    """Return a NIK as 16 digits; ValueError says in Indonesian what is wrong.

    PP KK CC, birth DDMMYY (women: day + 40), serial from 0001 (sabilulungan.md section 15).
    """
    nik = digits(text)
    if not nik.isascii() or not nik.isdigit() or len(nik) != 16:
        raise ValueError(f"NIK terdiri dari 16 angka; yang tertulis {len(nik)} tanda.")
    if nik_birthday(nik) is None:
        raise ValueError("Tanggal lahir di dalam NIK itu tidak ada. Periksa angka ke-7 sampai ke-12.")
    if nik[12:] == "0000" or nik[:2] == "00":
        raise ValueError("NIK itu tidak mungkin. Salin lagi dari KTP atau Kartu Keluarga.")
    return nik


def nik_birthday(nik: str, on: dt.date | None = None) -> dt.date | None:
    """Return the birthday a NIK holds, in the latest century that is not in the future; None if impossible."""
    day, month, year = int(nik[6:8]), int(nik[8:10]), int(nik[10:12])
    day -= 40 if day > 40 else 0
    latest = on or dates.today()
    for century in (latest.year // 100 * 100, latest.year // 100 * 100 - 100):
        try:
            birthday = dt.date(century + year, month, day)
        except ValueError:
            continue
        if birthday <= latest:
            return birthday
    return None


def normalise_npwp(text: str) -> str:
    """Return an NPWP as 16 digits: an old one of 15 gets a leading 0 (PMK 112/2022)."""
    number = digits(text)
    if not number.isascii() or not number.isdigit() or len(number) not in (15, 16):
        raise ValueError("NPWP terdiri dari 15 atau 16 angka.")
    try:
        stdnum_npwp.validate(number)
    except stdnum_errors.ValidationError:
        raise ValueError("NPWP itu tidak benar. Salin lagi dari kartu NPWP.") from None
    return number.zfill(16)


def normalise_phone(text: str) -> str:
    """Return an Indonesian phone number as +62…: "0812-3456-7890" and "62 812…" are the same."""
    number = re.sub(r"[\s.\-/()]", "", text.strip())
    if number.startswith("+62"):
        number = number[3:]
    elif number.startswith("62"):
        number = number[2:]
    elif number.startswith("0"):
        number = number[1:]
    else:
        raise ValueError("Tulis nomor telepon mulai dengan 0 atau +62, misalnya 0812-3456-7890.")
    if not number.isascii() or not number.isdigit() or not 8 <= len(number) <= 12 or number[0] == "0":
        raise ValueError("Nomor telepon itu tidak lengkap atau terlalu panjang.")
    return f"+62{number}"


def local_phone(phone: str) -> str:
    """Return a stored phone number as people write it: "0812-3456-7890"."""
    number = "0" + phone.removeprefix("+62")
    return "-".join(part for part in (number[:4], number[4:8], number[8:]) if part)


def normalise_nip(text: str, *, contract: bool = False) -> str:
    """Return a NIP of 18 digits: birth date, start month, sex, serial (BKN 22/2007).

    A contract employee's number (PPPK, `contract=True`) has another middle part: positions 13–14 are no month.
    """
    nip = digits(text)
    if not nip.isascii() or not nip.isdigit() or len(nip) != 18:
        raise ValueError(f"NIP terdiri dari 18 angka; yang tertulis {len(nip)} tanda.")
    try:
        born = dt.date(int(nip[:4]), int(nip[4:6]), int(nip[6:8]))
        start = dt.date(int(nip[8:12]), 1 if contract else int(nip[12:14]), 1)
    except ValueError:
        raise ValueError("Tanggal di dalam NIP itu tidak ada. Periksa 14 angka pertama.") from None
    if (start.year, start.month) < (born.year + 18, 1 if contract else born.month):
        raise ValueError("Menurut NIP itu pegawai diangkat sebelum berumur 18 tahun.")
    if nip[14] not in "12" or nip[15:] == "000":
        raise ValueError("Angka ke-15 NIP adalah 1 atau 2, dan nomor urutnya mulai dari 001.")
    return nip


def mask_nik(nik: str) -> str:
    """Return a NIK as staff see it: "3273********0012"."""
    return f"{nik[:4]}{'*' * (len(nik) - 8)}{nik[-4:]}"


def mask_phone(phone: str) -> str:
    """Return a phone number with only its last three digits."""
    return f"{'*' * max(len(phone) - 3, 0)}{phone[-3:]}"


def mask_account(account: str) -> str:
    """Return a bank account with only its last three digits."""
    return mask_phone(account)


def mask_name(name: str) -> str:
    """Return the initials of each word: "Ana Sari" -> "A*** S***", always three stars, so lengths do not tell."""
    return " ".join(f"{word[0]}***" for word in name.split())


def token(value: str) -> str:
    """Return a keyed HMAC-SHA-256 for matching a number without storing it in clear.

    Never publish it: 16 structured digits can be guessed through by whoever holds the key.
    """
    return hmac.new(settings.DATA_KEY.reveal().encode(), value.encode(), hashlib.sha256).hexdigest()
