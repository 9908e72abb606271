"""Whoever comes without encryption is led to HTTPS."""

from kit.checks.result import Result, fault, ok
from kit.checks.site import Site, site_check


@site_check("HTTPS only")
def https_only(site: Site) -> Result:
    """A fault where port 80 serves anything but the way to the same page over HTTPS."""
    reply = site.get_plain("/some/page?a=1")
    wanted = f"https://{site.host}/some/page?a=1"
    if reply.status in (301, 308) and reply.headers.get("location") == wanted:
        return ok("led to HTTPS")
    return fault(
        f"HTTP {reply.status}, {reply.headers.get('location', 'no other address')}",
        "Passwords could go over the network in the open.",
        "nginx -T | grep -n 'listen 80'   # another site may have taken the port",
    )
