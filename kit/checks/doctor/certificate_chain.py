"""The certificate file holds the authority's certificates too."""

from itertools import pairwise

from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm

from kit.checks.check import Group, region_check
from kit.checks.region import RegionFacts
from kit.checks.result import Result, Where, fault, ok, skipped, warning


@region_check("Chain", Group.CERTIFICATE)
def certificate_chain(facts: RegionFacts) -> Result:
    """A warning where intermediate certificates are missing, a fault where they are in the wrong order."""
    if facts.certificate is None:
        return ok("made at setup")
    chain = facts.certificate.chain
    if not chain:
        return skipped("the files cannot be read")
    for below, above in pairwise(chain):
        try:
            below.verify_directly_issued_by(above)
        except (InvalidSignature, ValueError, TypeError, UnsupportedAlgorithm):
            return fault(
                f"{above.subject.rfc4514_string()} did not issue {below.subject.rfc4514_string()}",
                "The certificates in the file are in the wrong order, or one is missing between them.",
                "cat region.crt intermediate.crt >full.crt   # the region's own first, each followed by its issuer",
                Where.HERE,
            )
    if len(chain) == 1 and chain[0].issuer != chain[0].subject:
        return warning(
            "the region's certificate alone",
            "Phones do not fetch the authority's intermediate certificate by themselves and refuse the connection.",
            f"cat {facts.target.certificate} intermediate.crt >full.crt   # and name full.crt in the profile",
            Where.HERE,
        )
    return ok(f"{len(chain)} certificates" if len(chain) > 1 else "self-signed")
