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
    """How far a month has come: open, input closed, approval closed, shown, signed, verified, final, paid."""

    TERBUKA = "TERBUKA", "Berjalan"
    TUTUP_INPUT = "TUTUP_INPUT", "Pengisian ditutup"
    TUTUP_VALIDASI = "TUTUP_VALIDASI", "Persetujuan ditutup"
    PRATINJAU = "PRATINJAU", "Pratinjau"
    REKAP_OPD = "REKAP_OPD", "Ditandatangani kepala"
    VERIFIKASI = "VERIFIKASI", "Terverifikasi"
    FINAL = "FINAL", "Final"
    DIBAYAR = "DIBAYAR", "Dibayar"


OFFICE_STATES = (
    MonthState.PRATINJAU, MonthState.REKAP_OPD, MonthState.VERIFIKASI, MonthState.FINAL, MonthState.DIBAYAR,
)  # fmt: skip
FINISHED = (MonthState.FINAL, MonthState.DIBAYAR)


class ObjectionState(TextChoices):
    """States of an employee's objection to a monthly result (erk.md section 7)."""

    DIAJUKAN = "DIAJUKAN", "Diajukan"
    DITELAAH = "DITELAAH", "Ditelaah"
    DITERIMA = "DITERIMA", "Diterima"
    DITOLAK = "DITOLAK", "Ditolak"


OPEN_OBJECTIONS = (ObjectionState.DIAJUKAN, ObjectionState.DITELAAH)


class CorrectionState(TextChoices):
    """States of a correction to a final month: the old slip stays, the difference is paid."""

    DIUSULKAN = "DIUSULKAN", "Diusulkan"
    DIBUKA = "DIBUKA", "Dibuka"
    SELESAI = "SELESAI", "Dihitung"
    DIBAYAR = "DIBAYAR", "Dibayar"
    DITOLAK = "DITOLAK", "Ditolak"
    DIBATALKAN = "DIBATALKAN", "Dibatalkan"


OPEN_CORRECTIONS = (CorrectionState.DIUSULKAN, CorrectionState.DIBUKA)
COMPUTED_CORRECTIONS = (CorrectionState.SELESAI, CorrectionState.DIBAYAR)


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


class ImportKind(TextChoices):
    """What files are taken in."""

    OPD = "OPD", "Perangkat daerah"
    JABATAN = "JABATAN", "Jabatan dan kelas"
    PEGAWAI = "PEGAWAI", "Pegawai dan penempatan"
    KEHADIRAN = "KEHADIRAN", "Kehadiran"
    CUTI = "CUTI", "Cuti dan sakit"
    LEMBUR = "LEMBUR", "Surat perintah lembur"
    PENILAIAN = "PENILAIAN", "Capaian SKP dan perilaku"
    RHK = "RHK", "Rencana hasil kerja (SKP)"
    HUKUMAN = "HUKUMAN", "Hukuman disiplin"
    RAPAT = "RAPAT", "Daftar hadir rapat"
    KATALOG = "KATALOG", "Norma waktu katalog"
    BAYAR = "BAYAR", "Pembayaran manual"


class ReportState(TextChoices):
    """States of an employee's report that the superior in the application is the wrong one."""

    DILAPORKAN = "DILAPORKAN", "Dilaporkan"
    SELESAI = "SELESAI", "Diperbaiki"
    DITOLAK = "DITOLAK", "Sudah benar"


class PlanState(TextChoices):
    """States of a year's targets (SKP, erk.md section 7)."""

    DRAF = "DRAF", "Draf"
    DIAJUKAN = "DIAJUKAN", "Diajukan"
    DISETUJUI = "DISETUJUI", "Disetujui"
    DINILAI = "DINILAI", "Dinilai"
    FINAL = "FINAL", "Final"


RATED_PLANS = (PlanState.DINILAI, PlanState.FINAL)
AGREED_PLANS = (PlanState.DISETUJUI, *RATED_PLANS)


class Expectation(TextChoices):
    """How a result or a value was seen (PermenPANRB 6/2022)."""

    DI_ATAS = "DI_ATAS", "Di atas ekspektasi"
    SESUAI = "SESUAI", "Sesuai ekspektasi"
    DI_BAWAH = "DI_BAWAH", "Di bawah ekspektasi"


class Rating(TextChoices):
    """The rating of a year (PermenPANRB 6/2022)."""

    SANGAT_BAIK = "SANGAT_BAIK", "Sangat baik"
    BAIK = "BAIK", "Baik"
    BUTUH_PERBAIKAN = "BUTUH_PERBAIKAN", "Butuh perbaikan"
    KURANG = "KURANG", "Kurang"
    SANGAT_KURANG = "SANGAT_KURANG", "Sangat kurang"


class BerAkhlak(TextChoices):
    """The seven values of a civil servant."""

    PELAYANAN = "PELAYANAN", "Berorientasi pelayanan"
    AKUNTABEL = "AKUNTABEL", "Akuntabel"
    KOMPETEN = "KOMPETEN", "Kompeten"
    HARMONIS = "HARMONIS", "Harmonis"
    LOYAL = "LOYAL", "Loyal"
    ADAPTIF = "ADAPTIF", "Adaptif"
    KOLABORATIF = "KOLABORATIF", "Kolaboratif"


class AnomalyCode(TextChoices):
    """The sixteen checks of erk.md section 13."""

    TUMPANG = "TUMPANG", "Jam bertumpuk"
    LEBIH_8_JAM = "LEBIH_8_JAM", "Lebih dari 8 jam sehari tanpa SPT"
    LIBUR = "LIBUR", "Bekerja saat cuti, libur, atau di luar jam hadir"
    NORMA = "NORMA", "Jauh di atas norma"
    SALIN = "SALIN", "Uraian disalin"
    BUKTI = "BUKTI", "Bukti dipakai lagi"
    BULAT = "BULAT", "Angka bulat"
    KEJAR = "KEJAR", "Diisi menjelang tutup"
    SETUJU_MASSAL = "SETUJU_MASSAL", "Menyetujui borongan"
    TANPA_TOLAK = "TANPA_TOLAK", "Tidak pernah mengembalikan"
    SALING = "SALING", "Saling menyetujui"
    HANTU = "HANTU", "Menyetujui saat cuti atau tidak hadir"
    RAPAT = "RAPAT", "Tidak ada dalam daftar hadir rapat"
    TITIP = "TITIP", "Satu perangkat untuk beberapa pegawai"
    HADIR = "HADIR", "Kehadiran diperbaiki dengan tangan"
    LAIN2 = "LAIN2", "Terlalu banyak di luar katalog"


class AnomalyState(TextChoices):
    """Whether a sign still waits for the verifier."""

    TERBUKA = "TERBUKA", "Terbuka"
    DITUTUP = "DITUTUP", "Ditutup"


class Verdict(TextChoices):
    """What the verifier found."""

    SAH = "SAH", "Sah"
    DIKURANGI = "DIKURANGI", "Menit dikurangi"
    DIBATALKAN = "DIBATALKAN", "Dibatalkan"
