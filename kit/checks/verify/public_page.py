"""The page that most visitors come for works without signing in."""

from kit.checks.result import Result, fault, ok
from kit.checks.site import Site, site_check

_PAGES = {"sabilulungan": "/usulan/", "hayu": "/cek/", "erk": "/gambaran-umum/"}


@site_check("Public page")
def public_page(site: Site) -> Result:
    """A fault where the app's public page does not come."""
    path = site.path(_PAGES.get(site.app, "/"))
    reply = site.get(path)
    if reply.status == 200:
        return ok(path)
    return fault(
        f"HTTP {reply.status} for {path}", "Citizens cannot use it.", f"journalctl -u 'kit-{site.app}@*' -n 50"
    )
