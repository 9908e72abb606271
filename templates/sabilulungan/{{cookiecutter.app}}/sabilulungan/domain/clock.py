"""What the clock does after approval. Each piece may run again at any time and then finds nothing left to do."""

import datetime as dt

from django.db import IntegrityError, transaction

from core import dates, notify
from core.errors import Refused
from core.notify import Message
from sabilulungan.domain import flow
from sabilulungan.domain.flow.report_guards import last_warning
from sabilulungan.domain.recipients import applicants
from sabilulungan.domain.rulebook import profile_of
from sabilulungan.enums import Action, Stage, State
from sabilulungan.models import EnactedBudget, Proposal, ProposalQuerySet, ReportReminder

UNREPORTED = (State.PELAKSANAAN, State.LPJ_PERBAIKAN)


def pass_on(day: dt.date) -> int:
    """T05 by the clock: cases the head had longer than his days, where the region lets the system pass them on."""
    waiting = Proposal.objects.filter(state=State.DISPOSISI, due_on__lt=day).select_related("recipient", "profile")
    return sum(
        _done(proposal, Action.TERUSKAN) for proposal in waiting if profile_of(proposal).step(Stage.DISPOSISI).automatic
    )


def close_unbudgeted(day: dt.date) -> int:
    """T14 by the clock: approved cases without a line once the day for entering lines has passed; return how many."""
    years = EnactedBudget.objects.filter(lines_until__lt=day).values("budget_year")
    left = Proposal.objects.filter(state=State.DISETUJUI, budget_year__in=years).select_related("recipient", "profile")
    return sum(_done(proposal, Action.TIDAK_DIANGGARKAN) for proposal in left)


def chase_reports(day: dt.date) -> dict[str, int]:
    """Reminders, warnings and sanctions of a day; return the count of each."""
    counts = {"reminders": 0, "warnings": 0, "sanctions": 0}
    cases = Proposal.objects.filter(state__in=UNREPORTED, due_on__isnull=False).select_related("recipient", "profile")
    for proposal in cases.order_by("pk"):
        counts["reminders"] += _remind(proposal, day)
        after = profile_of(proposal).after
        sent, last = last_warning(proposal)
        if after.sanction_due(proposal.due_on, sent, last, day):
            counts["sanctions"] += _done(proposal, Action.SANKSI)
        elif after.warning_due(proposal.due_on, sent, last, day):
            counts["warnings"] += _done(proposal, Action.PERINGATKAN)
    return counts


def missing_reports(day: dt.date) -> ProposalQuerySet:
    """Return the cases whose report is overdue, the oldest first: the list of 11 January."""
    late = Proposal.objects.filter(state__in=UNREPORTED, due_on__lt=day).select_related("recipient", "profile")
    return late.order_by("due_on", "pk")


def _done(proposal: Proposal, action: Action) -> int:
    try:
        flow.perform(proposal, action, None)
    except Refused:
        return 0  # somebody was faster
    return 1


def _remind(proposal: Proposal, day: dt.date) -> int:
    """Send the reminder a day calls for, once; a warning letter of the same day needs no reminder beside it."""
    offset = profile_of(proposal).after.reminder_due(proposal.due_on, day)
    if offset is None:
        return 0
    try:
        with transaction.atomic():
            ReportReminder.objects.create(proposal=proposal, offset=offset, sent_at=dates.now())
            notify.queue(_messages(proposal, day), about=proposal)
    except IntegrityError:
        return 0  # this one went out before
    return 1


def _messages(proposal: Proposal, day: dt.date) -> list[Message]:
    when = dates.long_date(proposal.due_on)
    late = day > proposal.due_on
    word = "terlambat" if late else f"jatuh tempo {dates.short_date(proposal.due_on)}"
    body = (
        f"Laporan penggunaan bantuan {proposal.number} seharusnya masuk paling lambat {when}. Kirim secepatnya."
        if late
        else f"Laporan penggunaan bantuan {proposal.number} ditunggu paling lambat {when}."
    )
    return [
        Message(
            event="laporan.terlambat" if late else "laporan.pengingat",
            subject=f"Laporan {proposal.number} {word}",
            body=body,
            user=user,
            link=f"/usulan-saya/{proposal.key}/",
        )
        for user in applicants(proposal.recipient)
    ]
