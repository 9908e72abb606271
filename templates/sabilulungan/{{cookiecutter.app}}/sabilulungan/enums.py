"""Codes of the grants domain. Stored values are the domain's own words and are never renamed."""

from django.db import models


class Role(models.TextChoices):
    """Who acts on a proposal (sabilulungan.md section 4). PUBLIK is whoever is not signed in."""

    PEMOHON = "PEMOHON", "Pemohon"
    OPERATOR = "OPERATOR", "Petugas loket"
    TU = "TU", "Tata usaha"
    KDH = "KDH", "Kepala daerah"
    TP = "TP", "Tim Pertimbangan"
    KETUA_TP = "KETUA_TP", "Ketua Tim Pertimbangan"
    OPD = "OPD", "Penilai dinas"
    KEPALA_OPD = "KEPALA_OPD", "Kepala dinas"
    WILAYAH = "WILAYAH", "Camat atau lurah"
    TAPD = "TAPD", "Tim anggaran"
    KEU = "KEU", "Keuangan daerah"
    KESBANGPOL = "KESBANGPOL", "Pencatat organisasi"
    INSPEKTORAT = "INSPEKTORAT", "Inspektorat"
    ADMIN_WILAYAH = "ADMIN_WILAYAH", "Admin daerah"
    PENGAWAS = "PENGAWAS", "Pengawas luar"


OFFICE_ROLES = (Role.OPD, Role.KEPALA_OPD)  # limited to one office each: who evaluates, and who signs as its head


class FormSigner(models.TextChoices):
    """Whose signatures the recommendation of an office carries (T07; BDG annexes)."""

    KEPALA_OPD = "KEPALA_OPD", "Kepala dinas"
    CAMAT = "CAMAT", "Camat"
    LURAH = "LURAH", "Lurah atau kepala desa"
    KETUA_TP = "KETUA_TP", "Ketua Tim Pertimbangan"


class State(models.TextChoices):
    """Every state of a planned proposal, from draft to its end (section 6)."""

    DRAF = "DRAF", "Draf"
    DIAJUKAN = "DIAJUKAN", "Terdaftar"
    PERBAIKAN = "PERBAIKAN", "Dikembalikan untuk dilengkapi"
    DISPOSISI = "DISPOSISI", "Menunggu disposisi"
    KLASIFIKASI = "KLASIFIKASI", "Klasifikasi"
    EVALUASI = "EVALUASI", "Evaluasi dinas"
    VERIFIKASI_TP = "VERIFIKASI_TP", "Verifikasi Tim Pertimbangan"
    PERTIMBANGAN = "PERTIMBANGAN", "Pertimbangan tim anggaran"
    PERSETUJUAN = "PERSETUJUAN", "Menunggu persetujuan"
    DISETUJUI = "DISETUJUI", "Disetujui"
    DIANGGARKAN = "DIANGGARKAN", "Dianggarkan"
    DITETAPKAN = "DITETAPKAN", "Ditetapkan"
    PERJANJIAN = "PERJANJIAN", "Perjanjian ditandatangani"
    PENCAIRAN = "PENCAIRAN", "Proses pencairan"
    PELAKSANAAN = "PELAKSANAAN", "Berjalan"
    LPJ_DIPERIKSA = "LPJ_DIPERIKSA", "Laporan diperiksa"
    LPJ_PERBAIKAN = "LPJ_PERBAIKAN", "Laporan diperbaiki"
    SELESAI = "SELESAI", "Selesai"
    SANKSI = "SANKSI", "Dalam sanksi"
    TIDAK_DIPERTIMBANGKAN = "TIDAK_DIPERTIMBANGKAN", "Tidak dipertimbangkan"
    DITOLAK = "DITOLAK", "Ditolak"
    TIDAK_DIANGGARKAN = "TIDAK_DIANGGARKAN", "Tidak dianggarkan"
    KEDALUWARSA = "KEDALUWARSA", "Kedaluwarsa"
    DITARIK = "DITARIK", "Ditarik pemohon"
    DIBATALKAN = "DIBATALKAN", "Dibatalkan"


ENDS_WITHOUT_MONEY = (
    State.TIDAK_DIPERTIMBANGKAN,
    State.DITOLAK,
    State.TIDAK_DIANGGARKAN,
    State.KEDALUWARSA,
    State.DITARIK,
    State.DIBATALKAN,
)
PAID_STATES = (State.PELAKSANAAN, State.LPJ_DIPERIKSA, State.LPJ_PERBAIKAN, State.SELESAI, State.SANKSI)
UNREPORTED_STATES = (State.PELAKSANAAN, State.LPJ_DIPERIKSA, State.LPJ_PERBAIKAN, State.SANKSI)


class Action(models.TextChoices):
    """What a person does to a proposal: the button's meaning. One action may lead to several states."""

    AJUKAN = "AJUKAN", "Kirim usulan"
    LENGKAP = "LENGKAP", "Nyatakan lengkap"
    KEMBALIKAN = "KEMBALIKAN", "Kembalikan untuk dilengkapi"
    KIRIM_PERBAIKAN = "KIRIM_PERBAIKAN", "Kirim perbaikan"
    LEWAT_WAKTU = "LEWAT_WAKTU", "Tutup karena lewat waktu"
    TERUSKAN = "TERUSKAN", "Teruskan"
    TOLAK = "TOLAK", "Tolak"
    KLASIFIKASIKAN = "KLASIFIKASIKAN", "Teruskan ke dinas"
    REKOMENDASIKAN = "REKOMENDASIKAN", "Kirim hasil penilaian"
    SALAH_BIDANG = "SALAH_BIDANG", "Bukan bidang kami"
    PERTIMBANGKAN = "PERTIMBANGKAN", "Layak dipertimbangkan"
    TIDAK_DIPERTIMBANGKAN = "TIDAK_DIPERTIMBANGKAN", "Tidak dipertimbangkan"
    TETAPKAN_BESARAN = "TETAPKAN_BESARAN", "Tetapkan besaran"
    TANYAKAN = "TANYAKAN", "Kembalikan dengan pertanyaan"
    SETUJUI = "SETUJUI", "Setujui"
    TARIK = "TARIK", "Tarik usulan"
    ANGGARKAN = "ANGGARKAN", "Masukkan ke anggaran"
    TIDAK_DIANGGARKAN = "TIDAK_DIANGGARKAN", "Tidak dianggarkan"
    UBAH_BARIS = "UBAH_BARIS", "Ubah baris anggaran"
    TETAPKAN = "TETAPKAN", "Catat keputusan penetapan"
    GANTI_KETUA = "GANTI_KETUA", "Laporkan ketua baru"
    KONFIRMASI = "KONFIRMASI", "Setujui isi perjanjian"
    TANDATANGANI = "TANDATANGANI", "Tanda tangani perjanjian"
    MINTA_CAIR = "MINTA_CAIR", "Ajukan pencairan"
    BAYAR = "BAYAR", "Catat pembayaran"
    BAYAR_LAGI = "BAYAR_LAGI", "Catat tahap berikutnya"
    SERAHKAN = "SERAHKAN", "Catat serah terima"
    BATALKAN = "BATALKAN", "Batalkan bantuan"
    LAPORKAN = "LAPORKAN", "Kirim laporan"
    KEMBALIKAN_LAPORAN = "KEMBALIKAN_LAPORAN", "Kembalikan laporan"
    TERIMA_LAPORAN = "TERIMA_LAPORAN", "Terima laporan"
    CATAT_SETORAN = "CATAT_SETORAN", "Catat setoran kembali"
    PERINGATKAN = "PERINGATKAN", "Kirim surat peringatan"
    SANKSI = "SANKSI", "Jatuhkan sanksi"
    TEMUAN = "TEMUAN", "Catat temuan"
    AKHIRI_SANKSI = "AKHIRI_SANKSI", "Akhiri sanksi"


class Kind(models.TextChoices):
    """Jenis (Permendagri 32/2011 art. 3)."""

    HIBAH = "HIBAH", "Hibah"
    BANSOS = "BANSOS", "Bantuan sosial"


class Form(models.TextChoices):
    """Bentuk: hibah may be all three, bansos money or goods (Permendagri 32/2011 art. 3)."""

    UANG = "UANG", "Uang"
    BARANG = "BARANG", "Barang"
    JASA = "JASA", "Jasa"


class Nature(models.TextChoices):
    """Sifat kegiatan: construction needs more documents and has its own ceiling."""

    FISIK = "FISIK", "Pembangunan fisik"
    NON_FISIK = "NON_FISIK", "Kegiatan, bukan pembangunan"


class Purpose(models.TextChoices):
    """Tujuan bansos (Permendagri 32/2011 art. 24)."""

    REHABILITASI = "REHABILITASI", "Rehabilitasi sosial"
    PERLINDUNGAN = "PERLINDUNGAN", "Perlindungan sosial"
    PEMBERDAYAAN = "PEMBERDAYAAN", "Pemberdayaan sosial"
    JAMINAN = "JAMINAN", "Jaminan sosial"
    KEMISKINAN = "KEMISKINAN", "Penanggulangan kemiskinan"
    BENCANA = "BENCANA", "Penanggulangan bencana"


class RecipientType(models.TextChoices):
    """Who receives: hibah SE900 and Permendagri 39/2012, bansos Permendagri 39/2012 art. 30."""

    PEMERINTAH_PUSAT = "PEMERINTAH_PUSAT", "Instansi pemerintah pusat"
    PEMDA_LAIN = "PEMDA_LAIN", "Pemerintah daerah lain"
    BUMN_BUMD = "BUMN_BUMD", "BUMN atau BUMD"
    BADAN_LEMBAGA = "BADAN_LEMBAGA", "Badan atau lembaga"
    ORMAS = "ORMAS", "Yayasan atau perkumpulan berbadan hukum"
    KELOMPOK_MASYARAKAT = "KELOMPOK_MASYARAKAT", "Kelompok masyarakat"
    LEMBAGA_NON_PEMERINTAH = "LEMBAGA_NON_PEMERINTAH", "Lembaga non-pemerintah"
    INDIVIDU = "INDIVIDU", "Perorangan"
    KELUARGA = "KELUARGA", "Keluarga"


HIBAH_RECIPIENTS = (
    RecipientType.PEMERINTAH_PUSAT,
    RecipientType.PEMDA_LAIN,
    RecipientType.BUMN_BUMD,
    RecipientType.BADAN_LEMBAGA,
    RecipientType.ORMAS,
)
BANSOS_RECIPIENTS = (
    RecipientType.INDIVIDU,
    RecipientType.KELUARGA,
    RecipientType.KELOMPOK_MASYARAKAT,
    RecipientType.LEMBAGA_NON_PEMERINTAH,
)
PERSONS = (RecipientType.INDIVIDU, RecipientType.KELUARGA)
ORGANISATIONS = tuple(kind for kind in RecipientType if kind not in PERSONS)


class Position(models.TextChoices):
    """Jabatan pengurus; DIRI is a person or head of family who applies for himself."""

    KETUA = "KETUA", "Ketua"
    SEKRETARIS = "SEKRETARIS", "Sekretaris"
    BENDAHARA = "BENDAHARA", "Bendahara"
    DIRI = "DIRI", "Pemohon sendiri"


class Stage(models.TextChoices):
    """The classic steps a region may switch or hand to another role, and the later life."""

    KELENGKAPAN = "KELENGKAPAN", "Berkas diperiksa"
    DISPOSISI = "DISPOSISI", "Diteruskan kepala daerah"
    KLASIFIKASI = "KLASIFIKASI", "Dipilah ke dinas"
    EVALUASI = "EVALUASI", "Dinilai dinas"
    PERIKSA_TP = "PERIKSA_TP", "Diperiksa tim"
    PERIKSA_TAPD = "PERIKSA_TAPD", "Diperiksa tim anggaran"
    PERSETUJUAN = "PERSETUJUAN", "Disetujui kepala daerah"
    ANGGARAN = "ANGGARAN", "Masuk anggaran"
    PENETAPAN = "PENETAPAN", "Ditetapkan"
    PERJANJIAN = "PERJANJIAN", "Perjanjian"
    PEMBAYARAN = "PEMBAYARAN", "Dibayar"
    PERTANGGUNGJAWABAN = "PERTANGGUNGJAWABAN", "Dilaporkan"


CLASSIC_STAGES = tuple(Stage)[:7]


class Severity(models.TextChoices):
    """Weight of a finding: red blocks the next act until a second person closes it (section 13)."""

    RED = "RED", "Merah"
    YELLOW = "YELLOW", "Kuning"


class FlagDecision(models.TextChoices):
    """What a second person found of a signal: no fault, or true, so that no money may follow."""

    WAJAR = "WAJAR", "Wajar: bukan penerima ganda atau fiktif"
    TERBUKTI = "TERBUKTI", "Terbukti: tidak boleh dibayar"


class Check(models.TextChoices):
    """The seven checks of the office's evaluation (section 9, R05–R11)."""

    R05 = "R05", "Harga sesuai standar harga atau harga pasar"
    R06 = "R06", "Kebutuhan sesuai dengan kegiatannya"
    R07 = "R07", "Penerima benar-benar ada, dilihat di lapangan"
    R08 = "R08", "Alamat sekretariat atau ketua sesuai usulan"
    R09 = "R09", "Kegiatan belum dilaksanakan"
    R10 = "R10", "Tidak menerima bantuan pada tahun anggaran sebelumnya"
    R11 = "R11", "KTP dan status hukum sudah diperiksa"


class Phase(models.TextChoices):
    """When a document is asked: with the proposal, the pay-out request or the final report; and officers' scans."""

    USULAN = "USULAN", "Usulan"
    PENCAIRAN = "PENCAIRAN", "Pencairan"
    LPJ = "LPJ", "Laporan penggunaan"
    PETUGAS = "PETUGAS", "Dokumen petugas"


class RegistryVerdict(models.TextChoices):
    """What the civil registry's answer means for an officer's NIK (F10); empty: not yet checked."""

    UNASKED = "", "Belum dicocokkan dengan data kependudukan"
    COCOK = "COCOK", "Cocok dengan data kependudukan"
    TIDAK_DIKENAL = "TIDAK_DIKENAL", "NIK tidak dikenal di data kependudukan"
    MENINGGAL = "MENINGGAL", "Tercatat meninggal di data kependudukan"
    NAMA_BEDA = "NAMA_BEDA", "Nama berbeda dengan data kependudukan"


class PhotoPlace(models.TextChoices):
    """Where a picture belongs: papers of the proposal, of the pay-out request, of the report, or a field visit."""

    USULAN = "USULAN", "Usulan"
    PENCAIRAN = "PENCAIRAN", "Pencairan"
    LPJ = "LPJ", "Laporan penggunaan"
    KUNJUNGAN = "KUNJUNGAN", "Kunjungan lapangan"


class SanctionKind(models.TextChoices):
    """Why a case is under sanction (T22, T23)."""

    TANPA_LAPORAN = "TANPA_LAPORAN", "Laporan tidak dikirim"
    PENYALAHGUNAAN = "PENYALAHGUNAAN", "Temuan penyalahgunaan"


class LeaderReason(models.TextChoices):
    """Why a recipient has a new leader (R16, BDG art. 18(2))."""

    MENINGGAL = "MENINGGAL", "Ketua meninggal dunia"
    DIGANTI = "DIGANTI", "Ketua diganti"


class ReportCheck(models.TextChoices):
    """What is checked of a final report before it is accepted (LPJ15)."""

    LENGKAP = "LENGKAP", "Berkas laporan lengkap dan terbaca"
    SESUAI = "SESUAI", "Penggunaan sesuai dengan rencana"
    SALDO = "SALDO", "Sisa dana cocok dengan rekening dan setoran"
    NYATA = "NYATA", "Kegiatan benar-benar dilaksanakan"


class AidState(models.TextChoices):
    """The short track of unplanned social aid (Permendagri 39/2012 art. 23A, 32(2a))."""

    PERMINTAAN = "PERMINTAAN", "Permintaan"
    VERIFIKASI_OPD = "VERIFIKASI_OPD", "Diverifikasi dinas"
    PERSETUJUAN_KDH = "PERSETUJUAN_KDH", "Menunggu persetujuan"
    DISETUJUI = "DISETUJUI", "Disetujui"
    DISALURKAN = "DISALURKAN", "Disalurkan"
    DIREKAP = "DIREKAP", "Direkap"
    DITOLAK = "DITOLAK", "Ditolak"


class AidAction(models.TextChoices):
    """What people do to unplanned aid."""

    MINTA = "MINTA", "Catat permintaan"
    PERIKSA = "PERIKSA", "Mulai verifikasi"
    TERUSKAN = "TERUSKAN", "Layak, teruskan"
    SETUJUI = "SETUJUI", "Setujui"
    TOLAK = "TOLAK", "Tolak"
    SALURKAN = "SALURKAN", "Catat penyaluran"
    REKAP = "REKAP", "Rekap"


class AidWay(models.TextChoices):
    """How unplanned aid is paid: cash only up to the limit (Permendagri 32/2011 art. 32(4)-(5))."""

    TUNAI = "TUNAI", "Tunai dengan kuitansi"
    TRANSFER = "TRANSFER", "Transfer ke rekening penerima"


class VoiceKind(models.TextChoices):
    """What people say about a proposal; KOREKSI is the recipient's right of reply (section 11)."""

    KOMENTAR = "KOMENTAR", "Komentar"
    LAPORAN = "LAPORAN", "Laporan masalah"
    KOREKSI = "KOREKSI", "Permintaan koreksi"


class VoiceState(models.TextChoices):
    """Whether a voice waits, was answered, or is not published."""

    BARU = "BARU", "Menunggu jawaban"
    DIJAWAB = "DIJAWAB", "Dijawab"
    DITOLAK = "DITOLAK", "Tidak ditindaklanjuti"
