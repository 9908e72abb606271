"""The certificate is for the apps' host names."""

from cryptography import x509

from kit.checks.check import Group, region_check
from kit.checks.region import RegionFacts
from kit.checks.result import Result, Where, fault, ok, skipped


def covers(pattern: str, name: str) -> bool:
    """Does a name of a certificate, such as ``*.bandung.go.id``, stand for *name*? A star is exactly one label."""
    if pattern.startswith("*."):
        return name.partition(".")[2] == pattern[2:].lower() and bool(name.partition(".")[0])
    return pattern.lower() == name


@region_check("Names in it", Group.CERTIFICATE)
def certificate_names(facts: RegionFacts) -> Result:
    """A fault that names the host names it does not cover."""
    if facts.certificate is None:
        return ok("made for the profile's names")
    if not facts.certificate.chain:
        return skipped("the files cannot be read")
    try:
        extension = facts.certificate.chain[0].extensions.get_extension_for_class(x509.SubjectAlternativeName)
        patterns = extension.value.get_values_for_type(x509.DNSName)
    except x509.ExtensionNotFound:
        patterns = []
    missing = [name for name in facts.target.names if not any(covers(pattern, name) for pattern in patterns)]
    if not missing:
        return ok(", ".join(patterns))
    return fault(
        f"for {', '.join(patterns) or 'no host name'}; not for {', '.join(missing)}",
        "Browsers warn everybody off names that are not in the certificate. A star stands for one label only.",
        "Ask the authority for one with these names, or change net.base_url in region.yml",
        Where.PERSON,
    )
