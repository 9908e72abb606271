"""Tables of E-RK: people and placements, catalogue, activities, attendance, policy and monthly recaps."""

from erk.models.activity import Aktivitas
from erk.models.attendance import Cuti, GangguanAbsensi, Kehadiran, Lembur
from erk.models.catalogue import Katalog
from erk.models.month import Hukuman, KebijakanVersi, Penilaian, Rekap
from erk.models.people import Jabatan, Opd, Pegawai, Penempatan

__all__ = [
    "Aktivitas",
    "Cuti",
    "GangguanAbsensi",
    "Hukuman",
    "Jabatan",
    "Katalog",
    "KebijakanVersi",
    "Kehadiran",
    "Lembur",
    "Opd",
    "Pegawai",
    "Penempatan",
    "Penilaian",
    "Rekap",
]
