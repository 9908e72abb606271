"""REGION on the command line."""

from pathlib import Path

from kit.lab.addresses import refuse_gone
from kit.profile import Profile, load
from kit.profile.store import find


def profile_of(target: str) -> Profile:
    """The sound profile that REGION names. Raises UsageError (2) for an unknown region, KitError (1) for faults."""
    return load(find(target))


def path_of(target: str) -> Path:
    """The region.yml that REGION names. Raises UsageError (2) for an unknown region."""
    return find(target)


def with_servers(target: str) -> Profile:
    """As `profile_of`, for commands that go to the profile's servers. Raises KitError (1) where one was a lab's."""
    profile = profile_of(target)
    refuse_gone(server.address for server in profile.data.hosting.servers)
    return profile
