"""Which version of the region's rules holds on a day."""

import datetime as dt
from typing import Any

from core.region import plain, region
from erk.models import KebijakanVersi
from erk.rules.policy import Policy
from erk.rules.windows import month_bounds


def profile_values() -> dict[str, Any]:
    """Return the section `performance` of the region's profile, as plain values."""
    values: dict[str, Any] = plain(region().performance)
    return values


_read: dict[str, Any] = {}  # the profile's section and the rules made of it, until the region is read anew


def from_profile() -> Policy:
    """Return the rules of the installed profile, made once for as long as the region's data stay loaded."""
    section = region().performance
    if _read.get("section") is not section:
        _read.update(section=section, rules=Policy.from_values(plain(section)))
    rules: Policy = _read["rules"]
    return rules


def on(day: dt.date) -> Policy:
    """Return the rules that hold on a day.

    The installed profile counts from its `valid_from`; for days before that, the newest version noted earlier that
    had begun by then. Before any version the profile holds: a region starts with the rules it installs.
    """
    current = from_profile()
    if day >= current.valid_from:
        return current
    stored = KebijakanVersi.objects.filter(berlaku__lte=day).order_by("berlaku", "pk").last()
    return Policy.from_values(stored.nilai) if stored else current


def for_month(month: dt.date) -> Policy:
    """Return the rules of a month: those of its last day."""
    return on(month_bounds(month)[1])


def note(policy: Policy) -> KebijakanVersi:
    """Return the stored row of a version, writing it when it is used for the first time."""
    stored = KebijakanVersi.objects.filter(versi=policy.version).first()
    if stored:
        return stored
    row, _ = KebijakanVersi.objects.get_or_create(
        versi=policy.version,
        defaults={"berlaku": policy.valid_from, "dasar": policy.source, "nilai": profile_values()},
    )
    return row


def stored(version: KebijakanVersi) -> Policy:
    """Return the rules of a stored version, exactly as they were."""
    return Policy.from_values(version.nilai)
