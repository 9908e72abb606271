"""The first page comes, with the region's name."""

from kit.checks.result import Result, fault, ok
from kit.checks.site import Site, site_check


@site_check("First page")
def home_page(site: Site) -> Result:
    """A fault where it does not come or names another region."""
    reply = site.get(site.path("/"))
    if reply.status == 200 and site.region_name in reply.body:
        return ok(f"names {site.region_name}")
    found = f"HTTP {reply.status}" if reply.status != 200 else f"does not name {site.region_name}"
    return fault(found, "Visitors do not find the region's app here.", f"journalctl -u 'kit-{site.app}@*' -n 50")
