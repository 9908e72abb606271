"""The mail server can be reached."""

from kit.checks.check import Group, server_check
from kit.checks.endpoints import joined, tried
from kit.checks.facts import Facts
from kit.checks.result import Result, ok, skipped, warning


@server_check("Mail server", Group.NETWORK, role="web")
def smtp(facts: Facts) -> Result:
    """A warning where no connection to the profile's mail server comes about."""
    if facts.target.smtp is None:
        return ok("none in the profile")
    good, bad = tried(facts, "smtp")
    if good:
        return ok(good[0])
    if not bad:
        return skipped("could not be tried")
    where = facts.target.smtp
    return warning(
        f"no connection to {joined(bad[0])}",
        "Mail would pile up: the address or port is wrong, or a firewall is in between.",
        f"nc -vz {where.host} {where.port}",
    )
