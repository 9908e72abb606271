"""Cells of a row as values: every fault of a row at once, each beside its column."""

import datetime as dt
import re
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Any

from django.db.models import TextChoices

from core import dates
from core.errors import Fault

_CLOCK = re.compile(r"^([0-9]{1,2})[.:]([0-9]{2})(?:[.:][0-9]{2})?$")
_YES, _NO = ("ya", "y", "1", "true"), ("tidak", "t", "0", "false", "")


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its heading, the words of its field, whether it must be filled, and what may stand in it."""

    name: str
    label: str
    required: bool = True
    choices: type[TextChoices] | None = None
    help: str = ""
    example: str = ""


class RowFaults(Exception):
    """A row that cannot be taken; `faults` name column and sentence."""

    def __init__(self, faults: list[Fault]) -> None:
        super().__init__("; ".join(fault.sentence for fault in faults))
        self.faults = faults


class Cells:
    """The cells of one row. Each reader returns a value, or notes a fault and returns None."""

    def __init__(self, cells: Mapping[str, str], columns: tuple[Column, ...]) -> None:
        self._cells, self._labels = cells, {column.name: column.label for column in columns}
        self.faults: list[Fault] = []
        for column in columns:
            if column.required and not cells.get(column.name, ""):
                self.fault(column.name, "belum diisi.")

    def fault(self, name: str, what: str) -> None:
        """Note what is wrong with a column."""
        self.faults.append(Fault(name, f"{self._labels[name]} {what}"))

    def done(self) -> None:
        """Raise RowFaults if anything is wrong with the row."""
        if self.faults:
            raise RowFaults(self.faults)

    def text(self, name: str) -> str:
        """Return the text of a cell."""
        return " ".join(self._cells.get(name, "").split())

    def choice(self, name: str, choices: type[TextChoices], default: str = "") -> Any:
        """Return the code of a choice, written as code or as label."""
        text = self.text(name) or default
        known = {code.lower(): code for code in choices.values}
        known |= {str(label).lower(): code for code, label in choices.choices}
        found = known.get(text.lower())
        if text and found is None:
            self.fault(name, f"“{text}” tidak dikenal; pilih {', '.join(choices.values)}.")
        return choices(found) if found is not None else None

    def date(self, name: str) -> dt.date | None:
        """Return a date."""
        text = self.text(name)
        if not text:
            return None
        try:
            return dates.parse_date(text)
        except ValueError as error:
            self.fault(name, f"“{text}”: {error}")
            return None

    def month(self, name: str) -> dt.date | None:
        """Return the first day of a month written as 2026-10 or 10/2026."""
        text = self.text(name)
        found = re.fullmatch(r"(\d{4})-(\d{1,2})", text) or re.fullmatch(r"(\d{1,2})/(\d{4})", text)
        if found:
            parts = [int(part) for part in found.groups()]
            year, month = parts if parts[0] > 12 else parts[::-1]
            if 1 <= month <= 12:
                return dt.date(year, month, 1)
        if text:
            self.fault(name, f"“{text}” bukan bulan; tulis seperti 2026-10.")
        return None

    def clock(self, name: str) -> dt.time | None:
        """Return a clock time."""
        text = self.text(name)
        found = _CLOCK.match(text)
        if found and int(found[1]) < 24 and int(found[2]) < 60:
            return dt.time(int(found[1]), int(found[2]))
        if text:
            self.fault(name, f"“{text}” bukan jam; tulis seperti 07.30.")
        return None

    def whole(self, name: str, low: int, high: int, default: int = 0) -> int:
        """Return a whole number within bounds."""
        text = self.text(name)
        if not text:
            return default
        if not text.isascii() or not text.isdigit() or not low <= int(text) <= high:
            self.fault(name, f"“{text}” harus bilangan bulat {low} sampai {high}.")
            return default
        return int(text)

    def percent(self, name: str) -> Decimal:
        """Return a percentage from 0 to 100, with at most two decimals."""
        text = self.text(name).removesuffix("%").strip().replace(",", ".")
        try:
            value = Decimal(text) if re.fullmatch(r"\d{1,3}(\.\d{1,2})?", text) else Decimal(-1)
        except InvalidOperation:
            value = Decimal(-1)
        if not 0 <= value <= 100:
            if text:
                self.fault(name, f"“{text}” harus persen dari 0 sampai 100.")
            return Decimal(0)
        return value

    def yes(self, name: str) -> bool:
        """Return whether a cell says yes."""
        text = self.text(name).lower()
        if text not in (*_YES, *_NO):
            self.fault(name, f"“{text}” harus ya atau tidak.")
        return text in _YES
