"""The app says that it is well."""

import json

from kit.checks.result import Result, fault, ok
from kit.checks.site import Site, site_check


@site_check("Health")
def health(site: Site) -> Result:
    """A fault where /healthz does not say ok."""
    reply = site.get(site.path("/healthz"))
    try:
        said = json.loads(reply.body)
    except ValueError:
        said = None
    if reply.status == 200 and isinstance(said, dict) and said.get("status") == "ok":
        return ok(f"ok, version {said.get('version', 'not told')}")
    return fault(
        f"HTTP {reply.status}: {reply.body[:120]}",
        "The app runs and cannot serve, or does not run.",
        f"journalctl -u 'kit-{site.app}@*' -n 50",
    )
