"""Tables for CSV and XLSX, with the same rows as the page they are taken from."""

from core.export import Column
from erk.models import Aktivitas, Rekap

LOG = (
    Column("Tanggal", "tanggal"),
    Column("Mulai", lambda row: f"{row.mulai:%H.%M}"),
    Column("Selesai", lambda row: f"{row.selesai:%H.%M}"),
    Column("Jenis pekerjaan", lambda row: row.katalog.nama),
    Column("Uraian", "uraian"),
    Column("Volume", lambda row: float(row.volume)),
    Column("Satuan", lambda row: row.katalog.satuan),
    Column("Menit norma", "menit_norma"),
    Column("Menit dihitung", "menit_hitung"),
    Column("Menit disetujui", "menit_setuju"),
    Column("Keadaan", lambda row: Aktivitas.STATES[row.state].label),
    Column("Alasan", "alasan"),
)

AUDIT = (
    Column("Perangkat daerah", lambda row: row.jabatan.opd.nama),
    Column("Nama", lambda row: row.pegawai.nama_lengkap),
    Column("NIP", lambda row: row.pegawai.nip),
    *LOG,
    Column("Temuan", "temuan"),
    Column("Tanggapan", "tanggapan"),
)

RECAP = (
    Column("Perangkat daerah", lambda row: row.opd.nama),
    Column("Nama", lambda row: row.pegawai.nama_lengkap),
    Column("NIP", lambda row: row.pegawai.nip),
    Column("Golongan", lambda row: row.pegawai.golongan),
    Column("Jabatan", lambda row: row.jabatan.nama),
    Column("Kelas", "kelas"),
    Column("Pagu", "pagu"),
    Column("Menit disetujui", "menit_setuju"),
    Column("Menit pengganti", "menit_pengganti"),
    Column("Target", "target"),
    Column("Produktivitas", "prod"),
    Column("Disiplin", "dis"),
    Column("Lainnya", lambda row: row.masukan["pl"]),
    Column("Potongan hari (%)", lambda row: _percent(row, "t")),
    Column("Faktor cuti", lambda row: row.masukan["f"]),
    Column("Hukuman (%)", lambda row: _percent(row, "h")),
    Column("TPP", "tpp"),
    Column("Keadaan", lambda row: Rekap.STATES[row.state].label),
    Column("Versi kebijakan", lambda row: row.kebijakan.versi),
)


def _percent(row: Rekap, name: str) -> float:
    return float(row.masukan[name]) * 100
