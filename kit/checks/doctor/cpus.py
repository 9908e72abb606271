"""The server has processors enough."""

from kit.checks.check import Group, server_check
from kit.checks.facts import Facts
from kit.checks.result import Result, Where, note, ok, skipped


@server_check("Processors", Group.MACHINE)
def cpus(facts: Facts) -> Result:
    """A note with a single one."""
    found = facts.number("cpus")
    if found is None:
        return skipped("not told")
    if found > 1:
        return ok(str(found))
    return note(
        "1",
        "One person's large export then slows everyone.",
        "Give the virtual machine a second processor.",
        Where.PERSON,
    )
