"""How each state looks to people: word, tone, icon, sentence. Titles are the region's."""

import functools

from core.region import region
from core.states import StateLook
from sabilulungan.enums import Stage, State

_LOOKS = {
    State.DRAF: ("Draf", "neutral", "pencil", "Belum dikirim. Hanya Anda yang melihatnya."),
    State.DIAJUKAN: ("Berkas diperiksa", "progress", "inbox", "Petugas sedang memeriksa kelengkapan berkas."),
    State.PERBAIKAN: ("Perlu dilengkapi", "waiting", "arrow-return-left", "Pemohon diminta melengkapi berkas."),
    State.DISPOSISI: ("Menunggu {head}", "progress", "person", "Berkas lengkap dan menunggu arahan {head}."),
    State.KLASIFIKASI: ("Dipilah", "progress", "signpost-split", "Usulan sedang dipilah ke dinas yang tepat."),
    State.EVALUASI: ("Dinilai dinas", "progress", "search", "Dinas memeriksa usulan di meja dan di lapangan."),
    State.VERIFIKASI_TP: ("Diperiksa tim", "progress", "people", "Tim Pertimbangan memeriksa hasil penilaian dinas."),
    State.PERTIMBANGAN: ("Dihitung", "progress", "percent", "Tim anggaran menimbang prioritas dan kemampuan keuangan."),
    State.PERSETUJUAN: (
        "Menunggu persetujuan",
        "progress",
        "pencil",
        "Usulan masuk daftar dan menunggu persetujuan {head}.",
    ),
    State.DISETUJUI: ("Disetujui", "good", "check-circle", "{head} menyetujui. Berikutnya, usulan masuk anggaran."),
    State.DIANGGARKAN: ("Dianggarkan", "good", "check-circle", "Sudah tercantum dalam anggaran daerah."),
    State.DITETAPKAN: ("Ditetapkan", "good", "check-circle", "Sudah ditetapkan menurut nama, alamat, dan jumlah."),
    State.PERJANJIAN: ("Perjanjian", "good", "pencil", "Perjanjian sudah ditandatangani."),
    State.PENCAIRAN: ("Pencairan", "progress", "cash-coin", "Berkas pencairan sedang diuji."),
    State.PELAKSANAAN: ("Berjalan", "good", "cash-coin", "Uang atau barang sudah diterima; kegiatan berjalan."),
    State.LPJ_DIPERIKSA: ("Laporan diperiksa", "progress", "file-earmark-text", "Laporan penggunaan sedang diperiksa."),
    State.LPJ_PERBAIKAN: ("Laporan diperbaiki", "waiting", "arrow-return-left", "Laporan penggunaan harus diperbaiki."),
    State.SELESAI: ("Selesai", "good", "check-circle", "Laporan diterima dan sisa dana dikembalikan."),
    State.SANKSI: ("Dalam sanksi", "bad", "exclamation-circle", "Laporan tidak ada atau dana disalahgunakan."),
    State.TIDAK_DIPERTIMBANGKAN: (
        "Tidak dipertimbangkan",
        "bad",
        "x-circle",
        "Tim menilai usulan ini tidak layak dilanjutkan.",
    ),
    State.DITOLAK: ("Ditolak", "bad", "x-circle", "{head} tidak menyetujui usulan ini."),
    State.TIDAK_DIANGGARKAN: ("Tidak dianggarkan", "bad", "x-circle", "Usulan ini tidak masuk anggaran."),
    State.KEDALUWARSA: ("Kedaluwarsa", "bad", "clock", "Perbaikan tidak dikirim sampai batas waktu."),
    State.DITARIK: ("Ditarik", "neutral", "slash-circle", "Pemohon menarik usulan ini."),
    State.DIBATALKAN: ("Dibatalkan", "bad", "x-circle", "Bantuan ini dibatalkan."),
}


@functools.lru_cache(maxsize=64)
def _look(state: str, head: str) -> StateLook:
    label, tone, icon, sentence = _LOOKS[State(state)]
    return StateLook(label.format(head=head), tone, icon, sentence.format(head=head))


def look(state: str) -> StateLook:
    """Return how a state looks, with the region's title of its head."""
    return _look(str(state), region().terms.head)


def stage_label(stage: Stage, own: str = "") -> str:
    """Return the name of a step: the region's own, else the usual one with the head's title."""
    return own or str(stage.label).replace("kepala daerah", region().terms.head)


def head_title() -> str:
    """Return the head's title with the region's name: "Wali Kota Bandung"."""
    return f"{region().terms.head} {region().region.short_name}"
