"""The app says that it is well."""

import json

from kit.checks.result import Result, fault, ok
from kit.checks.site import Site, site_check


@site_check("Health")
def health(site: Site) -> Result:
    """A fault where /healthz does not say ok, or says another version than the release that was deployed."""
    reply = site.get(site.path("/healthz"))
    try:
        said = json.loads(reply.body)
    except ValueError:
        said = None
    if reply.status == 200 and isinstance(said, dict) and said.get("status") == "ok":
        version = str(said.get("version", "not told"))
        if site.version and version != site.version:
            return fault(
                f"version {version}, deployed is {site.version}",
                "Visitors are served by another release than the one that was deployed.",
                "nginx -t && systemctl reload nginx; ls -l /opt/kit/live",
            )
        return ok(f"ok, version {version}")
    return fault(
        f"HTTP {reply.status}: {reply.body[:120]}",
        "The app runs and cannot serve, or does not run.",
        f"journalctl -u 'kit-{site.app}@*' -n 50",
    )
