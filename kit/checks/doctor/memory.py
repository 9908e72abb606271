"""There is memory enough for what the server has to do."""

from kit.checks.check import Group, server_check
from kit.checks.facts import Facts
from kit.checks.result import Result, Where, fault, ok, skipped, warning

# A VM sold with 1 GiB shows about 960 MiB; a web or database server alone gets by with less than both together.
_LEAST, _COMFORTABLE = 900, 1800
_LEAST_ONE_ROLE, _COMFORTABLE_ONE_ROLE = 700, 1300


@server_check("Memory", Group.MACHINE)
def memory(facts: Facts) -> Result:
    """MiB in all. A fault below 900 (one role: 700), a warning below 1800 (1300)."""
    found = facts.memory("MemTotal")
    if found is None:
        return skipped("not told")
    both = len(facts.server.roles) > 1
    least, comfortable = (_LEAST, _COMFORTABLE) if both else (_LEAST_ONE_ROLE, _COMFORTABLE_ONE_ROLE)
    if found < least:
        return fault(
            f"{found} MiB",
            f"Three apps and PostgreSQL need at least {least} MiB; with less, the kernel ends one of them at random.",
            "Give the virtual machine 2 GiB of memory or more.",
            Where.PERSON,
        )
    if found < comfortable:
        return warning(
            f"{found} MiB", "Enough to start, too little for the last day of a month.", "Give it 4 GiB.", Where.PERSON
        )
    return ok(f"{found} MiB")
