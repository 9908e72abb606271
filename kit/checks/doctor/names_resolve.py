"""The apps' host names point to the servers, as the operator's machine sees it."""

from kit.checks.check import Group, region_check
from kit.checks.region import RegionFacts
from kit.checks.result import Result, Where, fault, ok, warning


@region_check("Host names", Group.NAMES)
def names_resolve(facts: RegionFacts) -> Result:
    """Names without an address: a fault with ACME (no certificate comes about), else a warning, as for wrong ones."""
    missing = [name for name in facts.target.names if not facts.addresses.get(name)]
    if missing:
        say = fault if facts.target.tls_mode == "acme" else warning
        records = "; ".join(f"{name} A {facts.target.servers[0].address}" for name in missing)
        return say(
            f"no address for {', '.join(missing)}",
            "Nobody finds the apps by their names yet, and no certificate can be had by ACME.",
            f"Ask who runs the domain to add: {records}",
            Where.PERSON,
        )
    elsewhere = [
        f"{name} → {', '.join(facts.addresses[name])}"
        for name in facts.target.names
        if not facts.server_addresses & set(facts.addresses[name])
    ]
    if elsewhere:
        return warning(
            "; ".join(elsewhere),
            "These names lead to an address that is none of the servers' own. That is right if a router or proxy "
            "forwards it, and wrong if they still lead to an old server.",
            f"Compare with the servers' addresses: {', '.join(sorted(facts.server_addresses)) or 'unknown'}",
            Where.PERSON,
        )
    return ok(", ".join(facts.target.names))
