"""A server that ran everything, and is now for the apps only, does not keep the databases to itself."""

from kit.checks.check import Group, server_check
from kit.checks.facts import Facts
from kit.checks.result import Result, Where, fault, ok


@server_check("Databases left behind", Group.SOFTWARE, role="web")
def databases_left(facts: Facts) -> Result:
    """A fault where databases of the apps are on a server that the profile does not name as theirs any more."""
    if facts.server.has("db"):
        return ok("the databases are to be here")
    here = {line.partition("|")[0] for line in facts.lines("databases")}
    left = [app for app in facts.target.apps if app in here]
    if not left:
        return ok("none")
    return fault(
        f"{', '.join(left)} on {facts.server.name}",
        "The profile now has the databases on another server. Setup would make empty ones there, and lead the apps to "
        "them: what people entered would stay behind.",
        "Take them along first: docs/servers.md, “From one server to several”.",
        Where.PERSON,
    )
