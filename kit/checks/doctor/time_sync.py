"""Something keeps the clock right."""

from kit.checks.check import Group, server_check
from kit.checks.facts import Facts
from kit.checks.result import Result, note, ok, skipped

_KEEPERS = ("systemd-timesyncd", "chrony", "chronyd", "ntp", "ntpd", "ntpsec", "openntpd", "qemu-guest-agent")


@server_check("Time synchronisation", Group.CLOCK)
def time_sync(facts: Facts) -> Result:
    """A note where nothing does: setup installs it."""
    if facts.container():
        return skipped("a container has the clock of its host")
    found = facts.pairs("sync")
    running = [name for name in _KEEPERS if name in facts.services()]
    if running and found.get("NTPSynchronized") == "yes":
        return ok(f"{running[0]}, synchronized")
    if running:
        return note(
            f"{running[0]} runs but has not reached a time server",
            "Without the Internet it needs a time server of the region's network.",
            "timedatectl timesync-status; then NTP=… in /etc/systemd/timesyncd.conf",
        )
    return note("no time service runs", "Setup installs one.", "apt install systemd-timesyncd")
