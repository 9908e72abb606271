"""The place for backups can be reached."""

from kit.checks.check import Group, server_check
from kit.checks.endpoints import joined, tried
from kit.checks.facts import Facts
from kit.checks.result import Result, note, ok, skipped, warning


@server_check("Backup place", Group.NETWORK)
def backup(facts: Facts) -> Result:
    """A warning where it cannot be reached; a note where backups stay on the server itself."""
    if facts.target.backup is None:
        return note(
            "on the server itself only",
            "A lost server takes its backups along.",
            "backup.targets in region.yml, such as {kind: sftp, location: nas.DOMAIN/cadangan}",
        )
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
