"""The file systems can take many small files."""

from kit.checks.check import Group, server_check
from kit.checks.facts import Facts
from kit.checks.result import Result, fault, ok, skipped

_LEAST = 60_000


@server_check("Inodes", Group.STORAGE)
def inodes(facts: Facts) -> Result:
    """A fault where / or /var has fewer than 60,000 free: each release has 20,000 files."""
    found = {}
    for line in facts.lines("inodes")[1:]:
        cells = line.split()
        if len(cells) > 5 and cells[3].isdigit() and cells[1] != "0":
            found[cells[5]] = int(cells[3])
    if not found:
        return skipped("this file system has no fixed number")
    where, free = min(found.items(), key=lambda item: item[1])
    if free >= _LEAST:
        return ok(f"{free:,} free on {where}")
    return fault(
        f"{free:,} free on {where}",
        "No more files can be made though there is room: a release has 20,000 of them.",
        f"du --inodes -x {where} 2>/dev/null | sort -n | tail -n 15",
    )
