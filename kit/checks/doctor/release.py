"""The server runs a system the kit is made for."""

from kit.checks.check import Group, server_check
from kit.checks.facts import Facts
from kit.checks.result import Result, Where, fault, ok, warning

TESTED = {("debian", "12"), ("debian", "13")}
MEANT = {("ubuntu", "22.04"), ("ubuntu", "24.04")}


@server_check("Operating system", Group.SYSTEM)
def release(facts: Facts) -> Result:
    """A fault for others than Debian 12 and 13, a warning for Ubuntu 22.04 and 24.04."""
    found = facts.pairs("os")
    name = found.get("PRETTY_NAME", "unknown system")
    version = (found.get("ID", ""), found.get("VERSION_ID", ""))
    if version in TESTED:
        return ok(name)
    if version in MEANT:
        return warning(
            name,
            "The kit is meant to run on it but has not been tested there.",
            "Prefer Debian 12 or 13.",
            Where.PERSON,
        )
    return fault(
        name,
        "The kit sets up Debian 12 or 13. Other systems have other packages, paths and versions.",
        "Install Debian 12 or 13 on this server, or name another server in hosting.servers.",
        Where.PERSON,
    )
