"""The slip in words: each term of erk.md section 10 with its value and how it came about."""

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from core.money import rupiah, thousands
from erk.domain.statements import Statement
from erk.enums import Absence
from erk.rules.numbers import ONE

FAULT_WORDS = {
    "terlambat": "Terlambat",
    "pulang_cepat": "Pulang sebelum waktu",
    "tanpa_rekam": "Tanpa rekam hadir",
    "apel": "Tidak ikut apel",
}


@dataclass(frozen=True, slots=True)
class Line:
    """One line: its word, its value, how it came about, and whether it is a sum."""

    label: str
    value: str
    how: str = ""
    total: bool = False


def percent(share: Decimal, places: int = 2) -> str:
    """Return a share as Indonesian per cent: 0.035 -> "3,5 %"."""
    text = f"{share * 100:.{places}f}".rstrip("0").rstrip(".")
    return f"{text.replace('.', ',')} %"


def lines(statement: Statement) -> list[Line]:
    """Return the lines of a slip in the order of the formula."""
    slip, rules = statement.slip, statement.policy
    inputs = slip.inputs
    minutes = f"{thousands(statement.approved)} disetujui + {thousands(statement.credited)} pengganti"
    found = [
        Line("Menit bulan ini", thousands(inputs.minutes), minutes),
        Line("Capaian", percent(slip.c, 1), f"{thousands(inputs.minutes)} ÷ target {thousands(inputs.target)} menit"),
        Line(
            "Bagian produktivitas",
            rupiah(slip.prod),
            f"{percent(rules.productivity)} dari {rupiah(inputs.pk)} × {percent(slip.pr)}",
        ),
        Line(
            "Bagian disiplin",
            rupiah(slip.dis),
            f"{percent(rules.discipline)} dari {rupiah(inputs.pk)} × (100 % − {percent(inputs.d)})",
        ),
    ]
    if inputs.pl:
        found.append(Line("Kriteria lain", rupiah(inputs.pl), "dibayar menurut jabatan"))
    found.append(Line("Jumlah sebelum potongan", rupiah(slip.before_cuts), total=True))
    found.append(Line("Potongan hari", percent(inputs.t), "tanpa keterangan, izin, sakit singkat"))
    scheme = Decimal(statement.detail.get("bagian_skema", "1"))
    if inputs.f != scheme:
        found.append(Line("Faktor cuti dan masa kerja", percent(inputs.f / scheme), "bagian bulan yang dibayar"))
    if scheme != ONE:
        found.append(Line("Bagian skema BLUD", percent(scheme), "dari tunjangan, menurut hari kerja dalam skema itu"))
    if inputs.h:
        found.append(Line("Hukuman disiplin", percent(inputs.h), "menurut surat keputusan"))
    if slip.gated:
        found.append(Line("Di bawah ambang", "Rp0", "capaian kurang dari ambang, tunjangan tidak dibayar"))
    found.append(Line("Tunjangan", rupiah(slip.tpp), f"paling banyak {rupiah(slip.ceiling)}", total=True))
    return found


@dataclass(frozen=True, slots=True)
class DayLine:
    """A day that changed minutes or money: when, what, and its effect."""

    day: dt.date
    what: str
    effect: str


def day_lines(statement: Statement) -> list[DayLine]:
    """Return the days behind the credits, cuts and discipline of a slip, in order."""
    found = []
    for row in statement.detail["ketidakhadiran"]:
        effects = [f"{row['menit']} menit pengganti"] if row["menit"] else []
        if Decimal(row["potongan"]):
            effects.append(f"tunjangan −{percent(Decimal(row['potongan']))}")
        if Decimal(row["faktor"]) != ONE:
            effects.append(f"hari ini dibayar {percent(Decimal(row['faktor']))}")
        found.append(DayLine(_day(row), Absence(row["jenis"]).label, ", ".join(effects) or "tanpa pengganti"))
    for row in statement.detail["disiplin"]:
        minutes = f" {row['menit']} menit" if row["menit"] else ""
        cut = f"disiplin −{percent(Decimal(row['potongan']))}"
        found.append(DayLine(_day(row), f"{FAULT_WORDS[row['hal']]}{minutes}", cut))
    return sorted(found, key=lambda line: line.day)


def _day(row: dict[str, Any]) -> dt.date:
    return dt.date.fromisoformat(row["tanggal"])
