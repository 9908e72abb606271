"""The kernel lets services have users of their own."""

from kit.checks.check import Group, server_check
from kit.checks.facts import Facts
from kit.checks.result import Result, ok, skipped, warning


@server_check("User namespaces", Group.SYSTEM)
def user_namespaces(facts: Facts) -> Result:
    """A warning where they are switched off."""
    found = facts.number("userns")
    if found is None:
        return skipped("not told")
    if found > 0:
        return ok(f"up to {found}")
    return warning(
        "user.max_user_namespaces = 0",
        "User namespaces are switched off, so the sandbox of the apps' services is weaker.",
        "sysctl -w user.max_user_namespaces=10000   # and in /etc/sysctl.d/",
    )
