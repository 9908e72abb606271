"""The server is not busy with something else."""

from kit.checks.check import Group, server_check
from kit.checks.facts import Facts
from kit.checks.result import Result, ok, skipped, warning

_PER_CPU = 4.0


@server_check("Load", Group.MACHINE)
def load(facts: Facts) -> Result:
    """A warning where the mean of 5 minutes is above 4 a processor."""
    found = facts.text("load").split()
    if facts.container():
        return skipped("a container shows the load of its host")
    if len(found) < 2:
        return skipped("not told")
    mean, cpus = float(found[1]), facts.number("cpus") or 1
    if mean <= _PER_CPU * cpus:
        return ok(f"{mean:.1f} on {cpus} processors")
    return warning(
        f"{mean:.1f} on {cpus} processors", "Something keeps this server fully busy.", "top -b -n 1 | head -n 15"
    )
