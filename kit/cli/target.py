"""REGION on the command line."""

from pathlib import Path

from kit.profile import Profile, load
from kit.profile.store import find


def profile_of(target: str) -> Profile:
    """The sound profile that REGION names. Raises UsageError (2) for an unknown region, KitError (1) for faults."""
    return load(find(target))


def path_of(target: str) -> Path:
    """The region.yml that REGION names. Raises UsageError (2) for an unknown region."""
    return find(target)
