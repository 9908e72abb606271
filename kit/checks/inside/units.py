"""Everything that must run does, and starts again with the server."""

from kit.checks.check import Group, server_check
from kit.checks.facts import Facts
from kit.checks.result import Result, fault, ok

_ENABLED = {"enabled", "static", "indirect", "generated"}


@server_check("Units", Group.APPS)
def units(facts: Facts) -> Result:
    """A fault for each socket, service or timer that is down or not enabled, whose last run failed, or that failed."""
    bad, seen = [], 0
    for line in facts.lines("units"):
        name, state, third = [*line.split(), "", ""][:3]
        seen += 1
        if third == "last":
            bad += [f"{name}: its last run ended with {state}"] if state != "success" else []
        elif state != "active":
            bad.append(f"{name} is {state or 'unknown'}")
        elif third not in _ENABLED:
            bad.append(f"{name} is {third}")
    known = " ".join(bad)
    failed = [line.split()[0] for line in facts.lines("failed")]
    bad += [f"{name} has failed" for name in failed if name not in known]
    if not bad:
        return ok(f"{seen} as they should be")
    unit = bad[0].split(" ")[0].removesuffix(":")
    return fault(
        "; ".join(bad), "What does not run does not serve.", f"systemctl status '{unit}'; journalctl -u '{unit}' -n 50"
    )
