"""Under a name that is not the region's, nothing is served."""

import ssl

from kit.checks.result import Result, fault, ok
from kit.checks.site import Site, Unanswered, site_check


@site_check("Unknown name")
def unknown_name(site: Site) -> Result:
    """A fault where the server answers a request under a foreign name."""
    context = ssl.create_default_context()
    context.check_hostname = False
    context.verify_mode = ssl.CERT_NONE
    try:
        with site.connect(context, "unknown.invalid") as sock:
            sock.sendall(b"GET / HTTP/1.1\r\nHost: unknown.invalid\r\nConnection: close\r\n\r\n")
            told = sock.recv(200)
    except (Unanswered, OSError):
        told = b""
    if not told:
        return ok("not answered")
    first = told.split(b"\r\n")[0].decode(errors="replace")
    return fault(f"answers {first}", "Another site of the server leaks.", "nginx -T | grep -n default_server")
