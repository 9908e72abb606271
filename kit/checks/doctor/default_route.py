"""The server knows the way out of its own network."""

from kit.checks.check import Group, server_check
from kit.checks.facts import Facts
from kit.checks.result import Result, ok, warning


@server_check("Default route", Group.NETWORK)
def default_route(facts: Facts) -> Result:
    """A warning where there is none: only its own network can then reach it."""
    found = facts.lines("routes")
    if found:
        return ok(" ".join(found[0].split()[:5]))
    return warning(
        "none",
        "Only machines in the same network reach this server, and it reaches no package source.",
        "ip route add default via GATEWAY   # and in the network configuration",
    )
