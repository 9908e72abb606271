"""The place for backups can be reached."""

from kit.checks.check import Group, server_check
from kit.checks.endpoints import joined, tried
from kit.checks.facts import Facts
from kit.checks.result import Result, ok, skipped, warning


@server_check("Backup place", Group.NETWORK)
def backup(facts: Facts) -> Result:
    """A warning where no connection to the profile's backup place comes about."""
    if facts.target.backup is None:
        return ok("none but the server itself")
    good, bad = tried(facts, "backup")
    if good:
        return ok(good[0])
    if not bad:
        return skipped("could not be tried")
    return warning(
        f"no connection to {joined(bad[0])}",
        "Backups would not leave this server.",
        f"nc -vz {facts.target.backup.host} {facts.target.backup.port}",
    )
