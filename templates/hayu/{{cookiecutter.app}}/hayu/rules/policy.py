"""The region's own rules as plain values, read from section `licences` of the region data."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from hayu.rules.kbli import Activity


@dataclass(frozen=True, slots=True)
class Exclusion:
    """Activities OSS licenses whatever their capital."""

    reason: str
    version: str
    codes: tuple[str, ...]

    def holds(self, activity: Activity) -> bool:
        """Return whether an activity is on this list."""
        return activity.version == self.version and activity.code.startswith(self.codes)


@dataclass(frozen=True, slots=True)
class Policy:
    """What the rules need: the threshold in rupiah, the exclusions, the codes of permit types in force.

    Days are working days; `expiry_notices` are calendar days before the end, the first first.
    """

    threshold: int
    excluded: tuple[Exclusion, ...]
    types: tuple[str, ...]
    sample_percent: int
    near_limit: int
    inspect_days: int
    fix_days: int
    stale_years: int
    return_rounds: int
    mend_days: int
    remind_on: tuple[int, ...]
    expiry_notices: tuple[int, ...]

    def exclusion(self, activity: Activity) -> Exclusion | None:
        """Return the exclusion an activity falls under, if any."""
        return next((item for item in self.excluded if item.holds(activity)), None)


def from_region(licences: Mapping[str, Any]) -> Policy:
    """Return the policy of a region's section `licences`."""
    sampling, limits = licences["sampling"], licences["applications"]
    return Policy(
        threshold=licences["capital_threshold"],
        excluded=tuple(
            Exclusion(item["reason"], item["version"], tuple(item["codes"])) for item in licences["excluded"]
        ),
        types=tuple(item["code"] for item in licences["catalogue"] if item["active"]),
        sample_percent=sampling["percent"],
        near_limit=sampling["near_limit"],
        inspect_days=sampling["inspect_days"],
        fix_days=sampling["fix_days"],
        stale_years=licences["stale_years"],
        return_rounds=limits["return_rounds"],
        mend_days=limits["mend_days"],
        remind_on=tuple(limits["remind_on"]),
        expiry_notices=tuple(limits["expiry_notices"]),
    )
