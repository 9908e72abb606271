"""The certificate and its key are there and readable."""

from kit.checks.check import Group, region_check
from kit.checks.region import RegionFacts
from kit.checks.result import Result, Where, fault, ok


@region_check("Files", Group.CERTIFICATE)
def certificate_files(facts: RegionFacts) -> Result:
    """A fault that says what is wrong with either file; nothing to do unless the certificate is provided."""
    found = facts.certificate
    if found is None:
        return ok(f"made at setup ({facts.target.tls_mode})")
    troubles = [trouble for trouble in (found.trouble, found.key_trouble) if trouble]
    if not troubles:
        return ok(f"{facts.target.certificate}, {facts.target.certificate_key}")
    return fault(
        "; ".join(troubles),
        "nginx needs the certificate with its chain, and its key without a password, both as PEM text.",
        "openssl pkcs12 -in FILE.pfx -nodes -out region.pem   # if you were given a .pfx file; then part it",
        Where.HERE,
    )
