"""The one way to change a proposal's state: the transition table of its region, run by core's machine."""

from typing import Any

from django.http import HttpRequest

from core.models import User
from core.transitions import Machine, Transition
from sabilulungan.domain.flow.machine import machine_for
from sabilulungan.domain.rulebook import profile_of
from sabilulungan.models import Proposal

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
    result: Proposal = machine_of(proposal).perform(
        proposal.pk, action, actor, version=version, data=data, note=note, request=request
    )
    return result


def available(proposal: Proposal, user: User) -> list[Transition]:
    """Return what a person may do on a proposal now."""
    return machine_of(proposal).available(proposal, user)
