"""The server runs the kernel and libraries that are installed."""

from kit.checks.check import Group, server_check
from kit.checks.facts import Facts
from kit.checks.result import Result, ok, warning


@server_check("Restart pending", Group.PACKAGES)
def reboot_pending(facts: Facts) -> Result:
    """A warning where an update waits for a restart."""
    if "reboot" not in facts.sections:
        return ok("no")
    names = sorted({line for line in facts.lines("reboot") if not line.startswith("***")})
    return warning(
        ", ".join(names[:5]) or "yes",
        "An update takes effect only after a restart; better now than with citizens in the apps.",
        "systemctl reboot",
    )
