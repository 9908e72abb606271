"""Tables of E-RK: people and placements, catalogue, activities, attendance, policy and monthly recaps."""

from erk.models.activity import Aktivitas
from erk.models.anomalies import Anomali, Rapat, Sampel
from erk.models.attendance import Cuti, GangguanAbsensi, Kehadiran, Lembur
from erk.models.catalogue import Katalog
from erk.models.closing import BayarManual, BulanOpd, GangguanLayanan, Koreksi, Sanggah
from erk.models.imports import Impor, LaporanAtasan
from erk.models.month import Hukuman, KebijakanVersi, Penilaian, Rekap, UjiKebijakan
from erk.models.people import Jabatan, Opd, Pegawai, Penempatan
from erk.models.skp import PerilakuSkp, Rhk, Skp, UmpanBalik
from erk.models.workload import BebanOpd, BebanPegawai

__all__ = [
    "Aktivitas",
    "Anomali",
    "BayarManual",
    "BebanOpd",
    "BebanPegawai",
    "BulanOpd",
    "Cuti",
    "GangguanAbsensi",
    "GangguanLayanan",
    "Hukuman",
    "Impor",
    "Jabatan",
    "Katalog",
    "KebijakanVersi",
    "Kehadiran",
    "Koreksi",
    "LaporanAtasan",
    "Lembur",
    "Opd",
    "Pegawai",
    "Penempatan",
    "Penilaian",
    "PerilakuSkp",
    "Rapat",
    "Rekap",
    "Rhk",
    "Sampel",
    "Sanggah",
    "Skp",
    "UjiKebijakan",
    "UmpanBalik",
]
