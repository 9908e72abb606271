"""The certificate that visitors get lasts."""

import ssl
import time

from kit.checks.result import Result, Where, ok, warning
from kit.checks.site import Site, site_check

_SOON = 30
_DAY = 86_400


@site_check("Certificate")
def certificate_days(site: Site) -> Result:
    """A warning where it ends within 30 days; one that ended is refused before."""
    with site.connect(site.context()) as sock:
        told = sock.getpeercert() or {}
    days = int((ssl.cert_time_to_seconds(str(told["notAfter"])) - time.time()) // _DAY)
    if days >= _SOON:
        return ok(f"{days} days")
    cause = "It ends soon, and browsers then warn everybody off."
    return warning(f"{days} days", cause, f"kit setup {site.region}", Where.HERE)
