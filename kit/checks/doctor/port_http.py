"""Port 80 is free for nginx, or nginx has it already."""

from kit.checks.check import Group, server_check
from kit.checks.facts import Facts
from kit.checks.ports import judge
from kit.checks.result import Result


@server_check("Port 80", Group.NETWORK, role="web")
def port_http(facts: Facts) -> Result:
    """A fault where another program listens on it."""
    return judge(facts, 80, "nginx", "nginx could not start, and the apps would not be reachable.")
