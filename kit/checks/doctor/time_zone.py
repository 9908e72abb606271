"""The server is in the region's time zone."""

from kit.checks.check import Group, server_check
from kit.checks.facts import Facts
from kit.checks.result import Result, note, ok, skipped


@server_check("Time zone", Group.CLOCK)
def time_zone(facts: Facts) -> Result:
    """A note where it is in another one: setup changes it, and logs jump by hours then."""
    found = facts.lines("zone")
    if not found:
        return skipped("not told")
    zone = found[0].partition("/zoneinfo/")[2] or found[-1]
    if zone == facts.target.time_zone:
        return ok(zone)
    return note(
        f"{zone}, and the profile says {facts.target.time_zone}",
        "Setup changes it; logs and timers then go by the region's time.",
        f"timedatectl set-timezone {facts.target.time_zone}",
    )
