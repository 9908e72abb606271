"""What applicants and officers are told after an act on an application (hayu.md section 16)."""

from collections.abc import Iterator

from django.urls import reverse

from core import dates, money
from core.models import RoleAssignment, User
from core.notify import Message
from core.transitions import Step
from hayu.domain import reach
from hayu.domain.permits import charges, clock
from hayu.domain.permits.guards import visit_of
from hayu.enums import Role
from hayu.models import Application


def _link(application: Application) -> str:
    return reverse("hayu:application", args=[application.public_id])


def _to_applicant(step: Step, event: str, subject: str, body: str) -> Iterator[Message]:
    yield from reach.applicant(step.obj, f"izin.{event}", subject, body)


def _to_roles(application: Application, event: str, subject: str, body: str, *roles: str) -> Iterator[Message]:
    held = RoleAssignment.objects.valid_on(dates.today()).filter(role__in=roles).values("user")
    people = User.objects.filter(pk__in=held, is_active=True).order_by("pk")
    for user in people:
        yield Message(f"izin.{event}", subject, body, user=user, link=_link(application))


def received(step: Step) -> Iterator[Message]:
    """The file is in."""
    body = (
        f"Permohonan {step.obj.type.name} diterima dengan resi {step.obj.receipt}. Paling lambat diputus "
        f"{dates.long_date(step.obj.due_on)} bila berkas lengkap. Lacak kapan saja dengan resi ini."
    )
    yield from _to_applicant(step, "diterima", f"Permohonan diterima: {step.obj.receipt}", body)


def returned(step: Step) -> Iterator[Message]:
    """Everything to mend, in one go."""
    lines = "\n".join(f"– {row['name']}: {row['reason']}" for row in step.obj.flagged)
    body = (
        f"Ada yang perlu diperbaiki paling lambat {dates.long_date(step.obj.deadline)}:\n{lines}\n"
        "Ini seluruh kekurangannya. Waktu layanan berhenti sampai Anda mengirim perbaikan."
    )
    yield from _to_applicant(step, "perlu_perbaikan", "Permohonan perlu diperbaiki", body)


def reminder(step: Step) -> Iterator[Message]:
    """The deadline comes nearer."""
    body = f"Perbaikan permohonan {step.obj.receipt} kami tunggu sampai {dates.long_date(step.obj.deadline)}."
    yield from _to_applicant(step, "ingatkan", "Jangan lupa memperbaiki permohonan", body)


def mended(step: Step) -> Iterator[Message]:
    """The reviewer hears that the applicant has answered."""
    if step.obj.officer:
        body = f"Perbaikan {step.obj.receipt} sudah masuk dan kembali kepada Anda."
        yield Message("izin.diperbaiki", "Perbaikan masuk", body, user=step.obj.officer, link=_link(step.obj))


def lapsed(step: Step) -> Iterator[Message]:
    """Time is over."""
    body = f"Batas waktu permohonan {step.obj.receipt} sudah lewat. Anda dapat menyalinnya menjadi permohonan baru."
    yield from _to_applicant(step, "kedaluwarsa", "Permohonan kedaluwarsa", body)


def appointed(step: Step) -> Iterator[Message]:
    """The day of the visit, also when it was moved."""
    visit = visit_of(step.obj)
    if visit:
        body = (
            f"Petugas datang {dates.long_date(visit.scheduled_for)} ke {step.obj.address}. Peninjauan tidak dipungut "
            "biaya; jangan memberi uang kepada siapa pun. Anda dapat meminta penundaan sekali."
        )
        yield from _to_applicant(step, "peninjauan", "Jadwal peninjauan lapangan", body)


def advised(step: Step) -> Iterator[Message]:
    """Technical advice is there."""
    body = f"Pertimbangan teknis untuk permohonan {step.obj.receipt} sudah diberikan."
    yield from _to_applicant(step, "pertimbangan", "Pertimbangan teknis diberikan", body)


def billed(step: Step) -> Iterator[Message]:
    """Only when there is a bill to pay."""
    bill = charges.open_bill(step.obj)
    if bill:
        body = (
            f"Biaya {money.rupiah(bill.amount)} untuk permohonan {step.obj.receipt}, kode bayar {bill.payment_code}, "
            f"dibayar paling lambat {dates.long_date(bill.due_on)}. Tidak ada biaya lain."
        )
        yield from _to_applicant(step, "tagihan", "Tagihan permohonan izin", body)


def paid(step: Step) -> Iterator[Message]:
    """Payment arrived."""
    body = f"Pembayaran untuk permohonan {step.obj.receipt} sudah diterima. Naskah izin segera disusun."
    yield from _to_applicant(step, "lunas", "Pembayaran diterima", body)


def issued(step: Step) -> Iterator[Message]:
    """The permit is there."""
    body = f"Izin {step.obj.permit_number} sudah terbit. Unduh dari halaman permohonan Anda, lalu isi survei singkat."
    yield from _to_applicant(step, "terbit", f"Izin terbit: {step.obj.permit_number}", body)


def refused(step: Step) -> Iterator[Message]:
    """Refused, why, and how to object."""
    body = (
        f"Permohonan {step.obj.receipt} ditolak. Alasan: {step.obj.reason} Dasar: {step.obj.legal_basis}. "
        f"Anda dapat mengajukan keberatan sampai {dates.long_date(step.obj.deadline)} lewat halaman permohonan."
    )
    yield from _to_applicant(step, "ditolak", "Permohonan ditolak", body)


def objection_granted(step: Step) -> Iterator[Message]:
    """Examined anew."""
    body = f"Keberatan atas {step.obj.receipt} dikabulkan. Berkas diperiksa ulang oleh petugas lain. {step.note}"
    yield from _to_applicant(step, "keberatan_dikabulkan", "Keberatan dikabulkan", body)


def objection_refused(step: Step) -> Iterator[Message]:
    """Final, and where one can go."""
    body = (
        f"Keberatan atas {step.obj.receipt} ditolak: {step.note} Bila tetap berkeberatan, Anda dapat melapor ke "
        "Ombudsman Republik Indonesia atau mengajukan gugatan ke pengadilan tata usaha negara."
    )
    yield from _to_applicant(step, "keberatan_ditolak", "Keberatan ditolak", body)


def escalated(step: Step) -> Iterator[Message]:
    """Superiors hear what runs late: officer and section at 80 %, division and head at 100 %, then the head daily."""
    application, now = step.obj, clock.reading(step.obj)
    roles = {1: (Role.KASI,), 2: (Role.KABID, Role.PENANDATANGAN)}.get(now.escalation, (Role.PENANDATANGAN,))
    subject = f"Waktu layanan {now.used} dari {now.days} hari: {application.receipt}"
    body = f"{application.type.name}, {application.STATES[application.state].label.lower()}."
    if now.escalation == 1 and application.officer:
        yield Message("izin.eskalasi", subject, body, user=application.officer, link=_link(application))
    yield from _to_roles(application, "eskalasi", subject, body, *roles)
    if step.data["newly_late"] and not application.type.deemed_approval:
        told = (
            f"Permohonan {application.receipt} melewati waktu layanan. Sekarang: "
            f"{application.STATES[application.state].label.lower()}. Atasan sudah diberi tahu."
        )
        yield from _to_applicant(step, "terlambat", "Permohonan Anda terlambat", told)


def deemed(step: Step) -> Iterator[Message]:
    """Granted by law, the document being issued."""
    body = (
        f"Waktu layanan permohonan {step.obj.receipt} sudah lewat, jadi menurut hukum dianggap dikabulkan. "
        f"Dokumennya sedang diterbitkan dan ditandatangani paling lambat {dates.long_date(clock.sign_by(step.obj))}."
    )
    yield from _to_applicant(step, "dianggap_kabul", "Permohonan dianggap dikabulkan", body)
    yield from _to_roles(step.obj, "dianggap_kabul", f"Dianggap dikabulkan: {step.obj.receipt}", body,
                         Role.PENANDATANGAN)  # fmt: skip
