"""How the states of E-RK look to people: word, tone, icon, and the sentence that says what is so now."""

from core.states import StateLook
from erk.enums import ActivityState as A
from erk.enums import MonthState as M

ACTIVITY_LOOKS = {
    A.DRAF: StateLook(
        "Draf", "neutral", "pencil", "Baru Anda yang melihat draf ini. Ajukan agar menitnya dapat dihitung."
    ),
    A.DIAJUKAN: StateLook("Menunggu atasan", "progress", "hourglass-split", "Atasan belum memutuskan."),
    A.DIKEMBALIKAN: StateLook(
        "Perlu diperbaiki", "waiting", "reply", "Atasan meminta perbaikan. Perbaiki, lalu ajukan lagi."
    ),
    A.DISETUJUI: StateLook("Disetujui", "good", "check-circle", "Menitnya dihitung dalam bulan ini."),
    A.DITOLAK: StateLook("Ditolak", "bad", "x-circle", "Menitnya tidak dihitung."),
    A.TERLAMBAT: StateLook(
        "Lewat batas", "bad", "clock-history", "Tidak diajukan dalam batasnya; atasan dapat membukanya satu kali."
    ),
    A.DIESKALASI: StateLook(
        "Naik ke atasan berikutnya", "waiting", "arrow-up-right", "Atasan langsung tidak memutuskan dalam batasnya."
    ),
    A.DISETUJUI_SISTEM: StateLook(
        "Disetujui sistem", "good", "check-circle", "Disetujui menurut aturan karena tidak diputuskan."
    ),
    A.DIBATALKAN: StateLook(
        "Dibatalkan", "bad", "slash-circle", "Dibatalkan sesudah pemeriksaan; menitnya tidak dihitung."
    ),
}

MONTH_LOOKS = {
    M.TERBUKA: StateLook("Bulan berjalan", "progress", "clock", "Angka masih berubah sampai bulan ini ditutup."),
    M.TUTUP_INPUT: StateLook(
        "Pengisian ditutup", "waiting", "hourglass-split", "Atasan masih memutuskan yang sudah diajukan."
    ),
    M.TUTUP_VALIDASI: StateLook("Persetujuan ditutup", "waiting", "lock", "Rekap segera dihitung."),
    M.PRATINJAU: StateLook(
        "Pratinjau", "good", "file-earmark-check", "Periksa rinciannya; hubungi admin bila ada yang keliru."
    ),
}
