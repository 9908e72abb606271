"""Style sheets are kept by browsers for long, and come compressed."""

import re

from kit.checks.result import Result, Where, fault, ok
from kit.checks.site import Site, site_check

_SHEET = re.compile(r'href="([^"]*/static/[^"]+\.css)"')


@site_check("Static files")
def static_files(site: Site) -> Result:
    """A fault where the first page's style sheet is missing, is not kept a year, or comes uncompressed."""
    sheet = _SHEET.search(site.get(site.path("/")).body)
    look = "nginx -T | grep -nE 'gzip|immutable'   # what differs from deploy/web"
    if sheet is None:
        return fault("the first page names no style sheet", "Pages come bare.", f"kit status {site.region}", Where.HERE)
    reply = site.get(sheet[1], accept_encoding="gzip")
    if reply.status != 200:
        return fault(f"HTTP {reply.status} for {sheet[1]}", "Pages come bare.", "ls /opt/kit/live/*/static")
    found = [reply.headers.get("cache-control", "not kept"), reply.headers.get("content-encoding", "not compressed")]
    if "immutable" in found[0] and found[1] == "gzip":
        return ok(", ".join(found))
    return fault(", ".join(found), "Pages are slow on weak connections.", look)
