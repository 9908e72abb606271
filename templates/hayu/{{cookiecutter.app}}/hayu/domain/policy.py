"""The region's rules of today."""

import functools

from core.region import region
from hayu.rules.permits import PermitType
from hayu.rules.policy import Policy, from_region


@functools.cache
def policy() -> Policy:
    """Return the region's rules as values; read once, as the region data are."""
    return from_region(region().licences)


def office_short() -> str:
    """Return the short name of the licensing office."""
    return str(region().offices.licensing.short_name)


def procedure(permit: PermitType) -> list[str]:
    """Return the steps of a type with the office's name in them."""
    return [str(step).replace("{opd}", office_short()) for step in permit.procedure]
