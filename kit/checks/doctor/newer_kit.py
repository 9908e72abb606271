"""The server was not set up by a newer kit."""

import re

from kit import __version__
from kit.checks.check import Group, server_check
from kit.checks.facts import Facts
from kit.checks.result import Result, Where, fault, ok


@server_check("Kit version", Group.EARLIER)
def newer_kit(facts: Facts) -> Result:
    """A fault where it was: the database may already have a shape this kit does not know."""
    found = facts.text("version")
    if not found:
        return ok("not set up yet")
    if _order(found) <= _order(__version__):
        return ok(f"set up by {found}")
    return fault(
        f"set up by {found}, and this is {__version__}",
        "An older kit would put older apps on a newer database.",
        "git pull   # in the kit's folder",
        Where.HERE,
    )


def _order(version: str) -> tuple[int, ...]:
    return tuple(int(part) for part in re.findall(r"\d+", version)[:3])
