"""Python packages can be fetched, where the profile says that the servers have the Internet."""

from kit.checks.check import Group, server_check
from kit.checks.endpoints import tried
from kit.checks.facts import Facts
from kit.checks.result import Result, Where, ok, skipped, warning


@server_check("Python packages", Group.PACKAGES, role="web")
def pip_index(facts: Facts) -> Result:
    """A warning where the index cannot be reached: setup then brings the packages along."""
    if facts.target.offline:
        return ok("come with the kit (net.offline)")
    good, bad = tried(facts, "pip")
    if bad:
        return warning(
            f"no answer from {bad[0].split()[0]}",
            "The profile says net.offline: false, and this server reaches no index of Python packages.",
            "net.offline: true in region.yml, or index-url in /etc/pip.conf",
            Where.PROFILE,
        )
    return ok(good[0]) if good else skipped("could not be tried")
