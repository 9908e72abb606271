"""No service of the server has failed."""

from kit.checks.check import Group, server_check
from kit.checks.facts import Facts
from kit.checks.result import Result, ok, warning


@server_check("Failed services", Group.SYSTEM)
def system_state(facts: Facts) -> Result:
    """A warning that names the failed units, or that the server is still starting."""
    failed = [line.replace("●", " ").split()[0] for line in facts.lines("failed")]
    if failed:
        return warning(
            ", ".join(failed),
            "These units have failed; something on this server is broken already.",
            f"systemctl status {' '.join(failed[:3])}",
        )
    if facts.text("state") in {"starting", "initializing", "stopping"}:
        return warning(
            facts.text("state"), "The server is still starting or going down.", "systemctl is-system-running --wait"
        )
    return ok(facts.text("state") or "none")
