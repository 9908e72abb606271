"""From here, exactly the declared ports can be reached."""

from kit.checks.check import Group, server_check
from kit.checks.facts import Facts
from kit.checks.result import Result, fault, ok


@server_check("Ports", Group.SECURITY)
def ports(facts: Facts) -> Result:
    """A fault for an open port the profile does not declare, and for a declared one that is closed."""
    wanted = {facts.server.port} | ({80, 443} if facts.server.has("web") else set())
    more, less = sorted(facts.open_ports - wanted), sorted(wanted - facts.open_ports)
    if not more and not less:
        return ok(f"{', '.join(map(str, sorted(wanted)))} open, {facts.tried_ports} tried")
    found = [f"{port} is open" for port in more] + [f"{port} is closed" for port in less]
    return fault(
        ", ".join(found),
        "Nothing may be reached that the profile does not name, and everything it names must be.",
        "nft list table inet kit; ss -ltnp",
    )
