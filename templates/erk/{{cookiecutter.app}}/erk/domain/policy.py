"""Which version of the region's rules holds on a day."""

import datetime as dt
import time
from typing import Any

from core.region import plain, region
from erk.models import KebijakanVersi
from erk.rules.policy import Policy
from erk.rules.windows import month_bounds


def profile_values() -> dict[str, Any]:
    """Return the section `performance` of the region's profile, as plain values."""
    values: dict[str, Any] = plain(region().performance)
    return values


_FRESH = 30.0  # seconds a process trusts the published versions it has read; they are published for months to come
_read: dict[str, Any] = {}  # the profile's section and what was made of it, until the region is read anew


def from_profile() -> Policy:
    """Return the rules of the installed profile, made once for as long as the region's data stay loaded."""
    section = region().performance
    if _read.get("section") is not section:
        _read.clear()
        _read.update(section=section, rules=Policy.from_values(plain(section)))
    rules: Policy = _read["rules"]
    return rules


def _published() -> list[tuple[Policy, dict[str, Any]]]:
    """Return the published versions with their values, the latest to begin last; read again every half minute."""
    if _read.get("until", 0.0) < time.monotonic():
        rows = KebijakanVersi.objects.filter(diterbitkan_oleh__isnull=False).order_by("berlaku", "pk")
        _read["published"] = [(Policy.from_values(row.nilai), row.nilai) for row in rows]
        _read["until"] = time.monotonic() + _FRESH
    found: list[tuple[Policy, dict[str, Any]]] = _read["published"]
    return found


def forget() -> None:
    """Read the published versions again at the next question."""
    _read["until"] = 0.0


def _published_on(day: dt.date) -> tuple[Policy, dict[str, Any]] | None:
    """Return the published version that holds on a day, unless the profile's began later."""
    current = from_profile()
    begun = [pair for pair in _published() if pair[0].valid_from <= day]
    if not begun or (current.valid_from <= day and current.valid_from > begun[-1][0].valid_from):
        return None
    return begun[-1]


def on(day: dt.date) -> Policy:
    """Return the rules that hold on a day: those that began last, published here or installed with the profile.

    For days before both, the newest version noted earlier that had begun by then. Before any version the profile
    holds: a region starts with the rules it installs.
    """
    current = from_profile()
    published = _published_on(day)
    if published:
        return published[0]
    if day >= current.valid_from:
        return current
    stored = KebijakanVersi.objects.filter(berlaku__lte=day).order_by("berlaku", "pk").last()
    return Policy.from_values(stored.nilai) if stored else current


def values_on(day: dt.date) -> dict[str, Any]:
    """Return the values of the rules that hold on a day, for the editor to start from."""
    published = _published_on(day)
    return published[1] if published else profile_values()


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
