"""Codes of complaints and of the satisfaction survey (hayu.md sections 8 and 12)."""

from django.db.models import TextChoices


class ComplaintKind(TextChoices):
    """What a complaint is about."""

    PUNGUTAN = "PUNGUTAN", "Ada yang meminta uang"
    PELAYANAN = "PELAYANAN", "Pelayanan lambat atau tidak baik"
    USAHA = "USAHA", "Usaha atau kegiatan mengganggu"
    DOKUMEN = "DOKUMEN", "Dokumen palsu atau disalahgunakan"
    LAIN = "LAIN", "Hal lain"


class ComplaintState(TextChoices):
    """States of a complaint."""

    DITERIMA = "DITERIMA", "Diterima"
    DITELAAH = "DITELAAH", "Ditelaah"
    DITINDAKLANJUTI = "DITINDAKLANJUTI", "Ditindaklanjuti"
    DIJAWAB = "DIJAWAB", "Dijawab"
    DITUTUP = "DITUTUP", "Ditutup"


class ComplaintAction(TextChoices):
    """What changes a complaint."""

    ADUKAN = "adukan", "Kirim pengaduan"
    TELAAH = "telaah", "Mulai menelaah"
    TINDAK = "tindak", "Tindak lanjuti"
    PERPANJANG = "perpanjang_jawaban", "Perpanjang waktu jawaban"
    JAWAB = "jawab", "Jawab"
    TUTUP = "tutup_pengaduan", "Tutup"
    INGATKAN = "ingatkan_pengaduan", "Ingatkan batas waktu"


class Element(TextChoices):
    """The nine elements of the satisfaction survey (Permenpan 14/2017)."""

    U1 = "u1", "Persyaratan"
    U2 = "u2", "Prosedur"
    U3 = "u3", "Waktu"
    U4 = "u4", "Biaya"
    U5 = "u5", "Produk"
    U6 = "u6", "Kemampuan petugas"
    U7 = "u7", "Perilaku petugas"
    U8 = "u8", "Penanganan pengaduan"
    U9 = "u9", "Sarana"


class Erased(TextChoices):
    """What the end of its period takes personal data from (hayu.md section 19)."""

    PERMOHONAN = "PERMOHONAN", "Permohonan yang berakhir tanpa izin"
    IZIN = "IZIN", "Izin yang tidak berlaku lagi, dengan permohonannya"
    PENGADUAN = "PENGADUAN", "Pengaduan yang sudah dijawab"
    LAPORAN = "LAPORAN", "Tanda lapor usaha yang berakhir"
    DRAF = "DRAF", "Draf yang ditinggalkan"
    RUJUKAN = "RUJUKAN", "Nomor OSS atau SIMBG yang dicoret"
