"""The processor is one that Python packages are built for."""

from kit.checks.check import Group, server_check
from kit.checks.facts import Facts
from kit.checks.result import Result, Where, fault, ok, skipped


@server_check("Architecture", Group.SYSTEM)
def architecture(facts: Facts) -> Result:
    """A fault unless it is 64-bit x86 or ARM."""
    found = facts.text("machine")
    if not found:
        return skipped("not told")
    if found in {"x86_64", "aarch64"}:
        return ok(found)
    return fault(
        found,
        "The apps' packages exist for 64-bit x86 and ARM only.",
        "Use a server of x86_64 or aarch64.",
        Where.PERSON,
    )
