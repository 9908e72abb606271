"""The memory is not used up by something else."""

from kit.checks.check import Group, server_check
from kit.checks.facts import Facts
from kit.checks.result import Result, ok, skipped, warning

_LEAST = 500


@server_check("Available memory", Group.MACHINE)
def memory_free(facts: Facts) -> Result:
    """A warning where less than 500 MiB is available on a server that has more than a gigabyte."""
    total, found = facts.memory("MemTotal"), facts.memory("MemAvailable")
    if total is None or found is None:
        return skipped("not told")
    if found >= _LEAST or total < 2 * _LEAST or facts.owned("web") or facts.owned("postgresql"):
        return ok(f"{found} MiB")
    return warning(
        f"{found} of {total} MiB",
        "Something else on this server uses nearly all memory.",
        "ps -eo rss,comm --sort=-rss | head",
    )
