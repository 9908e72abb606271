"""Certificate and key belong together."""

from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from kit.checks.check import Group, region_check
from kit.checks.region import RegionFacts
from kit.checks.result import Result, Where, fault, ok, skipped


@region_check("Certificate and key", Group.CERTIFICATE)
def certificate_pair(facts: RegionFacts) -> Result:
    """A fault where the key is another certificate's."""
    found = facts.certificate
    if found is None:
        return ok("made at setup")
    if not found.chain or found.key is None:
        return skipped("the files cannot be read")
    form = (Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
    if found.chain[0].public_key().public_bytes(*form) == found.key.public_key().public_bytes(*form):
        return ok("belong together")
    return fault(
        f"{facts.target.certificate_key} is not the key of {facts.target.certificate}",
        "nginx would refuse to start. Often the key is last year's, or the first certificate in the file is "
        "the authority's and not the region's.",
        f"openssl x509 -noout -pubkey -in {facts.target.certificate}; "
        f"openssl pkey -pubout -in {facts.target.certificate_key}   # must be equal",
        Where.HERE,
    )
