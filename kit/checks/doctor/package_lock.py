"""Nobody else is installing packages."""

from kit.checks.check import Group, server_check
from kit.checks.facts import Facts
from kit.checks.result import Result, fault, ok, skipped


@server_check("Package lock", Group.PACKAGES)
def package_lock(facts: Facts) -> Result:
    """A fault that names who holds apt's or dpkg's lock."""
    if not facts.as_root:
        return skipped("needs sudo to see")
    found = facts.lines("holders")
    if not found:
        return ok("free")
    pid, _, command = found[0].partition(" ")
    name = command.strip()[:80] or "a process"
    if "unattended-upgr" in name or "apt.systemd.daily" in name:
        cause = "The server is installing security updates by itself. That ends on its own, usually within minutes."
        return fault(
            f"held by {name} (pid {pid})", cause, f"tail --pid={pid} -f /dev/null   # waits until it has ended"
        )
    return fault(
        f"held by {name} (pid {pid})",
        "Someone else is installing packages on this server, or a run of theirs hangs.",
        f"ps -fp {pid}; tail --pid={pid} -f /dev/null   # waits until it has ended",
    )
