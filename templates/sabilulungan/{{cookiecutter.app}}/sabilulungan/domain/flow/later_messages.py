"""What recipients are told from budget to accepted report. Messages hold no personal numbers."""

from collections.abc import Iterator

from core import dates
from core.money import rupiah
from core.notify import Message
from core.transitions import Step
from sabilulungan.domain.flow.messages import moved, refused, returned, tell
from sabilulungan.enums import State

__all__ = ["moved", "returned"]

ended = refused


def line_changed(step: Step) -> Iterator[Message]:
    """T14: what the annex says of the recipient changed; whoever applies learns of it at once."""
    body = (
        f"Baris anggaran usulan Anda diubah, jumlahnya kini {rupiah(step.obj.amount_budgeted)}. Alasannya: {step.note} "
        "Bila nama atau alamatnya keliru, segera hubungi kantor kami."
    )
    return tell(step, f"Baris anggaran usulan {step.obj.number} diubah", body)


def decreed(step: Step) -> Iterator[Message]:
    """T15: now the recipient reads and confirms the agreement."""
    body = (
        f"Bantuan Anda ditetapkan sebesar {rupiah(step.obj.amount_decreed)} dengan keputusan "
        f"{step.obj.decree_line.decree.number}. Baca lalu setujui isi perjanjiannya."
    )
    return tell(step, f"Usulan {step.obj.number} sudah ditetapkan", body)


def leader_changed(step: Step) -> Iterator[Message]:
    """R16: whoever applies learns of it at once, so that nobody changes a leader unseen."""
    body = f"{step.note} Bila ini bukan perbuatan pengurus, segera hubungi kantor kami."
    return tell(step, f"Ketua penerima pada usulan {step.obj.number} berganti", body)


def confirmed(step: Step) -> Iterator[Message]:
    """T16, the recipient's half."""
    return tell(step, f"Perjanjian {step.obj.number} Anda setujui", "Berikutnya perjanjian ditandatangani pemerintah.")


def signed(step: Step) -> Iterator[Message]:
    """T16."""
    body = "Perjanjian sudah ditandatangani. Unggah berkas pencairan, lalu ajukan pencairan."
    return tell(step, f"Perjanjian usulan {step.obj.number} ditandatangani", body)


def paid(step: Step) -> Iterator[Message]:
    """T18."""
    last = step.obj.disbursements.last()
    body = (
        f"{rupiah(last.amount)} sudah dibayarkan atau diserahkan pada {dates.long_date(last.paid_on)}. "
        f"Laporan penggunaan ditunggu paling lambat {dates.long_date(step.obj.due_on)}."
    )
    return tell(step, f"Bantuan {step.obj.number} sudah diberikan", body)


def reported(step: Step) -> Iterator[Message]:
    """T20."""
    return tell(step, f"Laporan {step.obj.number} diterima untuk diperiksa", "Kami mengabari Anda setelah diperiksa.")


def report_returned(step: Step) -> Iterator[Message]:
    """T21."""
    body = f"Perbaiki laporan paling lambat {dates.long_date(step.obj.due_on)}. Yang kurang: {step.note}"
    return tell(step, f"Laporan {step.obj.number} perlu diperbaiki", body)


def accepted(step: Step) -> Iterator[Message]:
    """T21, T24; after a report on unfinished work the final one is still to come."""
    if step.target == State.PELAKSANAAN:
        body = f"Laporan akhir ditunggu paling lambat {dates.long_date(step.obj.due_on)}."
        return tell(step, f"Laporan sementara {step.obj.number} diterima", body)
    return tell(step, f"Laporan {step.obj.number} diterima", "Bantuan ini sudah selesai dipertanggungjawabkan.")


def refunded(step: Step) -> Iterator[Message]:
    """A deposit slip was recorded."""
    last = step.obj.refunds.last()
    return tell(step, f"Setoran untuk {step.obj.number} dicatat", f"Setoran {rupiah(last.amount)} sudah dicatat.")


def warned(step: Step) -> Iterator[Message]:
    """T22: one of the warning letters."""
    number = step.obj.report_warnings.last().number
    body = (
        f"Ini peringatan ke-{number}: laporan penggunaan bantuan seharusnya kami terima paling lambat "
        f"{dates.long_date(step.obj.due_on)}. Tanpa laporan, penerima dan pengurusnya tidak dapat menerima lagi."
    )
    return tell(step, f"Peringatan ke-{number} untuk {step.obj.number}", body)


def sanctioned(step: Step) -> Iterator[Message]:
    """T22, T23."""
    last = step.obj.sanctions.last()
    body = (
        f"{last.finding} Wajib dikembalikan: {rupiah(last.refund_due)}. Penerima dan pengurusnya tidak dapat menerima "
        f"bantuan sampai {dates.long_date(last.barred_until)}."
    )
    return tell(step, f"Bantuan {step.obj.number} dikenai sanksi", body)
