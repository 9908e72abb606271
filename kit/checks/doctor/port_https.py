"""Port 443 is free for nginx, or nginx has it already."""

from kit.checks.check import Group, server_check
from kit.checks.facts import Facts
from kit.checks.ports import judge
from kit.checks.result import Result


@server_check("Port 443", Group.NETWORK, role="web")
def port_https(facts: Facts) -> Result:
    """A fault where another program listens on it."""
    return judge(facts, 443, "nginx", "nginx could not start, and the apps would not be reachable.")
