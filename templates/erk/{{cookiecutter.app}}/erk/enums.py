"""Codes of E-RK, as stored. Once chosen they are never renamed; what people read is the label."""

from django.db.models import TextChoices


class Role(TextChoices):
    """Who may do what (erk.md section 4). PEGAWAI and ATASAN follow from the placement, the rest is assigned."""

    PEGAWAI = "PEGAWAI", "Pegawai"
    ATASAN = "ATASAN", "Atasan langsung"
    ADMIN_OPD = "ADMIN_OPD", "Admin perangkat daerah"
    KEPALA_OPD = "KEPALA_OPD", "Kepala perangkat daerah"
    VERIFIKATOR_BKPSDM = "VERIFIKATOR_BKPSDM", "Verifikator kepegawaian"
    ADMIN_KATALOG = "ADMIN_KATALOG", "Admin katalog aktivitas"
    KEUANGAN = "KEUANGAN", "Pengelola keuangan"
    PIMPINAN = "PIMPINAN", "Pimpinan daerah"
    INSPEKTORAT = "INSPEKTORAT", "Inspektorat"
    ADMIN_WILAYAH = "ADMIN_WILAYAH", "Admin wilayah"


class JenisOpd(TextChoices):
    """Kinds of agency (PP 18/2016)."""

    SEKRETARIAT = "SEKRETARIAT", "Sekretariat"
    INSPEKTORAT = "INSPEKTORAT", "Inspektorat"
    DINAS = "DINAS", "Dinas"
    BADAN = "BADAN", "Badan"
    KECAMATAN = "KECAMATAN", "Kecamatan"


class Skema(TextChoices):
    """Which allowance scheme pays the people of an agency or placement."""

    ERK = "ERK", "E-RK"
    BLUD = "BLUD", "BLUD"
    NON = "NON", "di luar E-RK"


class JenisJabatan(TextChoices):
    """Families of positions."""

    JPT = "JPT", "Jabatan pimpinan tinggi"
    ADMINISTRATOR = "ADMINISTRATOR", "Administrator"
    PENGAWAS = "PENGAWAS", "Pengawas"
    FUNGSIONAL = "FUNGSIONAL", "Fungsional"
    PELAKSANA = "PELAKSANA", "Pelaksana"


class StatusPegawai(TextChoices):
    """Kinds of civil servant; the number of a PPPK has another middle part."""

    PNS = "PNS", "PNS"
    CPNS = "CPNS", "CPNS"
    PPPK = "PPPK", "PPPK"


class JenisPenempatan(TextChoices):
    """Holding a position for good, or acting in it for a period."""

    DEFINITIF = "DEFINITIF", "definitif"
    PLT = "PLT", "Plt."
    PLH = "PLH", "Plh."


class ActivityState(TextChoices):
    """States of one logged piece of work (erk.md section 7)."""

    DRAF = "DRAF", "Draf"
    DIAJUKAN = "DIAJUKAN", "Menunggu atasan"
    DIKEMBALIKAN = "DIKEMBALIKAN", "Perlu diperbaiki"
    DISETUJUI = "DISETUJUI", "Disetujui"
    DITOLAK = "DITOLAK", "Ditolak"
    TERLAMBAT = "TERLAMBAT", "Lewat batas"
    DIESKALASI = "DIESKALASI", "Naik ke atasan berikutnya"
    DISETUJUI_SISTEM = "DISETUJUI_SISTEM", "Disetujui sistem"
    DIBATALKAN = "DIBATALKAN", "Dibatalkan"


COUNTED = (ActivityState.DISETUJUI, ActivityState.DISETUJUI_SISTEM)
WAITING = (ActivityState.DIAJUKAN, ActivityState.DIESKALASI)
EDITABLE = (ActivityState.DRAF, ActivityState.DIKEMBALIKAN)
VOID = (ActivityState.DITOLAK, ActivityState.DIBATALKAN, ActivityState.TERLAMBAT)


class MonthState(TextChoices):
    """How far a month of one employee has come: open, closed for input, closed for approval, shown to the employee."""

    TERBUKA = "TERBUKA", "Berjalan"
    TUTUP_INPUT = "TUTUP_INPUT", "Pengisian ditutup"
    TUTUP_VALIDASI = "TUTUP_VALIDASI", "Persetujuan ditutup"
    PRATINJAU = "PRATINJAU", "Pratinjau"


class StatusHadir(TextChoices):
    """What a day was for one employee (erk.md section 8)."""

    HADIR = "HADIR", "Hadir"
    ALPA = "ALPA", "Tanpa keterangan"
    IZIN = "IZIN", "Izin"
    CUTI = "CUTI", "Cuti atau sakit"
    DINAS_LUAR = "DINAS_LUAR", "Dinas luar"
    DIKLAT = "DIKLAT", "Diklat"
    FLEKSIBEL = "FLEKSIBEL", "Kerja fleksibel"


class JenisCuti(TextChoices):
    """Kinds of leave; the reason is personal data (UU 27/2022)."""

    TAHUNAN = "TAHUNAN", "Cuti tahunan"
    SAKIT = "SAKIT", "Sakit"
    MELAHIRKAN = "MELAHIRKAN", "Cuti melahirkan"
    ALASAN_PENTING = "ALASAN_PENTING", "Cuti alasan penting"
    BESAR = "BESAR", "Cuti besar"
    CLTN = "CLTN", "Cuti di luar tanggungan negara"
    TUGAS_BELAJAR = "TUGAS_BELAJAR", "Tugas belajar"
    MPP = "MPP", "Masa persiapan pensiun"
    DIBERHENTIKAN = "DIBERHENTIKAN", "Diberhentikan sementara"


class Absence(TextChoices):
    """Rows of the credit table of erk.md section 8, which a day of absence is matched to."""

    TAHUNAN = "TAHUNAN", "Cuti tahunan"
    CUTI_BERSAMA = "CUTI_BERSAMA", "Cuti bersama"
    DINAS_LUAR = "DINAS_LUAR", "Dinas luar"
    DIKLAT = "DIKLAT", "Diklat"
    SAKIT_SINGKAT = "SAKIT_SINGKAT", "Sakit singkat dengan surat"
    SAKIT_LAMA = "SAKIT_LAMA", "Sakit lama dengan surat"
    MELAHIRKAN = "MELAHIRKAN", "Cuti melahirkan"
    ALASAN_PENTING = "ALASAN_PENTING", "Cuti alasan penting"
    TANPA_TUNJANGAN = "TANPA_TUNJANGAN", "Cuti besar, CLTN, tugas belajar, MPP, diberhentikan"
    IZIN = "IZIN", "Izin pribadi"
    ALPA = "ALPA", "Tanpa keterangan"


class PolicyKind(TextChoices):
    """How minutes become the activity factor A (erk.md section 10)."""

    PROPORSIONAL_50 = "PROPORSIONAL_50", "Sebanding, mulai 50 %"
    AMBANG_PENUH = "AMBANG_PENUH", "Penuh atau nol"
    BERTINGKAT = "BERTINGKAT", "Bertingkat"


class Gate(TextChoices):
    """What falls away below the threshold: the whole allowance, or its productivity part."""

    TOTAL = "TOTAL", "seluruh tunjangan"
    PRODUKTIVITAS = "PRODUKTIVITAS", "bagian produktivitas"


class TargetMode(TextChoices):
    """The same target each month, or one that follows the working days of the month."""

    TETAP = "TETAP", "tetap"
    KALENDER = "KALENDER", "menurut hari kerja"
