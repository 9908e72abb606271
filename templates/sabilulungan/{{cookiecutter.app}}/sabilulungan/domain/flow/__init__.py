"""The one way to change a proposal's state: the transition table of its region, run by core's machine."""

from typing import Any

from django.db import transaction
from django.http import HttpRequest

from core import dates
from core.errors import Refused
from core.models import User
from core.transitions import Machine, Transition
from sabilulungan.domain import followers
from sabilulungan.domain.flow import later
from sabilulungan.domain.flow.machine import machine_for
from sabilulungan.domain.rulebook import profile_of
from sabilulungan.enums import PAID_STATES, Action, Form, Stage, State
from sabilulungan.models import Agreement, Proposal

LATER_STATES = (State.DITETAPKAN, State.PERJANJIAN, State.PENCAIRAN, *PAID_STATES)

__all__ = ["available", "begin", "machine_of", "perform"]


def machine_of(proposal: Proposal) -> Machine:
    """Return the machine of the rules a proposal was filed under."""
    return machine_for(profile_of(proposal))


def begin(draft: Proposal, user: User) -> Proposal:
    """Save a new draft, with its first audit row."""
    result: Proposal = machine_of(draft).begin(draft, "MULAI", user)
    return result


def perform(
    proposal: Proposal,
    action: str,
    actor: User | None,
    *,
    version: int | None = None,
    data: dict[str, Any] | None = None,
    note: str = "",
    request: HttpRequest | None = None,
) -> Proposal:
    """Do an action on a proposal and return it changed; core.errors say in Indonesian why not."""
    with transaction.atomic():
        result: Proposal = machine_of(proposal).perform(
            proposal.pk, action, actor, version=version, data=data, note=note, request=request
        )
        result = _routed(result)
        if result.number and result.state != proposal.state:
            followers.tell(result)
    return result


def _routed(proposal: Proposal) -> Proposal:
    """Return a case routed to the office of its field at once, where the region needs no clerk for that (T06)."""
    if proposal.state != State.KLASIFIKASI or not profile_of(proposal).step(Stage.KLASIFIKASI).automatic:
        return proposal
    data = {"field": proposal.field, "nature": proposal.nature}
    try:
        routed: Proposal = machine_of(proposal).perform(proposal.pk, Action.KLASIFIKASIKAN, None, data=data)
    except Refused:
        return proposal  # without a route, or sent back by an office: a person decides
    return routed


def available(proposal: Proposal, user: User) -> list[Transition]:
    """Return what a person may do on a proposal now; of the later acts only those that fit its form and progress."""
    rows = machine_of(proposal).available(proposal, user)
    if proposal.state not in LATER_STATES:
        return rows
    facts = {
        "money": proposal.form == Form.UANG,
        "confirmed": Agreement.objects.filter(proposal=proposal).exists(),
        "body": proposal.recipient.is_organisation,
        "late": proposal.due_on is not None and proposal.due_on < dates.today(),
        "unpaid": (proposal.amount_agreed or 0) - (proposal.amount_paid or 0),
    }
    return [row for row in rows if later.fits(row.action, **facts)]
