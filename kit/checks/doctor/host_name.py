"""The server can resolve its own name."""

from kit.checks.check import Group, server_check
from kit.checks.facts import Facts
from kit.checks.result import Result, ok, warning


@server_check("Own name", Group.SYSTEM)
def host_name(facts: Facts) -> Result:
    """A warning where /etc/hosts lacks it: sudo and mail then wait for the DNS."""
    name = facts.text("hostname")
    if facts.lines("self"):
        return ok(name)
    return warning(
        f"{name or 'the host name'} resolves to nothing",
        "sudo and the mail system look the name up and wait for an answer that does not come.",
        f"echo '127.0.1.1 {name}' >>/etc/hosts",
    )
