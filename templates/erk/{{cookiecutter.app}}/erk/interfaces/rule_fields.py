"""Fields of the rules: percentages, and tables written a row a line."""

import re
from decimal import Decimal
from typing import Any, ClassVar

from django import forms

from core import money
from core.forms import WholeNumberField, WrittenField
from core.widgets import TextareaWidget
from erk.enums import Absence, AnomalyCode
from erk.rules.policy import CRITERIA


class PercentField(WrittenField):
    """A percentage with at most two decimals, within limits: "50", "12,5"."""

    attrs = {"inputmode": "decimal", "autocomplete": "off", "data-size": "short"}

    def __init__(self, *, least: int = 0, most: int = 100, **kwargs: Any) -> None:
        self.least, self.most = least, most
        super().__init__(**kwargs)

    @staticmethod
    def parse(text: str, least: int = 0, most: int = 100) -> str:
        """Return the percentage as the rules store it; ValueError says how to write it."""
        cleaned = text.strip().removesuffix("%").strip().replace(",", ".")
        if not re.fullmatch(r"[0-9]{1,3}(\.[0-9]{1,2})?", cleaned) or not least <= Decimal(cleaned) <= most:
            raise ValueError(f"Tulis persen dari {least} sampai {most}, misalnya {least + 12},5.")
        return cleaned

    def _parsed(self, text: str) -> str:
        try:
            return self.parse(text, self.least, self.most)
        except ValueError as error:
            raise forms.ValidationError(str(error), code="invalid") from None

    @staticmethod
    def show(value: Decimal | str) -> str:
        """Return "12,5"."""
        text = f"{Decimal(value):f}"
        return (text.rstrip("0").rstrip(".") if "." in text else text).replace(".", ",")


class _TableField(WrittenField):
    """A table, a row a line, cells apart by semicolons."""

    def __init__(self, *, rows: int = 5, **kwargs: Any) -> None:
        kwargs.setdefault("max_length", 4000)
        super().__init__(widget=TextareaWidget(attrs={"rows": rows}), **kwargs)

    @staticmethod
    def lines(text: str) -> list[list[str]]:
        """Return the cells of the lines that are not empty."""
        return [[cell.strip() for cell in line.split(";")] for line in text.splitlines() if line.strip()]


class ClassesField(_TableField):
    """Ceilings by class, "7; 6.000.000; 0", and where named how much of them is achievement, place and scarcity."""

    @staticmethod
    def parse(text: str) -> list[dict[str, int]]:
        """Return the rows; ValueError names the line."""
        found: list[dict[str, int]] = []
        for cells in _TableField.lines(text):
            try:
                grade, workload, other = int(cells[0]), money.parse_rupiah(cells[1]), money.parse_rupiah(cells[2])
            except (ValueError, IndexError):
                raise ValueError(f"Baris “{'; '.join(cells)}”: tulis kelas; beban dan prestasi; lain.") from None
            named = _criteria(cells)
            if named.get("achievement", 0) > workload or named.get("place", 0) + named.get("scarcity", 0) > other:
                raise ValueError(f"Kelas {grade}: bagian menurut kriteria melebihi pagunya.")
            if not 1 <= grade <= 17 or any(row["grade"] == grade for row in found):
                raise ValueError(f"Kelas {grade} tidak ada, atau ditulis dua kali.")
            found.append({"grade": grade, "workload": workload, "other": other} | named)
        return found

    @staticmethod
    def show(rows: list[dict[str, int]]) -> str:
        """Return the rows as lines."""
        lines = []
        for row in rows:
            named = [row.get(name, 0) for name in CRITERIA] if any(row.get(name) for name in CRITERIA) else []
            amounts = (money.thousands(amount) for amount in (row["workload"], row["other"], *named))
            lines.append("; ".join((str(row["grade"]), *amounts)))
        return "\n".join(lines)


def _criteria(cells: list[str]) -> dict[str, int]:
    """Return the parts of the ceilings that are named in the cells after the third; ValueError when they are wrong."""
    if len(cells) == 3:
        return {}
    try:
        amounts = [money.parse_rupiah(cell) for cell in cells[3:]]
        return dict(zip(CRITERIA, amounts, strict=True))
    except ValueError:
        words = "; ".join(cells)
        raise ValueError(f"Baris “{words}”: sesudah lain, tulis prestasi; tempat bertugas; kelangkaan.") from None


class LatenessField(_TableField):
    """Cuts for late arrivals: "30; 0,5", the last line "lebih; 1,5"."""

    @staticmethod
    def parse(text: str) -> list[dict[str, Any]]:
        """Return the rows; ValueError names the line."""
        found: list[dict[str, Any]] = []
        for cells in _TableField.lines(text):
            if len(cells) != 2 or not (cells[0].isdigit() or cells[0] == "lebih"):
                raise ValueError(f"Baris “{'; '.join(cells)}”: tulis sampai menit; persen.")
            found.append({"up_to": int(cells[0]) if cells[0].isdigit() else None, "cut": PercentField.parse(cells[1])})
        limits = [row["up_to"] for row in found]
        if not limits or limits[-1] is not None or None in limits[:-1] or limits[:-1] != sorted(set(limits[:-1])):
            raise ValueError("Menitnya harus naik, dan baris terakhir ditulis “lebih”.")
        return found

    @staticmethod
    def show(rows: list[dict[str, Any]]) -> str:
        """Return the rows as lines."""
        return "\n".join(
            f"{'lebih' if row['up_to'] is None else row['up_to']}; {PercentField.show(row['cut'])}" for row in rows
        )


class AbsencesField(_TableField):
    """What a day of each absence does: "Tanpa keterangan; 0; 100; 5; 1"; every kind once."""

    _kinds: ClassVar[dict[str, str]] = {
        text.casefold(): kind.value for kind in Absence for text in (kind.value, str(kind.label))
    }

    @staticmethod
    def parse(text: str) -> list[dict[str, Any]]:
        """Return the rows; ValueError names the line, or the kinds that are missing."""
        found: dict[str, dict[str, Any]] = {}
        for cells in _TableField.lines(text):
            row = AbsencesField._row(cells)
            if row["kind"] in found:
                raise ValueError(f"“{cells[0]}” ditulis dua kali.")
            found[row["kind"]] = row
        missing = [str(kind.label) for kind in Absence if kind.value not in found]
        if missing:
            raise ValueError(f"Belum ada baris untuk: {'; '.join(missing)}.")
        return list(found.values())

    @staticmethod
    def _row(cells: list[str]) -> dict[str, Any]:
        line = "; ".join(cells)
        if len(cells) != 5:
            raise ValueError(f"Baris “{line}”: tulis jenis; menit diganti; tunjangan tetap; potongan; mulai hari ke-.")
        kind = AbsencesField._kinds.get(cells[0].casefold())
        if kind is None:
            raise ValueError(f"Baris “{line}”: jenis “{cells[0]}” tidak ada.")
        try:
            credit, since = WholeNumberField.parse(cells[1]), WholeNumberField.parse(cells[4])
            factor, cut = PercentField.parse(cells[2]), PercentField.parse(cells[3])
        except ValueError as error:
            raise ValueError(f"Baris “{line}”: {error}") from None
        if credit > 1440 or not 1 <= since <= 30:
            raise ValueError(f"Baris “{line}”: menit paling banyak 1.440, hari mulai dari 1 sampai 30.")
        return {"kind": kind, "credit": credit, "factor": factor, "cut": cut, "cut_from_day": since}

    @staticmethod
    def show(rows: list[dict[str, Any]]) -> str:
        """Return the rows as lines."""
        lines = []
        for row in rows:
            kept, cut = PercentField.show(row["factor"]), PercentField.show(row["cut"])
            name = Absence(row["kind"]).label
            lines.append(f"{name}; {money.thousands(row['credit'])}; {kept}; {cut}; {row['cut_from_day']}")
        return "\n".join(lines)


class PointsField(_TableField):
    """What each sign weighs: "Bukti dipakai lagi; 20"; every sign once."""

    _codes: ClassVar[dict[str, str]] = {
        text.casefold(): code.value for code in AnomalyCode for text in (code.value, str(code.label))
    }

    @staticmethod
    def parse(text: str) -> list[dict[str, Any]]:
        """Return the rows; ValueError names the line, or the signs that are missing."""
        found: dict[str, int] = {}
        for cells in _TableField.lines(text):
            code = PointsField._codes.get(cells[0].casefold())
            if code is None or len(cells) != 2 or not re.fullmatch(r"[0-9]{1,3}", cells[1]) or int(cells[1]) > 100:
                raise ValueError(f"Baris “{'; '.join(cells)}”: tulis tanda; poin dari 0 sampai 100.")
            if code in found:
                raise ValueError(f"“{cells[0]}” ditulis dua kali.")
            found[code] = int(cells[1])
        missing = [str(code.label) for code in AnomalyCode if code.value not in found]
        if missing:
            raise ValueError(f"Belum ada baris untuk: {'; '.join(missing)}.")
        return [{"code": code, "points": points} for code, points in found.items()]

    @staticmethod
    def show(rows: list[dict[str, Any]]) -> str:
        """Return the rows as lines."""
        return "\n".join(f"{AnomalyCode(row['code']).label}; {row['points']}" for row in rows)


class StepsField(_TableField):
    """Steps of the policy BERTINGKAT: "90; 90", reached share and what it pays."""

    @staticmethod
    def parse(text: str) -> list[dict[str, str]]:
        """Return the rows; ValueError names the line."""
        found = []
        for cells in _TableField.lines(text):
            if len(cells) != 2:
                raise ValueError(f"Baris “{'; '.join(cells)}”: tulis capaian mulai (%); dibayar (%).")
            found.append({"at_least": PercentField.parse(cells[0]), "factor": PercentField.parse(cells[1])})
        if len({Decimal(row["at_least"]) for row in found}) != len(found):
            raise ValueError("Satu capaian ditulis dua kali.")
        return found

    @staticmethod
    def show(rows: list[dict[str, str]]) -> str:
        """Return the rows as lines."""
        return "\n".join(f"{PercentField.show(row['at_least'])}; {PercentField.show(row['factor'])}" for row in rows)
