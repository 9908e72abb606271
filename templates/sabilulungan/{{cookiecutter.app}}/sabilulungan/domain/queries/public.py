"""What everybody may read of a proposal, built from the privacy table; pages, exports and API see only this."""

import datetime as dt

from django.db.models import OuterRef, Subquery

from core import dates, identity
from core.calendar import calendar
from core.wilayah import find, name_of
from sabilulungan.domain import copies, rulebook
from sabilulungan.domain.findings import answered
from sabilulungan.domain.flow.looks import look, stage_label
from sabilulungan.domain.flow.words import event_label
from sabilulungan.domain.queries.later import later_of, report_due, report_status
from sabilulungan.domain.queries.paths import late, path, role_title, waits_for
from sabilulungan.domain.queries.shapes import AMOUNT_LABELS, Amount, Event, Line, Paper, PublicCase, PublicRow, Voice
from sabilulungan.domain.recipients import chair
from sabilulungan.domain.voices import published
from sabilulungan.enums import ENDS_WITHOUT_MONEY, Stage, State, VoiceKind
from sabilulungan.models import CaseStep, Proposal, ProposalQuerySet, Recipient, Report
from sabilulungan.rules.deadlines import days_late
from sabilulungan.rules.privacy import Item, open_items, person_title, subject_of
from sabilulungan.rules.profile import Profile
from sabilulungan.rules.redaction import redact

_TOTALS = ("asked", "approved", "paid", "accounted")
_ROWS_DEFER = ("profile__content", "background", "aims", "personal_reason", "search_text")


def rows_of(proposals: ProposalQuerySet) -> ProposalQuerySet:
    """Return proposals with what a row needs, in one query."""
    filed = Report.objects.filter(proposal=OuterRef("pk")).order_by("-pk").values("filed_at")[:1]
    return (
        proposals.select_related("recipient", "profile").defer(*_ROWS_DEFER).annotate(report_filed_at=Subquery(filed))
    )


def row(proposal: Proposal, today: dt.date | None = None) -> PublicRow:
    """Return the public line of a proposal."""
    profile = rulebook.profile_of(proposal)
    allowed = _allowed(proposal.recipient)
    recipient = proposal.recipient
    route = profile.field(proposal.field)
    all_amounts = proposal.amounts()
    day = today or dates.today()
    return PublicRow(
        number=proposal.number or "",
        budget_year=proposal.budget_year,
        kind=proposal.kind_label,
        form=proposal.form_label,
        nature=proposal.nature_label,
        field=route.name if route else "",
        office=profile.office_name(proposal.office) if proposal.office else "",
        office_short=profile.office_short(proposal.office) if proposal.office else "",
        title=person_title(proposal.purpose_label) if recipient.is_person else redact(proposal.title),
        name=public_name(recipient),
        recipient_type=recipient.type_label,
        recipient_id="" if recipient.is_person else recipient.public_id,
        address=public_address(recipient),
        village=name_of(recipient.village_code),
        district=name_of(recipient.district_code),
        place_code=recipient.village_code,
        look=look(proposal.state),
        step=_step_name(proposal, profile),
        since=proposal.state_since,
        days=calendar().count(dates.local(proposal.state_since).date(), day),
        late=late(proposal, day),
        submitted=proposal.submitted_at or proposal.created_at,
        amounts={
            stage: amount if Item.STAGE_AMOUNTS in allowed or stage in _TOTALS else None
            for stage, amount in all_amounts.items()
        },
        ended=proposal.state in ENDS_WITHOUT_MONEY,
        path=path(proposal, profile, today=day),
        report_due=report_due(proposal),
        report_filed=dates.local(filed).date() if (filed := getattr(proposal, "report_filed_at", None)) else None,
        report_status=report_status(proposal, day),
    )


def _allowed(recipient: Recipient) -> frozenset[Item]:
    return open_items(subject_of(recipient.type), full_names=rulebook.current().full_names)


def _step_name(proposal: Proposal, profile: Profile) -> str:
    if not proposal.stage:
        return ""
    stage = Stage(proposal.stage)
    own = next((step.label for step in profile.steps if step.stage == stage), "")
    return stage_label(stage, own)


def public_name(recipient: Recipient) -> str:
    """Return the name as the privacy table allows it."""
    if Item.FULL_NAME in _allowed(recipient):
        return redact(recipient.name)
    return identity.mask_name(recipient.name)


def public_address(recipient: Recipient) -> str:
    """Return the address as the privacy table allows it: full, or RW and village."""
    village = find(recipient.village_code)
    place = village.title if village else recipient.village_code
    district = name_of(recipient.district_code)
    if Item.FULL_ADDRESS in _allowed(recipient):
        units = f"RT {recipient.rt}/RW {recipient.rw}" if recipient.rt and recipient.rw else ""
        parts = [redact(recipient.address), units, place, district]
    else:
        parts = [f"RW {recipient.rw}" if recipient.rw else "", place, district]
    return ", ".join(part for part in parts if part)


def public_point(recipient: Recipient) -> tuple[float, float] | None:
    """Return the map point as the privacy table allows it: of organisations, never of persons."""
    return recipient.position if Item.MAP_POINT in _allowed(recipient) else None


def case(proposal: Proposal) -> PublicCase:
    """Return the public page of a proposal; reads its timeline, lines and officers."""
    profile = rulebook.profile_of(proposal)
    allowed = _allowed(proposal.recipient)
    log = list(proposal.steps.all())
    open_case = not proposal.recipient.is_person
    leader = chair(proposal.recipient) if Item.CHAIR in allowed else None
    return PublicCase(
        row=row(proposal),
        background=redact(proposal.background) if open_case else "",
        aims=redact(proposal.aims) if open_case else "",
        target_group=redact(proposal.target_group) if open_case else "",
        beneficiaries=proposal.beneficiaries if open_case else None,
        place=redact(proposal.place) if open_case else "",
        starts_on=proposal.starts_on,
        ends_on=proposal.ends_on,
        chair=redact(leader.name) if leader else "",
        amounts=amounts_of(proposal, allowed),
        path=path(proposal, profile, log),
        events=events(proposal, log, allowed),
        lines=_lines(proposal) if Item.COST_LINES in allowed else [],
        later=later_of(proposal, log, allowed),
        voices=_voices(proposal) if open_case else [],
        papers=[
            Paper(copy.document.name, copy.copy.public_id, copy.published_at, copy.copy.size)
            for copy in copies.of_case(proposal)
        ],
        findings=[(redact(flag.sentence), redact(flag.answer)) for flag in (answered(proposal) if open_case else ())],
        waits_for=waits_for(State(proposal.state), profile, proposal.office) if late(proposal) else "",
        exceptions=[
            (exception.rule, redact(exception.legal_basis))
            for exception in proposal.recipient.exceptions.all()
            if exception.budget_year == proposal.budget_year and open_case
        ],
    )


def amounts_of(proposal: Proposal, allowed: frozenset[Item]) -> list[Amount]:
    """Return the chain of amounts as far as the privacy table allows it, with the reasons of rises."""
    found = []
    for stage, amount in proposal.amounts().items():
        if amount is None or (Item.STAGE_AMOUNTS not in allowed and stage not in _TOTALS):
            continue
        rise = getattr(proposal, f"rise_{stage}", "") if Item.DECISION_REASONS in allowed else ""
        found.append(Amount(AMOUNT_LABELS[stage], amount, redact(rise)))
    return found


def _voices(proposal: Proposal) -> list[Voice]:
    return [
        Voice(
            "Penerima, hak jawab" if voice.kind == VoiceKind.KOREKSI else redact(voice.name) or "Warga",
            voice.created_at,
            redact(voice.text),
            redact(voice.answer),
        )
        for voice in published(proposal)
    ]


def _lines(proposal: Proposal) -> list[Line]:
    return [
        Line(
            line.number,
            redact(line.description),
            line.volume_text,
            redact(line.unit),
            line.unit_price,
            line.amount_asked,
            line.amount_opd,
            line.amount_decreed,
            line.amount_realised,
        )
        for line in proposal.lines.all()
    ]


def events(proposal: Proposal, log: list[CaseStep], allowed: frozenset[Item]) -> list[Event]:
    """Return the timeline, oldest first, with the working days each step took and who was late."""
    profile = rulebook.profile_of(proposal)
    reasons = Item.DECISION_REASONS in allowed
    amounts = Item.STAGE_AMOUNTS in allowed
    found = []
    before: dt.date | None = None
    for step in log:
        day = dates.local(step.at).date()
        found.append(
            Event(
                what=event_label(step),
                who=role_title(step.role, profile, proposal.office),
                at=step.at,
                days=calendar().count(before, day) if before else 0,
                late=days_late(calendar(), step.due_on, day),
                amount=step.amount if amounts else None,
                reason=redact(step.reason) if reasons else "",
                rise=redact(step.facts.get("alasan_naik", "")) if reasons else "",
                items=[redact(f"{item['name']}: {item['note']}") for item in step.items] if reasons else [],
            )
        )
        before = day
    return found
