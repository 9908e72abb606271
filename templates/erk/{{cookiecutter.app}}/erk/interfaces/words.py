"""Words and rows that pages show."""

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal

from core import dates
from erk.rules.workload import Band

ACTION_WORDS = {
    "buat": "Dicatat",
    "ubah": "Diubah",
    "ajukan": "Diajukan",
    "tarik": "Ditarik kembali",
    "setujui": "Disetujui",
    "kembalikan": "Dikembalikan",
    "tolak": "Ditolak",
    "terlambat": "Lewat batas",
    "buka": "Dibuka kembali",
    "lewat_perbaikan": "Ditolak karena tidak diperbaiki",
    "eskalasi": "Naik ke atasan berikutnya",
    "lewat_tutup": "Disetujui sistem",
    "temukan": "Temuan dicatat",
    "tanggapi": "Temuan ditanggapi",
    "batalkan_audit": "Dibatalkan",
    "tambah_bukti": "Bukti ditambah",
}


@dataclass(frozen=True, slots=True)
class Row:
    """One row of the strip: a name, its ratio and band, and where it leads."""

    label: str
    ratio: Decimal
    band: Band
    url: str = ""


def month_label(month: dt.date) -> str:
    """Return "Oktober 2026"."""
    return f"{dates.MONTHS[month.month - 1]} {month.year}"
