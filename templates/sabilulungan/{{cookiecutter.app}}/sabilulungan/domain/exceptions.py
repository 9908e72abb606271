"""Recorded exceptions from R04 and R10, and declared interests."""

from django.db import IntegrityError, transaction

from core import audit
from core.errors import Refused
from core.models import User
from sabilulungan.enums import Role
from sabilulungan.models import DeclaredInterest, Proposal, Recipient, RuleException


def grant(recipient: Recipient, *, budget_year: int, rule: str, legal_basis: str, user: User) -> RuleException:
    """Record an exception for one budget year; it is public on the recipient's page and proposals."""
    try:
        with transaction.atomic():
            exception = RuleException.objects.create(
                recipient=recipient, budget_year=budget_year, rule=rule, legal_basis=legal_basis, granted_by=user
            )
            audit.record(
                recipient,
                "beri_pengecualian",
                actor=user,
                role=Role.KDH,
                note=legal_basis,
                data={"rule": rule, "budget_year": budget_year},
            )
    except IntegrityError:
        raise Refused("Pengecualian ini sudah dicatat untuk tahun anggaran itu.") from None
    return exception


def declare_interest(proposal: Proposal, user: User, relation: str) -> DeclaredInterest:
    """Record that an officer is tied to the recipient; from now on he acts on none of its cases."""
    with transaction.atomic():
        interest, new = DeclaredInterest.objects.get_or_create(
            user=user, recipient=proposal.recipient, defaults={"relation": relation}
        )
        if new:
            audit.record(proposal, "nyatakan_kepentingan", actor=user, note=relation)
    return interest
