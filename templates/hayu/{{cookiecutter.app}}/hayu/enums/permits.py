"""Codes of applications and permits (hayu.md sections 7 and 8)."""

from django.db.models import TextChoices

from core.enums import Signature as Signature  # noqa: PLC0414  (re-exported: the codes of ways to sign are core's)


class AppKind(TextChoices):
    """Why one applies."""

    BARU = "BARU", "Izin baru"
    PERPANJANG = "PERPANJANG", "Perpanjangan"
    UBAH = "UBAH", "Perubahan data"


class FieldKind(TextChoices):
    """What a field of an application form takes."""

    TEKS = "teks", "Teks pendek"
    URAIAN = "uraian", "Uraian"
    ANGKA = "angka", "Bilangan"
    RUPIAH = "rupiah", "Rupiah"
    TANGGAL = "tanggal", "Tanggal"
    PILIHAN = "pilihan", "Pilihan"


class AppState(TextChoices):
    """States of an application."""

    DRAF = "DRAF", "Draf"
    DIAJUKAN = "DIAJUKAN", "Diajukan"
    VERIFIKASI_BERKAS = "VERIFIKASI_BERKAS", "Pemeriksaan berkas"
    PERLU_PERBAIKAN = "PERLU_PERBAIKAN", "Perlu perbaikan"
    USUL_TOLAK = "USUL_TOLAK", "Diusulkan ditolak"
    PENINJAUAN = "PENINJAUAN", "Peninjauan lapangan"
    PENINJAUAN_DITUNDA = "PENINJAUAN_DITUNDA", "Peninjauan ditunda"
    PERTIMBANGAN_TEKNIS = "PERTIMBANGAN_TEKNIS", "Pertimbangan teknis"
    PENETAPAN = "PENETAPAN", "Penetapan"
    MENUNGGU_PEMBAYARAN = "MENUNGGU_PEMBAYARAN", "Menunggu pembayaran"
    MENUNGGU_TTE = "MENUNGGU_TTE", "Menunggu tanda tangan"
    TERBIT = "TERBIT", "Terbit"
    DITOLAK = "DITOLAK", "Ditolak"
    DITINJAU_ULANG = "DITINJAU_ULANG", "Keberatan ditinjau"
    KEDALUWARSA = "KEDALUWARSA", "Kedaluwarsa"
    DIBATALKAN = "DIBATALKAN", "Dibatalkan"

    @classmethod
    def running(cls) -> tuple["AppState", ...]:
        """Return the states in which the service clock runs (hayu.md section 7, column Clock)."""
        return (
            cls.DIAJUKAN, cls.VERIFIKASI_BERKAS, cls.USUL_TOLAK, cls.PENINJAUAN, cls.PERTIMBANGAN_TEKNIS,
            cls.PENETAPAN, cls.MENUNGGU_TTE, cls.DITINJAU_ULANG,
        )  # fmt: skip

    @classmethod
    def paused(cls) -> tuple["AppState", ...]:
        """Return the states in which the office waits for the applicant."""
        return (cls.PERLU_PERBAIKAN, cls.PENINJAUAN_DITUNDA, cls.MENUNGGU_PEMBAYARAN)

    @classmethod
    def open(cls) -> tuple["AppState", ...]:
        """Return the states of an application under way."""
        return (*cls.running(), *cls.paused())

    @classmethod
    def closed(cls) -> tuple["AppState", ...]:
        """Return the states of a decided or ended application."""
        return (cls.TERBIT, cls.DITOLAK, cls.KEDALUWARSA, cls.DIBATALKAN)


class AppAction(TextChoices):
    """What changes an application."""

    BUAT = "buat", "Mulai permohonan"
    KIRIM = "kirim", "Kirim permohonan"
    AMBIL = "ambil", "Ambil untuk diperiksa"
    PRIORITASKAN = "prioritaskan", "Dahulukan dengan alasan"
    ALIHKAN = "alihkan", "Alihkan ke petugas lain"
    KEMBALIKAN = "kembalikan", "Kembalikan untuk diperbaiki"
    KIRIM_ULANG = "kirim_ulang", "Kirim perbaikan"
    LEWAT_BATAS = "lewat_batas", "Batas waktu lewat"
    USUL_TOLAK = "usul_tolak", "Usulkan penolakan"
    SETUJUI_TOLAK = "setujui_tolak", "Setujui penolakan"
    BATALKAN_USUL = "batalkan_usul", "Batalkan usul penolakan"
    TERUSKAN = "teruskan", "Teruskan"
    JADWALKAN = "jadwalkan", "Jadwalkan peninjauan"
    CATAT_BAP = "catat_bap", "Catat hasil peninjauan"
    MINTA_TUNDA = "minta_tunda", "Minta peninjauan ditunda"
    LANJUT = "lanjut", "Lanjutkan peninjauan"
    REKOMENDASI = "rekomendasi", "Beri pertimbangan teknis"
    TIDAK_LAYAK = "tidak_layak", "Nyatakan tidak layak"
    TETAPKAN_BIAYA = "tetapkan_biaya", "Tetapkan biaya"
    BAYAR = "bayar", "Catat pembayaran"
    SUSUN = "susun", "Susun naskah izin"
    PARAF = "paraf", "Paraf naskah"
    TANDA_TANGANI = "tanda_tangani", "Tanda tangani"
    KEMBALIKAN_INTERNAL = "kembalikan_internal", "Kembalikan ke penyusun"
    TOLAK = "tolak", "Tolak permohonan"
    BATALKAN = "batalkan", "Batalkan permohonan"
    KEBERATAN = "keberatan", "Ajukan keberatan"
    KABULKAN_KEBERATAN = "kabulkan_keberatan", "Kabulkan keberatan"
    TOLAK_KEBERATAN = "tolak_keberatan", "Tolak keberatan"
    ESKALASI = "eskalasi", "Ingatkan atasan"
    ANGGAP_KABUL = "anggap_kabul", "Dianggap dikabulkan"
    INGATKAN = "ingatkan_pemohon", "Ingatkan pemohon"


class Verdict(TextChoices):
    """Technical advice."""

    LAYAK = "LAYAK", "Layak"
    BERSYARAT = "BERSYARAT", "Layak bersyarat"


class BillState(TextChoices):
    """A bill of a charge."""

    TERBUKA = "TERBUKA", "Belum dibayar"
    LUNAS = "LUNAS", "Lunas"
    HANGUS = "HANGUS", "Tidak berlaku lagi"


class PermitState(TextChoices):
    """States of an issued permit."""

    TERBIT = "TERBIT", "Terbit, belum mulai"
    BERLAKU = "BERLAKU", "Berlaku"
    DIBEKUKAN = "DIBEKUKAN", "Dibekukan"
    DICABUT = "DICABUT", "Dicabut"
    BERAKHIR = "BERAKHIR", "Berakhir"
    DIGANTI = "DIGANTI", "Diganti"

    @classmethod
    def active(cls) -> tuple["PermitState", ...]:
        """Return the states in which a permit can still change."""
        return (cls.TERBIT, cls.BERLAKU, cls.DIBEKUKAN)


class PermitAction(TextChoices):
    """What changes an issued permit."""

    TERBITKAN = "terbitkan", "Terbitkan"
    AKTIFKAN = "aktifkan", "Mulai berlaku"
    INGATKAN = "ingatkan_akhir", "Ingatkan masa berlaku"
    PERINGATAN = "peringatan", "Beri peringatan"
    BEKUKAN = "bekukan_izin", "Bekukan izin"
    PULIHKAN = "pulihkan_izin", "Pulihkan izin"
    CABUT = "cabut", "Cabut izin"
    AKHIRI = "akhiri", "Masa berlaku habis"
    GANTI = "ganti", "Diganti izin baru"
