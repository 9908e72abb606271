"""No earlier setup stopped half-way."""

from kit.checks.check import Group, server_check
from kit.checks.facts import Facts
from kit.checks.result import Result, Where, note, ok


@server_check("Earlier setup", Group.EARLIER)
def earlier_run(facts: Facts) -> Result:
    """A note where one did: the same command goes on from there."""
    found = facts.pairs("run")
    state = found.get("state", "")
    if not state:
        return ok("none")
    told = f"{found.get('phase') or 'setup'} of {found.get('since') or 'an unknown time'}, {state}"
    if state == "done":
        return ok(told)
    return note(
        told,
        "An earlier run was cut off or failed. Nothing has to be undone: the same command goes on from there.",
        f"kit setup {facts.target.region}",
        Where.HERE,
    )
