"""The apps' host names have an address for the server too: apps link to and call each other by name."""

from kit.checks.check import Group, server_check
from kit.checks.facts import Facts
from kit.checks.result import Result, ok, skipped, warning


@server_check("Host names, seen from it", Group.NETWORK, role="web")
def names_from_server(facts: Facts) -> Result:
    """A warning that names those without one."""
    if "names" not in facts.sections:
        return skipped("could not be tried")
    found = {line.split()[0]: line.split()[1:] for line in facts.lines("names")}
    missing = [name for name in facts.target.names if not found.get(name)]
    if not missing:
        return ok(", ".join(facts.target.names) or "none in the profile")
    return warning(
        f"no address for {', '.join(missing)}",
        "The name servers of this server do not know the apps' names.",
        f"getent hosts {missing[0]}; cat /etc/resolv.conf",
    )
