"""No package that setup needs is held back."""

from kit.checks.check import Group, server_check
from kit.checks.facts import Facts
from kit.checks.result import Result, ok, warning


@server_check("Held packages", Group.PACKAGES)
def packages_held(facts: Facts) -> Result:
    """A warning that names packages someone has forbidden to upgrade."""
    found = [line.strip() for line in facts.lines("held")]
    if not found:
        return ok("none")
    return warning(
        ", ".join(found[:8]),
        "Someone has forbidden upgrades of these packages; they get no security updates, and others may not install.",
        f"apt-mark unhold {' '.join(found[:8])}",
    )
