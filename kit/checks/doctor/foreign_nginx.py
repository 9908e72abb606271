"""No nginx with sites of others is on the server."""

from kit.checks.check import Group, server_check
from kit.checks.facts import Facts
from kit.checks.result import Result, fault, note, ok

_HARMLESS = {"default"}


@server_check("nginx of others", Group.SOFTWARE, role="web")
def foreign_nginx(facts: Facts) -> Result:
    """A fault that names enabled sites the kit did not make."""
    if facts.owned("nginx"):
        return ok("the kit's own")
    if "nginx" not in facts.services() and not facts.lines("nginx"):
        return ok("none")
    listed = [line.strip() for line in facts.lines("nginx") if not line.startswith("/")]
    sites = [name for name in listed if name not in _HARMLESS and not name.startswith("kit-")]
    if not sites:
        return note("nginx without sites of its own", "Setup takes it over.")
    return fault(
        f"sites {', '.join(sites[:6])}",
        "These sites are not the kit's. Setup replaces nginx's configuration, and they would be gone.",
        f"rm /etc/nginx/sites-enabled/{sites[0]}   # if nobody needs it; else move it to another server",
    )
