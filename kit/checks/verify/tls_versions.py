"""Old versions of TLS are refused, and HTTP/2 is offered."""

import ssl
import warnings

from kit.checks.result import Result, fault, ok
from kit.checks.site import Site, Unanswered, site_check


@site_check("TLS")
def tls_versions(site: Site) -> Result:
    """A fault where TLS 1.0 or 1.1 is accepted, or HTTP/2 is not."""
    context = site.context()
    context.set_alpn_protocols(["h2", "http/1.1"])
    with site.connect(context) as sock:
        version, protocol = sock.version(), sock.selected_alpn_protocol()
    faults = [f"{name} is accepted" for name in ("TLSv1", "TLSv1_1") if _accepts(site, name)]
    if protocol != "h2":
        faults.append("HTTP/2 is not offered")
    if faults:
        return fault(
            ", ".join(faults), "Connections are less safe, or slower.", "nginx -T | grep -nE 'ssl_protocols|http2'"
        )
    return ok(f"{version}, HTTP/2")


def _accepts(site: Site, name: str) -> bool:
    """Does the server speak this version alone? The ciphers of those days are allowed, so that it could."""
    context = site.context()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)
        context.minimum_version = context.maximum_version = ssl.TLSVersion[name]
    context.set_ciphers("ALL:@SECLEVEL=0")
    try:
        site.connect(context).close()
    except Unanswered:
        return False
    return True
