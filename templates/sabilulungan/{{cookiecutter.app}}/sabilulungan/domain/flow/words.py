"""What happened, in the words of the public timeline."""

from sabilulungan.enums import Action, State
from sabilulungan.models import CaseStep

_EVENTS = {
    Action.AJUKAN: "Usulan dikirim",
    Action.LENGKAP: "Berkas dinyatakan lengkap",
    Action.KEMBALIKAN: "Dikembalikan untuk dilengkapi",
    Action.KIRIM_PERBAIKAN: "Perbaikan dikirim",
    Action.LEWAT_WAKTU: "Ditutup karena perbaikan tidak dikirim",
    Action.TERUSKAN: "Diteruskan",
    Action.KLASIFIKASIKAN: "Dipilah ke dinas",
    Action.REKOMENDASIKAN: "Dinilai dinas",
    Action.SALAH_BIDANG: "Dikembalikan untuk dipilah lagi",
    Action.PERTIMBANGKAN: "Dinyatakan layak dipertimbangkan",
    Action.TIDAK_DIPERTIMBANGKAN: "Dinyatakan tidak dipertimbangkan",
    Action.TETAPKAN_BESARAN: "Besaran ditetapkan tim anggaran",
    Action.TANYAKAN: "Dikembalikan dengan pertanyaan",
    Action.SETUJUI: "Disetujui",
    Action.TARIK: "Ditarik pemohon",
    Action.TOLAK: "Ditolak",
    Action.ANGGARKAN: "Masuk anggaran daerah",
    Action.TIDAK_DIANGGARKAN: "Tidak masuk anggaran",
    Action.UBAH_BARIS: "Baris anggaran diubah",
    Action.TETAPKAN: "Ditetapkan dengan keputusan",
    Action.GANTI_KETUA: "Ketua penerima berganti",
    Action.KONFIRMASI: "Penerima menyetujui perjanjian",
    Action.TANDATANGANI: "Perjanjian ditandatangani",
    Action.MINTA_CAIR: "Penerima mengajukan pencairan",
    Action.BAYAR: "Dibayar",
    Action.BAYAR_LAGI: "Dibayar tahap berikutnya",
    Action.SERAHKAN: "Barang atau jasa diserahkan",
    Action.BATALKAN: "Bantuan dibatalkan",
    Action.LAPORKAN: "Laporan penggunaan dikirim",
    Action.KEMBALIKAN_LAPORAN: "Laporan dikembalikan untuk diperbaiki",
    Action.TERIMA_LAPORAN: "Laporan diterima",
    Action.CATAT_SETORAN: "Sisa dana disetor kembali",
    Action.PERINGATKAN: "Surat peringatan dikirim",
    Action.SANKSI: "Sanksi dijatuhkan",
    Action.TEMUAN: "Temuan inspektorat",
    Action.AKHIRI_SANKSI: "Sanksi berakhir",
}


def event_label(step: CaseStep) -> str:
    """Return what happened in plain words."""
    if step.action == Action.TERIMA_LAPORAN and step.target == State.PELAKSANAAN:
        return "Laporan sementara diterima, pekerjaan berlanjut"
    return str(_EVENTS.get(Action(step.action), State(step.target).label))
