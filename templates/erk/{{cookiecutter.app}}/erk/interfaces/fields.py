"""Fields that take times and volumes as people write them."""

import datetime as dt
import re
from decimal import Decimal
from typing import Any

from django import forms

from core.forms import WrittenField
from erk.models import Katalog

_NUMBER = re.compile(r"^-?[0-9]{1,12}(\.[0-9]{1,12})?$")
_CLOCK = re.compile(r"^([0-9]{1,2})(?:[.:,]?([0-9]{2}))?$")


class ClockField(WrittenField):
    """A clock time of the region: "8", "08.30", "8:30", "0830"."""

    attrs = {"inputmode": "numeric", "autocomplete": "off", "data-size": "short"}

    @staticmethod
    def parse(text: str) -> dt.time:
        """Return the time; ValueError says how to write it."""
        found = _CLOCK.match(re.sub(r"^(pukul|jam)\s+", "", text.strip().lower()))
        if found and int(found[1]) < 24 and int(found[2] or 0) < 60:
            return dt.time(int(found[1]), int(found[2] or 0))
        raise ValueError("Tulis jam seperti 08.30.")

    @staticmethod
    def show(clock: dt.time) -> str:
        """Return "08.30"."""
        return f"{clock:%H.%M}"


class VolumeField(WrittenField):
    """An amount of output: "3", "1,5"."""

    attrs = {"inputmode": "decimal", "autocomplete": "off", "data-size": "short"}

    @staticmethod
    def parse(text: str) -> Decimal:
        """Return the amount with at most two decimals; ValueError says how to write it."""
        cleaned = text.strip().replace(" ", "")
        if "," in cleaned:
            cleaned = cleaned.replace(".", "").replace(",", ".")
        if not _NUMBER.match(cleaned):
            raise ValueError("Tulis volume dengan angka, misalnya 3 atau 1,5.")
        amount = Decimal(cleaned)
        if amount != round(amount, 2) or abs(amount) > Decimal("9999.99"):
            raise ValueError("Volume paling banyak 9.999,99 dengan dua angka di belakang koma.")
        return amount

    @staticmethod
    def show(amount: Decimal) -> str:
        """Return "1,5"."""
        text = f"{amount:f}"
        return (text.rstrip("0").rstrip(".") if "." in text else text).replace(".", ",")


class CatalogueSelect(forms.Select):
    """A select of catalogue items by group; each option tells norm, unit and whether a proof is needed."""

    items: dict[str, Katalog] = {}

    def create_option(self, name: str, value: Any, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Add what the page's script explains the counted minutes with."""
        option: dict[str, Any] = super().create_option(name, value, *args, **kwargs)
        if item := self.items.get(str(value)):
            option["attrs"] |= {
                "data-norm": item.norma,
                "data-longest": item.norma_maks or "",
                "data-unit": item.satuan,
                "data-proof": int(item.wajib_bukti),
                "data-free": int(item.bebas),
            }
        return option


def grouped(items: list[Katalog], first: list[Katalog]) -> list[tuple[str, list[tuple[str, str]]]]:
    """Return choices by group, the person's usual ones on top."""
    groups: dict[str, list[tuple[str, str]]] = {}
    if first:
        groups["Sering Anda pakai"] = [(item.kode, item.nama) for item in first]
    usual = {item.kode for item in first}
    for item in items:
        if item.kode not in usual:
            groups.setdefault(item.kelompok, []).append((item.kode, item.nama))
    return list(groups.items())
