"""The disk is fast enough for a database."""

from kit.checks.check import Group, server_check
from kit.checks.facts import Facts
from kit.checks.result import Result, Where, note, ok, skipped


@server_check("Kind of disk", Group.STORAGE, role="db")
def disk_speed(facts: Facts) -> Result:
    """A note where all disks of a physical machine turn; virtual disks do not say what they are."""
    if facts.text("virtual") not in {"", "none"}:
        return skipped("a virtual machine does not show it")
    found = {
        line.split()[0].split("/")[3]: line.split()[1] for line in facts.lines("rotational") if len(line.split()) > 1
    }
    if not found:
        return skipped("not told")
    if "0" in found.values():
        return ok("has an SSD")
    return note(
        f"{', '.join(sorted(found))} spinning",
        "PostgreSQL waits for the disk at every approval; on spinning disks many at once take long.",
        "Put /var/lib/postgresql on an SSD.",
        Where.PERSON,
    )
