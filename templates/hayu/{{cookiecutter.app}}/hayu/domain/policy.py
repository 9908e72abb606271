"""The region's rules of today."""

import functools
from typing import Any

from core.region import region
from hayu.rules.policy import Policy, from_region


@functools.cache
def policy() -> Policy:
    """Return the region's rules as values; read once, as the region data are."""
    return from_region(region().licences)


def permit_type(code: str) -> Any:
    """Return a permit type of the region's catalogue that is in force, else None."""
    return next((item for item in region().licences.catalogue if item.code == code and item.active), None)


def office_short() -> str:
    """Return the short name of the licensing office."""
    return str(region().offices.licensing.short_name)


def procedure(permit: Any) -> list[str]:
    """Return the steps of a type with the office's name in them."""
    return [str(step).replace("{opd}", office_short()) for step in permit.procedure]
