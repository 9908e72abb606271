"""Python packages can be fetched."""

from kit.checks.check import Group, server_check
from kit.checks.endpoints import tried
from kit.checks.facts import Facts
from kit.checks.result import Result, ok, skipped, warning


@server_check("Python packages", Group.PACKAGES, role="web")
def pip_index(facts: Facts) -> Result:
    """A warning where the index cannot be reached the way apt reaches its sources: pip may know another way."""
    good, bad = tried(facts, "pip")
    if bad:
        return warning(
            f"no answer from {bad[0].split()[0]}",
            "Setup fetches the apps' Python packages with this server's pip, and would stop there unless pip has a way "
            "of its own (a proxy in /etc/pip.conf).",
            "printf '[global]\\nindex-url = https://MIRROR/simple\\n' >/etc/pip.conf   # a mirror this server reaches",
        )
    return ok(good[0]) if good else skipped("could not be tried")
