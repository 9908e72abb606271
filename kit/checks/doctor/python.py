"""The server's own Python is new enough, or there is none yet."""

from kit.checks.check import Group, server_check
from kit.checks.facts import Facts
from kit.checks.result import Result, Where, fault, ok

_LEAST = (3, 11)


@server_check("Python", Group.SYSTEM)
def python(facts: Facts) -> Result:
    """A fault before 3.11; none at all is fine, setup installs it."""
    found = facts.text("python")
    if not found:
        return ok("none yet; setup installs it")
    version = tuple(int(part) for part in found.split(".")[:2])
    if version >= _LEAST:
        return ok(found)
    return fault(
        found,
        "The apps need Python 3.11 or newer, the server's own.",
        "Upgrade the server to Debian 12 or 13.",
        Where.PERSON,
    )
