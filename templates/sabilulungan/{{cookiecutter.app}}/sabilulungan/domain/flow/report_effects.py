"""What T20–T24 write: reports, refunds, warnings, sanctions."""

import datetime as dt

from core import dates
from core.transitions import SYSTEM, Step
from sabilulungan.domain import flags
from sabilulungan.domain.flow.effects import log
from sabilulungan.domain.flow.report_guards import latest_report, refunded, report_day_of
from sabilulungan.domain.rulebook import profile_of
from sabilulungan.enums import SanctionKind
from sabilulungan.models import BudgetLine, Refund, Report, ReportWarning, Sanction


def _today(step: Step) -> dt.date:
    return dates.local(step.now).date()


def report(step: Step) -> None:
    """T20: the report and the use per cost line."""
    proposal, used = step.obj, step.data["lines"]
    lines = list(proposal.lines.all())
    for line in lines:
        line.amount_realised = used[line.number]
    BudgetLine.objects.bulk_update(lines, ["amount_realised"])
    made = Report.objects.create(
        proposal=proposal,
        received=proposal.amount_paid,
        used=sum(used.values()),
        activity=step.data["activity"].strip(),
        video=step.data.get("video") or "",
        filed_at=step.now,
        late_days=max((_today(step) - report_day_of(proposal)).days, 0),
        unfinished_until=step.data.get("unfinished_until"),
    )
    flags.scan(proposal)
    log(step, amount=made.used, selesai_pada=made.unfinished_until)


def return_report(step: Step) -> None:
    """T21: what must be mended, no earlier than the report is due."""
    log(step)
    step.obj.due_on = max(step.obj.due_on, report_day_of(step.obj))


def accept(step: Step) -> None:
    """T21: accepted; the whole amount is accounted for. Unfinished work goes on, and its final report is due later."""
    filed = latest_report(step.obj)
    if filed and filed.unfinished_until:
        filed.accepted_at, filed.accepted_by = step.now, step.actor
        filed.save(update_fields=["accepted_at", "accepted_by"])
        log(step, selesai_pada=filed.unfinished_until)
        step.obj.report_reminders.all().delete()  # those of the final report go out anew
        step.obj.due_on = report_day_of(step.obj)
        return
    _accept_report(step)
    log(step, amount=step.obj.amount_accounted)


def _accept_report(step: Step) -> None:
    found = latest_report(step.obj)
    if found and found.accepted_at is None:
        found.accepted_at, found.accepted_by = step.now, step.actor
        found.save(update_fields=["accepted_at", "accepted_by"])
    step.obj.amount_accounted = step.obj.amount_paid


def refund(step: Step) -> None:
    """A deposit slip of the treasury."""
    data = step.data
    Refund.objects.create(
        proposal=step.obj,
        number=data["sts_number"].strip(),
        paid_on=data["paid_on"],
        amount=data["amount"],
        entered_by=step.actor,
        at=step.now,
    )
    log(step, amount=data["amount"], sts=data["sts_number"])


def warn(step: Step) -> None:
    """T22: the next warning letter."""
    number = step.obj.report_warnings.count() + 1
    ReportWarning.objects.create(proposal=step.obj, number=number, sent_on=_today(step))
    log(step, peringatan=number)


def sanction(step: Step) -> None:
    """T22: no report after the warnings; everything not yet paid back is asked back."""
    if step.role == SYSTEM:
        step.note = "Laporan penggunaan tidak dikirim setelah semua peringatan."
    due = step.data.get("amount") if step.role != SYSTEM else (step.obj.amount_paid or 0) - refunded(step.obj)
    _sanction(step, SanctionKind.TANPA_LAPORAN, due or 0)


def record_finding(step: Step) -> None:
    """T23: misuse found by the auditor."""
    _sanction(step, SanctionKind.PENYALAHGUNAAN, step.data["amount"])


def _sanction(step: Step, kind: SanctionKind, refund_due: int) -> None:
    today = _today(step)
    years = profile_of(step.obj).ban_years
    Sanction.objects.create(
        proposal=step.obj,
        kind=kind,
        finding=step.note,
        refund_due=refund_due,
        since=today,
        barred_until=dt.date(today.year + years, today.month, min(today.day, 28)) if years else today,
    )
    log(step, amount=refund_due)


def end_sanction(step: Step) -> None:
    """T24: paid back, or the report accepted after all."""
    step.obj.sanctions.filter(ended_on__isnull=True).update(ended_on=_today(step))
    _accept_report(step)
    log(step, amount=step.obj.amount_accounted)
