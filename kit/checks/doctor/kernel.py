"""The kernel has what the services' sandbox needs."""

import re

from kit.checks.check import Group, server_check
from kit.checks.facts import Facts
from kit.checks.result import Result, fault, ok, skipped

_LEAST = (5, 10)


@server_check("Kernel", Group.SYSTEM)
def kernel(facts: Facts) -> Result:
    """A fault before 5.10."""
    found = re.match(r"(\d+)\.(\d+)", facts.text("kernel"))
    if not found:
        return skipped("not told")
    if (int(found[1]), int(found[2])) >= _LEAST:
        return ok(facts.text("kernel"))
    return fault(
        facts.text("kernel"),
        "The kernel is older than 5.10; on a rented container it is the landlord's.",
        "apt full-upgrade && systemctl reboot   # or ask the provider for a virtual machine",
    )
