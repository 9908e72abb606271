"""The headers that protect visitors are there, each once."""

from kit.checks.result import Result, fault, ok
from kit.checks.site import Site, site_check

_WANTED = {
    "strict-transport-security": "max-age=",
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "content-security-policy": "default-src",
    "referrer-policy": "same-origin",
}


@site_check("Security headers")
def security_headers(site: Site) -> Result:
    """A fault for each header that is missing or says something else."""
    headers = site.get(site.path("/")).headers
    missing = [name for name, value in _WANTED.items() if value not in headers.get(name, "")]
    if not missing:
        return ok(f"{len(_WANTED)} as they should be")
    return fault(
        f"missing or different: {', '.join(missing)}",
        "Browsers protect visitors less than they could.",
        "grep -rn add_header /etc/nginx   # what differs from deploy/web/headers.conf",
    )
