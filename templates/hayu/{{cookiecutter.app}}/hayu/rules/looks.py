"""How states look to people: one plain word, and one sentence on what is allowed now (hayu.md section 20)."""

from core.states import StateLook
from hayu.enums import Lane, Risk, State

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
