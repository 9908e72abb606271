"""Who holds a role on a case, and whose own matter it is."""

from django.db.models import Q

from core import wilayah
from core.models import User
from sabilulungan.domain import rulebook
from sabilulungan.enums import OFFICE_ROLES, Role
from sabilulungan.models import DeclaredInterest, Proposal

OWNERS = (Role.PEMOHON,)


def holds(user: User, role: str, proposal: Proposal) -> bool:
    """Return whether a user has a role on this proposal: recipients and offices are scopes, never "everywhere"."""
    if role == Role.PEMOHON:
        return proposal.recipient.public_id in user.scopes(role)
    if role in OFFICE_ROLES:
        return bool(proposal.office) and proposal.office in user.scopes(role)
    if role == Role.OPERATOR:
        return proposal.on_paper and user.has_role(role)
    return user.has_role(role)


def offices_of(user: User) -> frozenset[str]:
    """Return the codes of the offices a user evaluates for or heads."""
    return frozenset[str]().union(*(user.scopes(role) for role in OFFICE_ROLES))


def involved(user: User, proposal: Proposal) -> bool:
    """Return whether a user is an officer of the recipient, applies for it, or declared a tie to it."""
    if proposal.recipient.public_id in user.scopes(Role.PEMOHON):
        return True
    mine = Q(user=user) | (Q(nik_token=user.nik_token) if user.nik_token else Q(pk__in=[]))
    return (
        proposal.recipient.officers.filter(mine).exists()
        or DeclaredInterest.objects.filter(user=user, recipient=proposal.recipient_id).exists()
    )


def scopes_of(role: str) -> list[tuple[str, str]]:
    """Return what a role is limited to: an office, for a camat a kecamatan, for a lurah his; never "everywhere"."""
    if role in OFFICE_ROLES:
        return [(office.code, office.name) for office in rulebook.current().offices]
    if role == Role.WILAYAH:
        villages = [(place.code, f"{place.title}, {wilayah.name_of(place.parent)}") for place in wilayah.villages()]
        return [*((place.code, place.name) for place in wilayah.districts()), *villages]
    return []
