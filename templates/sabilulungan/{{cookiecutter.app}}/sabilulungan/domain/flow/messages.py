"""What applicants are told at each state. Messages hold no personal numbers."""

from collections.abc import Iterator

from core import dates
from core.money import rupiah
from core.notify import Message
from core.transitions import Step
from sabilulungan.domain.flow.looks import look
from sabilulungan.domain.recipients import applicants


def tell(step: Step, subject: str, body: str) -> Iterator[Message]:
    """Yield a message to everybody who applies for the recipient."""
    for user in applicants(step.obj.recipient):
        yield Message(
            event=f"usulan.{step.transition.code}",
            subject=subject,
            body=body,
            user=user,
            link=f"/usulan-saya/{step.obj.key}/",
        )


def filed(step: Step) -> Iterator[Message]:
    """T01."""
    number = step.obj.number
    body = (
        f"Usulan Anda tercatat dengan nomor {number}. Petugas memeriksa kelengkapannya paling lambat "
        f"{dates.long_date(step.obj.due_on)}."
    )
    return tell(step, f"Usulan {number} sudah kami terima", body)


def returned(step: Step) -> Iterator[Message]:
    """T03: all items in one message."""
    last = step.obj.steps.last()
    items = "\n".join(f"- {item['name']}: {item['note']}" for item in last.items)
    body = f"Lengkapi hal berikut paling lambat {dates.long_date(step.obj.due_on)}:\n{items}"
    return tell(step, f"Usulan {step.obj.number} perlu dilengkapi", body)


def repaired(step: Step) -> Iterator[Message]:
    """T04."""
    body = "Perbaikan Anda sudah kami terima. Usulan kembali ke petugas yang memeriksanya."
    return tell(step, f"Perbaikan usulan {step.obj.number} diterima", body)


def lapsed(step: Step) -> Iterator[Message]:
    """T04 by the clock."""
    return tell(step, f"Usulan {step.obj.number} ditutup", f"{step.note} Anda dapat mengajukan usulan baru.")


def withdrawn(step: Step) -> Iterator[Message]:
    """T25."""
    return tell(step, f"Usulan {step.obj.number} ditarik", "Usulan ini ditarik atas permintaan pemohon.")


def moved(step: Step) -> Iterator[Message]:
    """T02, T05, T06, T07, T08, T09, T10, T11: one step on or back."""
    return tell(step, f"Usulan {step.obj.number}: {look(step.target).label}", look(step.target).sentence)


def refused(step: Step) -> Iterator[Message]:
    """T05, T09, T13: no, and why."""
    return tell(step, f"Usulan {step.obj.number}: {look(step.target).label}", f"Alasannya: {step.note}")


def approved(step: Step) -> Iterator[Message]:
    """T12."""
    body = (
        f"Usulan Anda disetujui sebesar {rupiah(step.obj.amount_approved)}. Persetujuan ini menjadi dasar "
        "penganggaran; uang baru dapat dibayar setelah masuk anggaran dan ditetapkan."
    )
    return tell(step, f"Usulan {step.obj.number} disetujui", body)
