"""Checks of single values people type, raising ValidationError with a sentence in Indonesian."""

import datetime as dt

from django.core.exceptions import ValidationError

from core import identity
from sabilulungan.enums import BANSOS_RECIPIENTS, HIBAH_RECIPIENTS, Form, Kind, RecipientType
from sabilulungan.rules.redaction import personal_numbers

YOUNGEST = 17


def public_text(value: str) -> None:
    """Refuse personal numbers in a text the public will read."""
    if personal_numbers(value):
        raise ValidationError(
            "Tulisan ini akan tampil untuk umum. Hapus NIK, nomor telepon, nomor rekening, dan alamat surel dari sini.",
            code="personal",
        )


def unit_number(value: str) -> None:
    """Accept an RT or RW of one to three digits."""
    if not (value.isascii() and value.isdigit() and 1 <= len(value) <= 3 and int(value)):
        raise ValidationError("Tulis nomor RT atau RW dengan angka, misalnya 003.", code="unit")


def account_number(value: str) -> str:
    """Return a bank account as digits only; its length differs by bank (section 15)."""
    number = identity.digits(value)
    if not (number.isascii() and number.isdigit() and 8 <= len(number) <= 18):
        raise ValidationError("Tulis nomor rekening dengan angka saja, 8 sampai 18 angka.", code="account")
    return number


def family_card(value: str) -> str:
    """Return the number of a family card (KK) as 16 digits; like a NIK it has no check digit (section 15)."""
    number = identity.digits(value)
    if not (number.isascii() and number.isdigit() and len(number) == 16) or number[12:] == "0000":
        raise ValidationError("Nomor KK terdiri dari 16 angka. Salin dari kartu keluarga.", code="family_card")
    return number


def adult(nik: str, day: dt.date) -> None:
    """Refuse an officer younger than 17 by the birth date in the NIK (F10)."""
    born = identity.nik_birthday(nik, day)
    if born is None or day.year - born.year - ((day.month, day.day) < (born.month, born.day)) < YOUNGEST:
        raise ValidationError("Menurut NIK itu pemiliknya belum berumur 17 tahun.", code="age")


def combination(kind: str, form: str, recipient: str) -> None:
    """Refuse a kind that does not fit form or recipient (Permendagri 32/2011 art. 3, 39/2012 art. 30)."""
    if kind == Kind.BANSOS and form == Form.JASA:
        raise ValidationError("Bantuan sosial hanya berupa uang atau barang.", code="form")
    allowed = HIBAH_RECIPIENTS if kind == Kind.HIBAH else BANSOS_RECIPIENTS
    if recipient not in allowed:
        wanted = "hibah" if kind == Kind.HIBAH else "bantuan sosial"
        raise ValidationError(f"{RecipientType(recipient).label} tidak dapat menerima {wanted}.", code="recipient")
