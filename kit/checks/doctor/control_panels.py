"""No hosting panel manages the server."""

from kit.checks.check import Group, server_check
from kit.checks.facts import Facts
from kit.checks.result import Result, Where, fault, ok

_PANELS = {
    "cpsrvd": "cPanel",
    "cpanel": "cPanel",
    "psa": "Plesk",
    "sw-engine": "Plesk",
    "webmin": "Webmin",
    "usermin": "Webmin",
    "hestia": "Hestia",
    "vesta": "Vesta",
    "lscpd": "CyberPanel",
    "bt": "aaPanel",
    "directadmin": "DirectAdmin",
}


@server_check("Hosting panel", Group.SOFTWARE)
def control_panels(facts: Facts) -> Result:
    """A fault where one runs: it would rewrite what setup writes."""
    found = sorted({panel for service, panel in _PANELS.items() if service in facts.services()})
    if not found:
        return ok("none")
    return fault(
        ", ".join(found),
        "A hosting panel manages this server and rewrites the configuration of nginx, PostgreSQL and the firewall.",
        "Use a server without a panel.",
        Where.PERSON,
    )
