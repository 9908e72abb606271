"""The certificate is valid, and will be for a while."""

from kit.checks.check import Group, region_check
from kit.checks.region import RegionFacts
from kit.checks.result import Result, Where, fault, ok, skipped, warning

_SOON = 30


@region_check("Validity", Group.CERTIFICATE)
def certificate_lasts(facts: RegionFacts) -> Result:
    """A fault where it is not valid today, a warning where it ends within 30 days."""
    if facts.certificate is None:
        return ok("renewed by the kit")
    if not facts.certificate.chain:
        return skipped("the files cannot be read")
    leaf = facts.certificate.chain[0]
    start, end = leaf.not_valid_before_utc, leaf.not_valid_after_utc
    days = (end - facts.now).days
    renew = f"Ask the authority for a new one, put it in place of the old, then: kit setup {facts.target.region}"
    if facts.now < start:
        return fault(
            f"valid from {start:%Y-%m-%d}",
            "It is not valid yet; or this machine's clock is wrong.",
            renew,
            Where.PERSON,
        )
    if facts.now >= end:
        return fault(f"ended on {end:%Y-%m-%d}", "Browsers warn everybody off.", renew, Where.PERSON)
    if days < _SOON:
        return warning(
            f"{days} days, to {end:%Y-%m-%d}",
            "It ends soon, and browsers then warn everybody off.",
            renew,
            Where.PERSON,
        )
    return ok(f"{days} days, to {end:%Y-%m-%d}")
