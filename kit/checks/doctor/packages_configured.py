"""No package is half installed."""

import re

from kit.checks.check import Group, server_check
from kit.checks.facts import Facts
from kit.checks.result import Result, fault, ok


@server_check("Package state", Group.PACKAGES)
def packages_configured(facts: Facts) -> Result:
    """A fault that names the packages an interrupted installation left."""
    found = re.findall(r"^ (\S+)", facts.sections.get("audit", ""), re.MULTILINE)
    if not facts.lines("audit"):
        return ok("all configured")
    names = ", ".join(found[:8]) or facts.lines("audit")[0]
    return fault(
        names,
        "An installation was interrupted; until it is finished apt refuses every other one.",
        "dpkg --configure -a && apt-get -f install",
    )
