"""A small server has swap to fall back on."""

from kit.checks.check import Group, server_check
from kit.checks.facts import Facts
from kit.checks.result import Result, note, ok, skipped

_ENOUGH_WITHOUT = 3500


@server_check("Swap", Group.MACHINE)
def swap(facts: Facts) -> Result:
    """A note where a server below 3.5 GiB has none."""
    total, found = facts.memory("MemTotal"), facts.memory("SwapTotal")
    if total is None or found is None:
        return skipped("not told")
    if found or total >= _ENOUGH_WITHOUT or facts.container():
        return ok(f"{found} MiB" if found else "none needed")
    return note(
        f"none, with {total} MiB of memory",
        "A moment of high load then ends a program instead of slowing all down.",
        "fallocate -l 2G /swapfile && chmod 600 /swapfile && mkswap /swapfile && swapon /swapfile",
    )
