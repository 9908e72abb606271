"""The apps' management commands run, in the sandbox and with the credentials of the apps."""

from kit.checks.check import Group, server_check
from kit.checks.facts import Facts
from kit.checks.inside.told import silent
from kit.checks.result import Result, fault, ok


@server_check("Commands", Group.APPS, once=True)
def answers(facts: Facts) -> Result:
    """A fault where an app's own examination could not be run: then timers cannot run either."""
    broken = silent(facts)
    if not broken:
        return ok(f"{len(facts.target.apps)} apps answer")
    return fault(
        "; ".join(broken),
        "Commands of the app cannot be run, so neither can its timers.",
        "journalctl -u 'kit-*-manage-*' -n 50",
    )
