"""No other web server is on the server."""

from kit.checks.check import Group, server_check
from kit.checks.facts import Facts
from kit.checks.result import Result, fault, ok

_KNOWN = ("apache2", "httpd", "caddy", "lighttpd", "haproxy", "traefik", "litespeed", "lshttpd", "tomcat9", "tomcat10")


@server_check("Other web servers", Group.SOFTWARE, role="web")
def foreign_web_servers(facts: Facts) -> Result:
    """A fault that names a running one, with Apache's sites."""
    running = [name for name in _KNOWN if name in facts.services()]
    if not running:
        return ok("none")
    sites = [line.strip().removesuffix(".conf") for line in facts.lines("apache")]
    shown = f" with sites {', '.join(sites[:6])}" if sites and "apache2" in running else ""
    return fault(
        f"{', '.join(running)} runs{shown}",
        "It serves web pages on this server already; nginx could not take its ports.",
        f"systemctl disable --now {running[0]}   # if nobody needs it; else move it to another server",
    )
