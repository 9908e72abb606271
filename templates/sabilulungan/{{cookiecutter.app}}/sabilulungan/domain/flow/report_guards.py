"""What must be true for reports, refunds, warnings and sanctions (T20–T24)."""

import datetime as dt

from core import dates
from core.errors import Fault, NotAllowed
from core.money import rupiah
from core.transitions import SYSTEM, Step
from sabilulungan.domain import papers
from sabilulungan.domain.flow.guards import reason_is_public
from sabilulungan.domain.flow.later_guards import day_faults, red_faults, refuse
from sabilulungan.domain.rulebook import profile_of
from sabilulungan.enums import Form, Phase, ReportCheck, Role, State
from sabilulungan.models import Proposal, Refund, Report
from sabilulungan.rules.redaction import personal_numbers

LONGEST_WORK = dt.timedelta(days=365)  # unfinished work may go on, from the day of its report


def refunded(proposal: Proposal) -> int:
    """Return the rupiah paid back so far."""
    return sum(proposal.refunds.values_list("amount", flat=True))


def latest_report(proposal: Proposal) -> Report | None:
    """Return the report filed last."""
    return proposal.reports.order_by("-pk").first()


def interim_report(proposal: Proposal) -> Report | None:
    """Return the accepted report on unfinished work after which the final one is still to come."""
    found = proposal.reports.filter(accepted_at__isnull=False).order_by("-pk").first()
    return found if found and found.unfinished_until else None


def report_day_of(proposal: Proposal) -> dt.date:
    """Return the last day of the next report: 10 January, or a month after the end of work that was unfinished."""
    after, interim = profile_of(proposal).after, interim_report(proposal)
    if interim and interim.unfinished_until:
        return after.final_report_day(interim.unfinished_until)
    return after.report_day(proposal.budget_year)


def unsettled(proposal: Proposal) -> int:
    """Return received − used − refunded by the latest report: zero when all money is accounted for."""
    report = latest_report(proposal)
    return (proposal.amount_paid or 0) - (report.used if report else 0) - refunded(proposal)


def may_report(step: Step) -> None:
    """T20: papers there, each cost line answered, no more used than received; late filing is allowed."""
    proposal, data = step.obj, step.data
    faults = []
    text = str(data.get("activity") or "").strip()
    if not text:
        faults.append(Fault("activity", "Ceritakan apa yang sudah dilaksanakan."))
    elif personal_numbers(text):
        faults.append(Fault("activity", "Laporan ini dapat tampil untuk umum. Hapus nomor pribadi dari sini."))
    used = data.get("lines", {})
    faults += [
        Fault(f"line_{line.number}", "Isi jumlah yang dipakai; nol bila tidak dipakai.")
        for line in proposal.lines.all()
        if used.get(line.number) is None
    ]
    total = sum(amount for amount in used.values() if amount)
    if total > (proposal.amount_paid or 0):
        sentence = f"Jumlah yang dipakai {rupiah(total)} melebihi yang diterima {rupiah(proposal.amount_paid or 0)}."
        faults.append(Fault("lines", sentence))
    faults += _unfinished_faults(step)
    faults += papers.missing(proposal, Phase.LPJ)
    refuse("Laporan belum dapat dikirim.", faults)


def _unfinished_faults(step: Step) -> list[Fault]:
    """Return what speaks against a report on unfinished work: no later day, too late a day, or a sanction stands."""
    day, today = step.data.get("unfinished_until"), dates.today()
    if day is None:
        return []
    if step.source == State.SANKSI:
        sentence = "Dalam sanksi hanya laporan akhir yang diterima. Kosongkan tanggal ini."
    elif not today < day <= today + LONGEST_WORK:
        sentence = "Isi tanggal sesudah hari ini, paling lama satu tahun lagi; kosongkan bila pekerjaan sudah selesai."
    else:
        return []
    return [Fault("unfinished_until", sentence)]


def _is_checker(step: Step) -> None:
    """Money is checked by finance, goods and services by the office."""
    wanted = Role.KEU if step.obj.form == Form.UANG else Role.OPD
    if step.role != wanted:
        who = "bagian keuangan" if wanted == Role.KEU else "dinas yang menyerahkan barang"
        raise NotAllowed(f"Laporan ini diperiksa oleh {who}.")


def may_return(step: Step) -> None:
    """T21: sent back with a reason fit for the public."""
    _is_checker(step)
    reason_is_public(step)


def may_accept(step: Step) -> None:
    """T21: every check answered yes and, unless the work goes on, used + refunded = received."""
    _is_checker(step)
    checked = step.data.get("checks", {})
    faults = red_faults(step.obj)
    faults += [
        Fault(f"check_{item}", "Laporan baru dapat diterima bila pemeriksaan ini sesuai.")
        for item in ReportCheck.values
        if not checked.get(item)
    ]
    left, filed = unsettled(step.obj), latest_report(step.obj)
    if left > 0 and not (filed and filed.unfinished_until):
        faults.append(Fault("flags", f"Sisa {rupiah(left)} belum disetor kembali. Catat setorannya lebih dahulu."))
    refuse("Laporan belum dapat diterima.", faults)


def may_refund(step: Step) -> None:
    """A deposit slip: number once, day after payment, no more than was paid."""
    proposal, data = step.obj, step.data
    faults = []
    number = str(data.get("sts_number") or "").strip()
    if not number:
        faults.append(Fault("sts_number", "Isi nomor STS."))
    elif Refund.objects.filter(number=number).exists():
        faults.append(Fault("sts_number", "STS ini sudah dicatat."))
    first = proposal.disbursements.first()
    faults += day_faults(
        data.get("paid_on"), "paid_on", since=first.paid_on if first else None, after="tanggal pembayaran"
    )
    most = (proposal.amount_paid or 0) - refunded(proposal)
    amount = data.get("amount") or 0
    if not 0 < amount <= most:
        faults.append(Fault("amount", f"Isi jumlah lebih dari nol, paling banyak {rupiah(most)}."))
    refuse("Setoran belum dapat dicatat.", faults)


def last_warning(proposal: Proposal) -> tuple[int, dt.date | None]:
    """Return how many warnings about the report that is due now went out, and when the last did."""
    interim = interim_report(proposal)
    since = dates.local(interim.accepted_at).date() if interim and interim.accepted_at else dt.date.min
    sent = list(proposal.report_warnings.filter(sent_on__gt=since))
    return len(sent), sent[-1].sent_on if sent else None


def warning_is_due(step: Step) -> None:
    """T22: late, fewer warnings than the profile's number, the gap between two kept."""
    sent, last = last_warning(step.obj)
    due = step.obj.due_on
    if due is None or not profile_of(step.obj).after.warning_due(due, sent, last, dates.today()):
        refuse("Peringatan belum waktunya.", [Fault("flags", "Batas laporan belum lewat, atau jeda belum cukup.")])


def sanction_is_due(step: Step) -> None:
    """T22: deadline passed and every warning sent; an officer also gives refund and reason."""
    sent, last = last_warning(step.obj)
    due = step.obj.due_on
    faults = []
    if due is None or not profile_of(step.obj).after.sanction_due(due, sent, last, dates.today()):
        faults.append(Fault("flags", "Sanksi baru dapat dijatuhkan setelah batas lewat dan semua peringatan dikirim."))
    if step.role != SYSTEM:
        faults += _finding_faults(step)
    refuse("Sanksi belum dapat dijatuhkan.", faults)


def _finding_faults(step: Step) -> list[Fault]:
    most = step.obj.amount_paid or 0
    amount = step.data.get("amount")
    faults = []
    if amount is None or not 0 <= amount <= most:
        faults.append(Fault("amount", f"Isi jumlah yang wajib dikembalikan, paling banyak {rupiah(most)}."))
    if personal_numbers(step.note):
        faults.append(Fault("note", "Alasan ini akan tampil untuk umum. Hapus nomor pribadi dari sini."))
    return faults


def finding_has_amount(step: Step) -> None:
    """T23: a finding of misuse with its amount (Permendagri 32/2011 art. 41)."""
    refuse("Temuan belum dapat dicatat.", _finding_faults(step))


def sanction_is_settled(step: Step) -> None:
    """T24: what the sanction asked back is paid, and all money is used by an accepted report or paid back."""
    proposal = step.obj
    sanction = proposal.sanctions.filter(ended_on__isnull=True).get()
    since = sum(proposal.refunds.filter(paid_on__gte=sanction.since).values_list("amount", flat=True))
    faults = []
    left = unsettled(proposal)
    if left > 0:
        faults.append(Fault("flags", f"Masih {rupiah(left)} yang belum dilaporkan atau disetor kembali."))
    elif latest_report(proposal) is None and refunded(proposal) < (proposal.amount_paid or 0):
        faults.append(Fault("flags", "Laporan belum ada."))
    if sanction.kind == "PENYALAHGUNAAN" and since < sanction.refund_due:
        faults.append(Fault("flags", f"Setoran baru {rupiah(since)} dari {rupiah(sanction.refund_due)}."))
    refuse("Sanksi belum dapat diakhiri.", faults)
