"""The enabled apps as visitors reach them, for the checks from outside."""

from pathlib import Path

from kit.checks.site import Site
from kit.deploy.servers.hosts import servers_of, with_role
from kit.deploy.state import state_base
from kit.errors import KitError
from kit.profile import Profile


def state_of(profile: Profile) -> Path:
    """Where this machine keeps what it knows of the region's servers."""
    return state_base() / profile.folder_name / "servers"


def authority_file(profile: Profile) -> Path:
    """Where the region's own authority is written, for browsers and for these checks."""
    return state_of(profile) / f"{profile.slug}-ca.crt"


def sites_of(profile: Profile, *, entry_only: bool = False) -> list[Site]:
    """The enabled apps at each server that can be the entry, or at the one that is; the entry comes first.

    Raises KitError where the region's authority has not been written here.
    """
    data = profile.data
    entries = with_role(servers_of(profile), "web")[: 1 if entry_only else None]
    authority = None
    if data.hosting.tls.mode == "internal":
        file = authority_file(profile)
        if not file.is_file():
            raise KitError(f"The region's own authority is not at {file}. `kit setup {profile.slug}` writes it there.")
        authority = file.read_text(encoding="ascii")
    urls: dict[str, str] = profile.as_context()["net"]["base_url"]
    return [
        Site(profile.slug, data.region.name, app, urls[app], entry.address, authority, server=entry.name)
        for entry in entries
        for app in data.apps.enabled
    ]
