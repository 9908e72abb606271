"""The region's servers reach each other."""

from kit.checks.check import Group, server_check
from kit.checks.endpoints import joined, tried
from kit.checks.facts import Facts
from kit.checks.result import Result, fault, ok, skipped


@server_check("Other servers", Group.NETWORK)
def peers(facts: Facts) -> Result:
    """A fault where this one cannot reach another by the address in the profile."""
    if not facts.target.split:
        return ok("there are none")
    good, bad = tried(facts, "peers")
    if bad:
        found = ", ".join(joined(one) for one in bad)
        first = bad[0].split()
        return fault(
            f"no connection to {found}",
            "The apps and their database could not talk to each other: a firewall or another network is in between.",
            f"nc -vz {' '.join(first[:2])}",
        )
    return ok(", ".join(good)) if good else skipped("could not be tried")
