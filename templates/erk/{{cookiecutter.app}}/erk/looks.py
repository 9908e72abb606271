"""How the states of E-RK look to people: word, tone, icon, and the sentence that says what is so now."""

from core.states import StateLook
from erk.enums import ActivityState as A
from erk.enums import AnomalyState
from erk.enums import CorrectionState as C
from erk.enums import MonthState as M
from erk.enums import ObjectionState as O
from erk.enums import PlanState as P
from erk.enums import ReportState as R

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
        "Pratinjau", "waiting", "file-earmark-check", "Pegawai memeriksa rinciannya dan dapat mengajukan sanggahan."
    ),
    M.REKAP_OPD: StateLook(
        "Ditandatangani kepala", "progress", "pencil", "Badan kepegawaian memeriksa daftar perangkat daerah ini."
    ),
    M.VERIFIKASI: StateLook("Terverifikasi", "progress", "patch-check", "Tinggal ditetapkan final."),
    M.FINAL: StateLook("Final", "good", "lock", "Angkanya tetap. Perubahan hanya lewat koreksi yang disetujui."),
    M.DIBAYAR: StateLook("Dibayar", "good", "cash-coin", "Pembayarannya sudah dicatat."),
}

OBJECTION_LOOKS = {
    O.DIAJUKAN: StateLook("Diajukan", "waiting", "hourglass-split", "Admin perangkat daerah akan menelaahnya."),
    O.DITELAAH: StateLook("Ditelaah", "progress", "search", "Verifikator kepegawaian akan memutuskannya."),
    O.DITERIMA: StateLook("Diterima", "good", "check-circle", "Data diperbaiki dan bulan ini dihitung lagi."),
    O.DITOLAK: StateLook("Ditolak", "bad", "x-circle", "Angkanya tidak berubah."),
}

CORRECTION_LOOKS = {
    C.DIUSULKAN: StateLook("Diusulkan", "waiting", "hourglass-split", "Menunggu persetujuan pimpinan."),
    C.DIBUKA: StateLook("Dibuka", "progress", "arrow-repeat", "Data bulan itu dapat diperbaiki, lalu dihitung lagi."),
    C.SELESAI: StateLook("Dihitung", "progress", "check-circle", "Selisihnya menunggu pembayaran."),
    C.DIBAYAR: StateLook("Dibayar", "good", "cash-coin", "Selisihnya sudah dibayar atau dipotong."),
    C.DITOLAK: StateLook("Ditolak", "bad", "x-circle", "Bulan itu tetap seperti semula."),
    C.DIBATALKAN: StateLook("Dibatalkan", "neutral", "slash-circle", "Bulan itu tetap seperti semula."),
}

REPORT_LOOKS = {
    R.DILAPORKAN: StateLook("Dilaporkan", "waiting", "hourglass-split", "Admin perangkat daerah memeriksanya."),
    R.SELESAI: StateLook("Diperbaiki", "good", "check-circle", "Penempatan atau jabatan atasannya sudah dibetulkan."),
    R.DITOLAK: StateLook("Sudah benar", "neutral", "info-circle", "Menurut data jabatan, atasannya sudah benar."),
}

PLAN_LOOKS = {
    P.DRAF: StateLook("Draf", "neutral", "pencil", "Susun rencana hasil kerjanya, lalu ajukan kepada atasan."),
    P.DIAJUKAN: StateLook("Diajukan", "waiting", "hourglass-split", "Atasan membaca rencana hasil kerjanya."),
    P.DISETUJUI: StateLook(
        "Disetujui", "progress", "check-circle", "Berlaku sepanjang tahun, dengan umpan balik setiap triwulan."
    ),
    P.DINILAI: StateLook("Dinilai", "waiting", "chat-left-text", "Hasilnya dibicarakan sebelum ditetapkan."),
    P.FINAL: StateLook("Final", "good", "lock", "Predikatnya tetap."),
}

ANOMALY_LOOKS = {
    AnomalyState.TERBUKA: StateLook("Terbuka", "waiting", "flag", "Verifikator belum memeriksanya."),
    AnomalyState.DITUTUP: StateLook("Ditutup", "good", "check-circle", "Sudah diperiksa dan dijelaskan."),
}
