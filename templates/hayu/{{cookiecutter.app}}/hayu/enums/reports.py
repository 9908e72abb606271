"""Codes of business reports, and the roles and lanes of the whole app."""

from django.db.models import IntegerChoices, TextChoices


class Role(TextChoices):
    """Roles of hayu.md section 3; PEMOHON is held by whoever owns a report, without an assignment."""

    PEMOHON = "PEMOHON", "Pemohon"
    LOKET = "LOKET", "Petugas loket"
    VERIFIKATOR = "VERIFIKATOR", "Verifikator"
    TIM_TEKNIS = "TIM_TEKNIS", "Tim teknis"
    PENETAP_RETRIBUSI = "PENETAP_RETRIBUSI", "Penetap retribusi"
    BENDAHARA = "BENDAHARA", "Bendahara"
    KASI = "KASI", "Kepala seksi"
    KABID = "KABID", "Kepala bidang"
    PENANDATANGAN = "PENANDATANGAN", "Penanda tangan"
    PENGAWAS = "PENGAWAS", "Pengawas"
    ADMIN_WILAYAH = "ADMIN_WILAYAH", "Admin wilayah"
    AUDITOR = "AUDITOR", "Auditor"


class Lane(TextChoices):
    """Where a wish belongs (hayu.md section 5)."""

    LAPOR = "LAPOR", "Cukup melapor"
    IZIN = "IZIN", "Perlu izin daerah"
    RUJUK_OSS = "RUJUK-OSS", "Lewat OSS"
    RUJUK_SIMBG = "RUJUK-SIMBG", "Lewat SIMBG"


class Wish(TextChoices):
    """What a visitor came for: the first question."""

    USAHA = "usaha", "Membuka atau menjalankan usaha"
    IZIN = "izin", "Izin lain: praktik, reklame, penelitian, acara"
    BANGUNAN = "bangunan", "Mendirikan atau memakai bangunan (PBG, SLF)"


class Risk(TextChoices):
    """Risk levels of PP 28/2025; UNKNOWN is said, never guessed."""

    RENDAH = "rendah", "Rendah"
    MENENGAH_RENDAH = "menengah_rendah", "Menengah rendah"
    MENENGAH_TINGGI = "menengah_tinggi", "Menengah tinggi"
    TINGGI = "tinggi", "Tinggi"
    UNKNOWN = "tidak_diketahui", "Belum diketahui"


class Scale(TextChoices):
    """Scale of an enterprise (PP 7/2021 art. 35)."""

    MIKRO = "mikro", "Mikro"
    KECIL = "kecil", "Kecil"
    MENENGAH = "menengah", "Menengah"
    BESAR = "besar", "Besar"


class State(TextChoices):
    """States of a business report (hayu.md section 6)."""

    DRAF = "DRAF", "Draf"
    TERDAFTAR = "TERDAFTAR", "Terdaftar"
    DIJADWALKAN_PERIKSA = "DIJADWALKAN_PERIKSA", "Akan diperiksa"
    PERLU_PEMBETULAN = "PERLU_PEMBETULAN", "Perlu pembetulan"
    DIBEKUKAN = "DIBEKUKAN", "Dibekukan"
    DIRUJUK_OSS = "DIRUJUK_OSS", "Dirujuk ke OSS"
    DICABUT = "DICABUT", "Dicabut"
    TUTUP = "TUTUP", "Tutup"


ACTIVE = (State.TERDAFTAR, State.DIJADWALKAN_PERIKSA, State.PERLU_PEMBETULAN, State.DIBEKUKAN)
FINAL = (State.DIRUJUK_OSS, State.DICABUT, State.TUTUP)


class Action(TextChoices):
    """What changes a business report (hayu.md section 6)."""

    BUAT = "buat", "Mulai laporan"
    KIRIM = "kirim", "Kirim laporan"
    PILIH_SAMPEL = "pilih_sampel", "Pilih untuk diperiksa"
    PERIKSA_PENGADUAN = "periksa_pengaduan", "Periksa karena pengaduan"
    CATAT_HASIL = "catat_hasil", "Catat hasil pemeriksaan"
    BETULKAN = "betulkan", "Kirim pembetulan"
    LEWAT_BATAS = "lewat_batas", "Batas pembetulan lewat"
    NAIK_KELAS = "naik_kelas", "Usaha naik kelas"
    BEKUKAN = "bekukan", "Bekukan"
    PULIHKAN = "pulihkan", "Pulihkan"
    BATALKAN = "batalkan", "Cabut tanda lapor"
    TUTUP = "tutup", "Tutup usaha"
    PERBARUI = "perbarui", "Perbarui data tahunan"
    INGATKAN = "ingatkan", "Ingatkan pembaruan tahunan"
    TANDAI_USANG = "tandai_usang", "Tandai data usang"


class Channel(TextChoices):
    """Where a report was typed in."""

    WEB = "WEB", "Daring"
    LOKET = "LOKET", "Loket"


class Outcome(TextChoices):
    """Result of an inspection."""

    SESUAI = "SESUAI", "Sesuai"
    TIDAK_SESUAI = "TIDAK_SESUAI", "Tidak sesuai"


class Finding(TextChoices):
    """What an inspection may find."""

    ALAMAT_BEDA = "ALAMAT_BEDA", "Alamat tidak sesuai laporan"
    TIDAK_DITEMUKAN = "TIDAK_DITEMUKAN", "Usaha tidak ditemukan di tempat"
    KEGIATAN_BEDA = "KEGIATAN_BEDA", "Kegiatan usaha berbeda dari kode yang dilaporkan"
    MODAL_BEDA = "MODAL_BEDA", "Modal tidak sesuai laporan"
    PEMILIK_BEDA = "PEMILIK_BEDA", "Pemilik berbeda dari laporan"
    KEBERSIHAN = "KEBERSIHAN", "Kebersihan atau sanitasi kurang"
    KESELAMATAN = "KESELAMATAN", "Keselamatan kurang (api, listrik, bangunan)"
    GANGGUAN = "GANGGUAN", "Mengganggu lingkungan (bising, asap, parkir)"


class Ground(TextChoices):
    """Why a report receipt is revoked (hayu.md section 6)."""

    DUA_PERINGATAN = "DUA_PERINGATAN", "Sudah dua kali diperingatkan"
    DATA_PALSU = "DATA_PALSU", "Terbukti data yang dilaporkan tidak benar"


class SampleRule(TextChoices):
    """Why a report is inspected."""

    ACAK = "ACAK", "Terpilih acak"
    DEKAT_BATAS = "DEKAT_BATAS", "Modal mendekati batas lapor"
    TERPECAH = "TERPECAH", "Beberapa laporan satu pemilik berjumlah melebihi batas"
    PENGADUAN = "PENGADUAN", "Ada pengaduan"


class TableRow(IntegerChoices):
    """Rows of the decision table, hayu.md section 5."""

    BUILDING = 1
    NOT_A_BUSINESS = 2
    EXCLUDED = 3
    HIGH_RISK = 4
    BELOW = 5
    AT_OR_ABOVE = 6
