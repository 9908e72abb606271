"""Port 5432 is free for postgresql, or postgresql has it already."""

from kit.checks.check import Group, server_check
from kit.checks.facts import Facts
from kit.checks.ports import judge
from kit.checks.result import Result


@server_check("Port 5432", Group.NETWORK, role="db")
def port_postgresql(facts: Facts) -> Result:
    """A fault where another program listens on it."""
    return judge(
        facts,
        5432,
        "postgresql",
        "PostgreSQL could not start, or would start on another port where the apps do not look.",
    )
