"""Words and rows that pages show."""

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

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
    "tayang": "Pratinjau dibuka",
    "tanda_tangani": "Daftar ditandatangani",
    "verifikasi": "Diverifikasi",
    "finalkan": "Ditetapkan final",
    "bayar": "Dibayar",
    "telaah": "Ditelaah",
    "terima": "Diterima",
    "periksa_sampel": "Sampel diperiksa",
    "tutup": "Tanda ditutup",
    "laporkan": "Dilaporkan",
    "selesaikan": "Diperbaiki",
    "usulkan": "Diusulkan",
    "hitung": "Selisih dihitung",
    "batalkan": "Dibatalkan",
    "nilai": "Dinilai",
    "impor": "Dimasukkan dari e-Kinerja nasional",
    "keberatan": "Keberatan disampaikan",
    "umpan_balik": "Umpan balik dicatat",
    "rencana": "Rencana ditulis",
    "realisasi": "Realisasi ditulis",
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


EVIDENCE_WORDS = {
    "hari": "pada",
    "aktivitas": "aktivitas",
    "dari": "dari",
    "menit": "menit",
    "kali": "kali uraian yang sama",
    "sama_dengan_rekan": "aktivitas dengan uraian rekan",
    "total": "menit tiga bulan berturut-turut",
    "orang": "orang memakai perangkat yang sama",
    "perangkat_sama": "keputusan dari perangkat yang dipakai bawahan menulisnya",
    "berkas": "berkas bukti yang dipakai lagi",
    "dalam_10_menit": "keputusan dalam 10 menit",
    "detik_per_aktivitas": "detik tiap aktivitas",
    "pada_hari_terakhir": "keputusan pada hari terakhir",
    "diputuskan": "keputusan tanpa satu pun dikembalikan atau diturunkan",
    "dengan": "orang yang saling menyetujui",
}


def evidence(detail: dict[str, Any]) -> list[str]:
    """Return what a sign rests on, in words: "31 aktivitas dari 40", "pada 2026-10-05, 2026-10-06"."""
    lines = []
    for name, value in detail.items():
        shown = ", ".join(str(one) for one in value) if isinstance(value, list) else str(value)
        words = EVIDENCE_WORDS[name]
        lines.append(f"{words} {shown}" if name in ("hari", "dari") else f"{shown} {words}")
    return lines
