"""Backups go to another place than the servers."""

from kit.checks.check import Group, region_check
from kit.checks.region import RegionFacts
from kit.checks.result import Result, Where, ok, warning


@region_check("Backups", Group.PROFILE)
def backup_elsewhere(facts: RegionFacts) -> Result:
    """A warning where they stay on the server: aim for three copies, two media, one outside the building."""
    if facts.target.backup:
        return ok(f"to {facts.target.backup}")
    return warning(
        "stay on the server itself",
        "A lost server takes its backups along.",
        "backup: {targets: [{kind: sftp, location: nas.DOMAIN/cadangan}]}",
        Where.PROFILE,
    )
