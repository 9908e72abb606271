"""What people are told after an act, only for the state that is really there (hayu.md section 16)."""

from collections.abc import Iterator

from core import codes, dates
from core.notify import Message
from core.region import region
from core.transitions import Step
from hayu.domain import reach
from hayu.enums import Outcome


def _to_owner(step: Step, event: str, subject: str, body: str) -> Iterator[Message]:
    yield from reach.owner(step.obj, f"lapor.{event}", subject, body)


def registered(step: Step) -> Iterator[Message]:
    """The receipt is there."""
    report = step.obj
    body = (
        f"Laporan usaha {report.business_name} diterima dengan nomor {report.number}. "
        f"Kode periksa: {codes.pretty(report.code)}. Simpan atau cetak tanda lapornya. Ini bukti lapor, bukan izin."
    )
    yield from _to_owner(step, "terdaftar", f"Usaha Anda terdaftar: {report.number}", body)


def scheduled(step: Step) -> Iterator[Message]:
    """An inspector will come."""
    body = (
        f"Petugas akan memeriksa {step.obj.business_name} paling lambat {dates.long_date(step.obj.inspect_by)}. "
        "Usaha tetap boleh berjalan. Pemeriksaan tidak dipungut biaya; jangan memberi uang kepada siapa pun."
    )
    yield from _to_owner(step, "akan_diperiksa", "Usaha Anda akan diperiksa", body)


def inspected(step: Step) -> Iterator[Message]:
    """The result of the visit."""
    if step.data["outcome"] == Outcome.SESUAI:
        body = f"Pemeriksaan {step.obj.business_name} selesai: semua sesuai laporan. Terima kasih."
        yield from _to_owner(step, "sesuai", "Hasil pemeriksaan: sesuai", body)
        return
    body = (
        f"Ada yang perlu dibetulkan pada {step.obj.business_name} paling lambat {dates.long_date(step.obj.fix_by)}. "
        "Buka laporan Anda untuk melihat temuannya dan mengirim pembetulan."
    )
    yield from _to_owner(step, "perlu_pembetulan", "Ada yang perlu dibetulkan", body)


def corrected(step: Step) -> Iterator[Message]:
    """The correction arrived."""
    body = f"Pembetulan diterima. Petugas akan memeriksa lagi paling lambat {dates.long_date(step.obj.inspect_by)}."
    yield from _to_owner(step, "dibetulkan", "Pembetulan Anda diterima", body)


def frozen(step: Step) -> Iterator[Message]:
    """The receipt is not valid for now, with the reason."""
    why = step.note or "temuan pemeriksaan tidak dibetulkan sampai batas waktunya"
    body = (
        f"Tanda lapor {step.obj.number} dibekukan: {why}. "
        "Bila sudah dibetulkan, datang ke loket atau hubungi kantor kami untuk meminta pemulihan."
    )
    yield from _to_owner(step, "dibekukan", "Tanda lapor Anda dibekukan", body)


def restored(step: Step) -> Iterator[Message]:
    """The receipt is valid again."""
    body = f"Tanda lapor {step.obj.number} berlaku lagi. Catatan kepala dinas: {step.note}"
    yield from _to_owner(step, "dipulihkan", "Tanda lapor Anda berlaku lagi", body)


def referred(step: Step) -> Iterator[Message]:
    """The business has grown; OSS comes next."""
    body = (
        f"Selamat, usaha {step.obj.business_name} sudah tumbuh melewati batas lapor. "
        f"Langkah berikutnya: urus NIB dan perizinannya di {region().licences.oss_url}. Loket kami siap membantu."
    )
    yield from _to_owner(step, "dirujuk_oss", "Usaha Anda naik kelas", body)


def revoked(step: Step) -> Iterator[Message]:
    """The receipt is void, with the reason."""
    body = f"Tanda lapor {step.obj.number} dicabut dan tidak berlaku lagi. Alasan: {step.note}"
    yield from _to_owner(step, "dicabut", "Tanda lapor Anda dicabut", body)


def closed(step: Step) -> Iterator[Message]:
    """The business is closed."""
    body = f"Usaha {step.obj.business_name} tercatat tutup sejak {dates.long_date(step.obj.ended_on)}."
    yield from _to_owner(step, "tutup", "Usaha Anda tercatat tutup", body)


def updated(step: Step) -> Iterator[Message]:
    """This year's data are confirmed."""
    body = f"Terima kasih. Data usaha {step.obj.business_name} sudah dibenarkan untuk tahun {step.now.year}."
    yield from _to_owner(step, "diperbarui", "Data usaha Anda diperbarui", body)


def reminder(step: Step) -> Iterator[Message]:
    """Once a year: are the data still true?"""
    body = (
        f"Apakah data usaha {step.obj.business_name} masih sama? Buka laporan Anda, betulkan yang berubah, "
        "lalu tekan “Perbarui data”. Perlu kira-kira satu menit."
    )
    yield from _to_owner(step, "ingatkan", "Benarkan data usaha Anda tahun ini", body)


def stale(step: Step) -> Iterator[Message]:
    """The data are marked as old; nothing is revoked."""
    body = (
        f"Data usaha {step.obj.business_name} sudah lama tidak diperbarui dan ditandai “data lama”. "
        "Tanda lapor tetap berlaku. Perbarui datanya supaya tanda itu hilang."
    )
    yield from _to_owner(step, "data_usang", "Data usaha Anda sudah lama", body)
