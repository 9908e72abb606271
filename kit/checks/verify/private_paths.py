"""Files that are nobody's business are not served."""

from kit.checks.result import Result, fault, ok
from kit.checks.site import Site, site_check

_PRIVATE = ("/.git/config", "/.env", "/media/", "/manage.py", "/static/../config/settings.py")


@site_check("Private paths")
def private_paths(site: Site) -> Result:
    """A fault where one of them comes."""
    served = [path for path in _PRIVATE if site.get(site.path(path)).status == 200]
    if not served:
        return ok(f"{len(_PRIVATE)} refused")
    return fault(
        f"served: {', '.join(served)}", "Strangers can read what they must not.", "nginx -T | grep -nE 'root|alias'"
    )
