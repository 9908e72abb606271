"""The server can ask the DNS."""

from kit.checks.check import Group, server_check
from kit.checks.facts import Facts
from kit.checks.result import Result, fault, ok


@server_check("Name servers", Group.NETWORK)
def resolver(facts: Facts) -> Result:
    """A fault where /etc/resolv.conf names none."""
    found = [
        line.split()[1] for line in facts.lines("resolver") if line.startswith("nameserver") and len(line.split()) > 1
    ]
    if found:
        return ok(", ".join(found))
    return fault(
        "/etc/resolv.conf names no name server",
        "No name can be looked up, so neither packages nor mail find their way.",
        "echo 'nameserver ADDRESS' >>/etc/resolv.conf   # the address of the office's name server",
    )
