"""systemd runs the server."""

from kit.checks.check import Group, server_check
from kit.checks.facts import Facts
from kit.checks.result import Result, fault, ok


@server_check("Init system", Group.SYSTEM)
def init(facts: Facts) -> Result:
    """A fault where process 1 is not systemd."""
    found = facts.text("init") or "unknown"
    if found == "systemd":
        return ok("systemd")
    return fault(
        f"process 1 is {found}",
        "The apps run as systemd services; this is a container without an init system, or another one is in charge.",
        "apt install systemd-sysv   # then restart the server",
    )
