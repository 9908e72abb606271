"""Effects of the transition table: what each act writes, in the same transaction as the state."""

import datetime as dt

from core import codes, dates, files
from core.calendar import calendar
from core.counters import format_number, next_number
from core.region import region
from core.transitions import Step
from hayu.domain import facts
from hayu.domain.policy import office_short, policy
from hayu.enums import Action, Outcome, SampleRule
from hayu.models import Inspection

COUNTER = "LAPOR"


def register(step: Step) -> None:
    """Give number and code at once; the report is registered this moment."""
    report, today = step.obj, dates.today()
    facts.apply(report, {})
    report.number = next_number_of_report(today)
    report.code = codes.new_code()
    report.registered_at = report.statement_at = step.now
    report.confirmed_on = today
    step.audit_data["nomor"] = report.number


def next_number_of_report(today: dt.date) -> str:
    """Return the next receipt number by the region's pattern, for a report registered on `today`."""
    return format_number(
        region().licences.number_pattern,
        kode=str(region().region.code).replace(".", ""),
        jenis=COUNTER,
        opd=office_short(),
        tahun=today.year,
        bulan=today.month,
        no=next_number(COUNTER, today.year),
    )


def schedule(step: Step) -> None:
    """Put the report on the inspectors' list with the rule and the draw that chose it."""
    _schedule(step, SampleRule(step.data["rule"]))
    step.audit_data.update(step.data)


def schedule_complaint(step: Step) -> None:
    """Put the report on the inspectors' list because of a complaint."""
    _schedule(step, SampleRule.PENGADUAN)


def _schedule(step: Step, rule: SampleRule) -> None:
    step.obj.sample_rule = rule
    step.obj.drawn_on = step.obj.drawn_on or dates.today()
    step.obj.inspect_by = calendar().add(dates.today(), policy().inspect_days)


def record_inspection(step: Step) -> None:
    """Write the minutes with photos and position; what is wrong must be mended by a date."""
    report, data = step.obj, step.data
    passed = data["outcome"] == Outcome.SESUAI
    report.inspect_by = None
    if passed:
        report.inspected_at = step.now
    else:
        report.fix_by = calendar().add(dates.today(), policy().fix_days)
        report.warnings += 1
    inspection = Inspection.objects.create(
        report=report,
        officer=step.actor,
        visited_at=step.now,
        outcome=data["outcome"],
        findings=list(data.get("findings") or []),
        note=step.note,
        owner_present=bool(data.get("owner_present")),
        latitude=data["latitude"],
        longitude=data["longitude"],
        fix_by=report.fix_by,
    )
    for number, photo in enumerate(data["photos"], start=1):
        files.store(photo, owner=inspection, kind=f"foto-{number}", user=step.actor, allowed=(files.JPEG, files.PNG))
    step.audit_data.update(pemeriksaan=inspection.pk, hasil=data["outcome"], temuan=inspection.findings)


def correct(step: Step) -> None:
    """Keep the corrected data (written by the guard) and ask for another visit."""
    step.obj.fix_by = None
    _evidence(step)
    step.obj.inspect_by = calendar().add(dates.today(), policy().inspect_days)


def _evidence(step: Step) -> None:
    for number, photo in enumerate(step.data.get("photos") or [], start=1):
        files.store(photo, owner=step.obj, kind=f"bukti-{number}", user=step.actor)


def freeze_overdue(step: Step) -> None:
    """Freeze because nothing was mended in time; it counts as a warning."""
    step.obj.warnings += 1
    _freeze(step)


def freeze(step: Step) -> None:
    """Freeze by decision."""
    _freeze(step)


def _freeze(step: Step) -> None:
    step.obj.frozen_at = step.now
    step.obj.inspect_by = step.obj.fix_by = None


def restore(step: Step) -> None:
    """Let the business run again."""
    step.obj.frozen_at = None


def refer(step: Step) -> None:
    """End the report: the business belongs to OSS now. The new figures were written by the guard."""
    end(step)
    step.audit_data.update(modal=step.obj.capital, skala=str(step.obj.scale))


def end(step: Step) -> None:
    """Write the end of a report and empty what belongs to running states."""
    report = step.obj
    report.inspect_by = report.fix_by = report.frozen_at = None
    report.ended_on = dates.today()
    if step.transition.action == Action.BATALKAN:
        step.audit_data["dasar"] = step.data["ground"]


def close(step: Step) -> None:
    """End a report because the business closed, on the owner's date."""
    end(step)
    step.obj.ended_on = step.data["closed_on"]


def update(step: Step) -> None:
    """Confirm this year's data (written by the guard)."""
    report = step.obj
    report.confirmed_on, report.stale_since = dates.today(), None
    step.audit_data.update(modal=report.capital, omzet=report.yearly_sales, tenaga_kerja=report.workers)


def remind(step: Step) -> None:
    """Note that this year's reminder went out."""
    step.obj.reminded_year = dates.today().year


def mark_stale(step: Step) -> None:
    """Mark old data; the receipt stays valid."""
    step.obj.stale_since = dates.today()
