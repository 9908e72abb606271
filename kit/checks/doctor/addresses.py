"""The server has an address most people can reach."""

import ipaddress

from kit.checks.check import Group, server_check
from kit.checks.facts import Facts
from kit.checks.result import Result, Where, ok, skipped, warning


@server_check("Addresses", Group.NETWORK)
def addresses(facts: Facts) -> Result:
    """A warning where it has IPv6 only: many offices and phones here have IPv4 only."""
    found = [line.split()[3].partition("/")[0] for line in facts.lines("addresses") if len(line.split()) > 3]
    if not found:
        return skipped("not told")
    if any(ipaddress.ip_address(one).version == 4 for one in found):
        return ok(", ".join(found))
    return warning(
        ", ".join(found),
        "The server has IPv6 addresses only; many offices and mobile networks cannot reach it.",
        "Give the server an IPv4 address, or a reverse proxy that has one.",
        Where.PERSON,
    )
