"""There is enough randomness for keys."""

from kit.checks.check import Group, server_check
from kit.checks.facts import Facts
from kit.checks.result import Result, ok, skipped, warning

_LEAST = 200


@server_check("Entropy", Group.SYSTEM)
def entropy(facts: Facts) -> Result:
    """A warning below 200 bits."""
    found = facts.number("entropy")
    if found is None:
        return skipped("not told")
    if found >= _LEAST:
        return ok(f"{found} bits")
    return warning(
        f"{found} bits",
        "Making keys may hang, as on virtual machines without a source of randomness.",
        "apt install rng-tools5   # or give the virtual machine a virtio-rng device",
    )
