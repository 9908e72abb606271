"""How states look to people: one plain word, and one sentence on what is allowed now (hayu.md section 20)."""

from core.states import StateLook
from hayu.enums import (
    AppState,
    ClaimState,
    ComplaintState,
    InspectionState,
    Lane,
    PermitState,
    ReferralState,
    Risk,
    State,
)

STATES: dict[str, StateLook] = {
    State.DRAF: StateLook("Draf", "neutral", "pencil", "Laporan ini belum dikirim, jadi belum terdaftar."),
    State.TERDAFTAR: StateLook(
        "Terdaftar", "good", "check-circle-fill", "Usaha ini sudah dilaporkan dan boleh berjalan."
    ),
    State.DIJADWALKAN_PERIKSA: StateLook(
        "Akan diperiksa", "progress", "calendar-check",
        "Usaha ini terdaftar dan boleh berjalan; petugas akan datang memeriksa.",
    ),
    State.PERLU_PEMBETULAN: StateLook(
        "Perlu pembetulan", "waiting", "exclamation-triangle",
        "Usaha ini boleh berjalan, tetapi pemilik harus membetulkan temuan sebelum batas waktunya.",
    ),
    State.DIBEKUKAN: StateLook(
        "Dibekukan", "bad", "pause-circle", "Tanda lapor ini tidak berlaku sampai dipulihkan oleh kepala dinas."
    ),
    State.DIRUJUK_OSS: StateLook(
        "Dirujuk ke OSS", "waiting", "signpost-split",
        "Usaha ini sudah melewati batas lapor dan perizinannya diurus di OSS. Tanda lapor ini tidak berlaku lagi.",
    ),
    State.DICABUT: StateLook("Dicabut", "bad", "x-circle-fill", "Tanda lapor ini dicabut dan tidak berlaku lagi."),
    State.TUTUP: StateLook("Tutup", "neutral", "archive", "Pemilik melaporkan bahwa usaha ini sudah tutup."),
}  # fmt: skip

APP_STATES: dict[str, StateLook] = {
    AppState.DRAF: StateLook("Draf", "neutral", "pencil", "Permohonan ini belum dikirim."),
    AppState.DIAJUKAN: StateLook("Diajukan", "progress", "inbox", "Permohonan sudah masuk dan menunggu petugas."),
    AppState.VERIFIKASI_BERKAS: StateLook(
        "Berkas diperiksa", "progress", "list-check", "Petugas sedang memeriksa kelengkapan dan kebenaran berkas."
    ),
    AppState.PERLU_PERBAIKAN: StateLook(
        "Perlu perbaikan", "waiting", "exclamation-triangle",
        "Ada yang perlu diperbaiki pemohon. Waktu layanan berhenti selama menunggu.",
    ),
    AppState.USUL_TOLAK: StateLook(
        "Dipertimbangkan", "progress", "hourglass-split", "Permohonan sedang dipertimbangkan atasan."
    ),
    AppState.PENINJAUAN: StateLook("Peninjauan", "progress", "geo-alt", "Petugas meninjau lokasi permohonan."),
    AppState.PENINJAUAN_DITUNDA: StateLook(
        "Peninjauan ditunda", "waiting", "pause-circle", "Peninjauan ditunda atas permintaan pemohon; waktu berhenti."
    ),
    AppState.PERTIMBANGAN_TEKNIS: StateLook(
        "Pertimbangan teknis", "progress", "clipboard-check", "Kantor teknis sedang memberi pertimbangan."
    ),
    AppState.PENETAPAN: StateLook("Naskah disusun", "progress", "file-earmark-text", "Naskah izin sedang disusun."),
    AppState.MENUNGGU_PEMBAYARAN: StateLook(
        "Menunggu pembayaran", "waiting", "cash-coin", "Tagihan menunggu dibayar; waktu layanan berhenti."
    ),
    AppState.MENUNGGU_TTE: StateLook(
        "Menunggu tanda tangan", "progress", "pencil", "Naskah izin menunggu tanda tangan kepala dinas."
    ),
    AppState.TERBIT: StateLook("Terbit", "good", "check-circle-fill", "Izin sudah terbit."),
    AppState.DITOLAK: StateLook(
        "Ditolak", "bad", "x-circle-fill", "Permohonan ditolak. Pemohon dapat mengajukan keberatan dalam 10 hari kerja."
    ),
    AppState.DITINJAU_ULANG: StateLook(
        "Keberatan ditinjau", "progress", "arrow-repeat", "Keberatan pemohon sedang ditinjau kepala dinas."
    ),
    AppState.KEDALUWARSA: StateLook(
        "Kedaluwarsa", "neutral", "clock-history", "Batas waktu pemohon lewat. Permohonan dapat disalin menjadi baru."
    ),
    AppState.DIBATALKAN: StateLook("Dibatalkan", "neutral", "slash-circle", "Permohonan dibatalkan pemohon."),
}  # fmt: skip

PERMIT_STATES: dict[str, StateLook] = {
    PermitState.TERBIT: StateLook(
        "Belum mulai", "progress", "clock", "Izin ini sudah terbit tetapi belum mulai berlaku."
    ),
    PermitState.BERLAKU: StateLook(
        "Berlaku", "good", "check-circle-fill", "Izin ini berlaku; pemegang boleh berkegiatan sesuai isinya."
    ),
    PermitState.DIBEKUKAN: StateLook(
        "Dibekukan", "bad", "pause-circle", "Izin ini dibekukan; kegiatan berhenti sampai izin dipulihkan."
    ),
    PermitState.DICABUT: StateLook("Dicabut", "bad", "x-circle-fill", "Izin ini dicabut dan tidak berlaku lagi."),
    PermitState.BERAKHIR: StateLook(
        "Berakhir", "neutral", "clock-history", "Masa berlaku izin ini habis; kegiatan memerlukan izin baru."
    ),
    PermitState.DIGANTI: StateLook(
        "Diganti", "waiting", "arrow-repeat", "Izin ini sudah diganti izin yang lebih baru; pakai yang baru."
    ),
}  # fmt: skip

COMPLAINT_STATES: dict[str, StateLook] = {
    ComplaintState.DITERIMA: StateLook("Diterima", "progress", "inbox", "Pengaduan sudah tercatat dan akan ditelaah."),
    ComplaintState.DITELAAH: StateLook("Ditelaah", "progress", "eye", "Petugas sedang menelaah pengaduan ini."),
    ComplaintState.DITINDAKLANJUTI: StateLook(
        "Ditindaklanjuti", "progress", "clipboard-check", "Pengaduan ini sedang ditindaklanjuti di lapangan."
    ),
    ComplaintState.DIJAWAB: StateLook("Dijawab", "good", "reply", "Pengaduan ini sudah dijawab."),
    ComplaintState.DITUTUP: StateLook("Ditutup", "neutral", "archive", "Pengaduan ini selesai."),
}  # fmt: skip

INSPECTION_STATES: dict[str, StateLook] = {
    InspectionState.DIRENCANAKAN: StateLook("Direncanakan", "neutral", "calendar3", "Harinya belum ditetapkan."),
    InspectionState.DIJADWALKAN: StateLook(
        "Dijadwalkan", "progress", "calendar-check", "Pemegang izin sudah diberi tahu harinya."
    ),
    InspectionState.BERJALAN: StateLook("Berjalan", "progress", "geo-alt", "Petugas sedang memeriksa di tempat."),
    InspectionState.SELESAI: StateLook(
        "Selesai diperiksa", "waiting", "clipboard-check", "Hasilnya tercatat; petugas menindaklanjuti atau menutup."
    ),
    InspectionState.TINDAK_LANJUT: StateLook(
        "Ditindaklanjuti", "waiting", "arrow-repeat", "Temuan sedang dibetulkan pemegang izin."
    ),
    InspectionState.DITUTUP: StateLook("Ditutup", "neutral", "archive", "Pemeriksaan ini selesai."),
}

REFERRAL_STATES: dict[str, StateLook] = {
    ReferralState.TERCATAT: StateLook(
        "Tercatat", "progress", "pencil", "Ditulis pemiliknya dan belum dicocokkan; yang berlaku ada di sistem asalnya."
    ),
    ReferralState.COCOK: StateLook(
        "Sudah dicocokkan", "good", "check-circle-fill",
        "Petugas menemukan nomor ini di sistem asalnya dengan nama dan tempat yang sama.",
    ),
    ReferralState.DICORET: StateLook("Dicoret", "neutral", "x-circle", "Tidak ada lagi di daftar umum."),
}  # fmt: skip

CLAIM_STATES: dict[str, StateLook] = {
    ClaimState.DIMINTA: StateLook(
        "Menunggu loket", "waiting", "hourglass-split", "Datang ke loket dengan KTP asli untuk dicocokkan."
    ),
    ClaimState.DITERIMA: StateLook("Dihubungkan", "good", "check-circle-fill", "Izin ini ada di akun pemegangnya."),
    ClaimState.DITOLAK: StateLook("Ditolak", "bad", "x-circle-fill", "Izin ini tidak dihubungkan dengan akun itu."),
}  # fmt: skip

VERDICTS: dict[str, StateLook] = {
    Lane.LAPOR: StateLook("Anda cukup melapor.", "good", "check-circle-fill"),
    Lane.IZIN: StateLook("Anda perlu izin dari daerah.", "progress", "file-earmark-text"),
    Lane.RUJUK_OSS: StateLook("Urus perizinannya di OSS.", "waiting", "signpost-split"),
    Lane.RUJUK_SIMBG: StateLook("Urus lewat SIMBG.", "waiting", "building"),
}

RISK_WORDS: dict[str, str] = {
    Risk.RENDAH: "rendah: cukup NIB",
    Risk.MENENGAH_RENDAH: "menengah rendah: NIB dan sertifikat standar yang dinyatakan sendiri",
    Risk.MENENGAH_TINGGI: "menengah tinggi: NIB dan sertifikat standar yang harus diverifikasi",
    Risk.TINGGI: "tinggi: NIB dan izin",
    Risk.UNKNOWN: "belum diketahui: daftar risiko yang kami miliki belum memuat kode ini",
}
