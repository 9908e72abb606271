"""Files that setup makes can be read by the services."""

from kit.checks.check import Group, server_check
from kit.checks.facts import Facts
from kit.checks.result import Result, ok, skipped, warning


@server_check("umask", Group.SYSTEM)
def umask(facts: Facts) -> Result:
    """A warning where the login's umask takes reading away from others; sudo inherits it."""
    found = facts.text("umask")
    if not found:
        return skipped("not told")
    if int(found, 8) & 0o005 == 0:
        return ok(found)
    return warning(
        found,
        "Files made by hand over this login cannot be read by services; what you add to setup's files may not work.",
        "umask 022   # and in ~/.profile or /etc/login.defs",
    )
