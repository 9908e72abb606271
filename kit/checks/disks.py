"""Room on a file system, for the checks that ask for it."""

from kit.checks.facts import Facts
from kit.checks.result import Result, fault, ok, skipped, warning

_KIB_A_GIB = 1024 * 1024


def free(facts: Facts, where: str) -> float | None:
    """GiB that can still be written on the file system that holds *where*, one of those the probe asks for."""
    lines = facts.lines("disks")[1:]
    by_mount = {cells[5]: cells for line in lines if len(cells := line.split()) > 5}
    row = by_mount.get(where) or by_mount.get("/", [])
    return int(row[3]) / _KIB_A_GIB if row and row[3].isdigit() else None


def room(facts: Facts, where: str, *, least: float, comfortable: float, why: str) -> Result:
    """Judge the room at *where* in GiB."""
    found = free(facts, where)
    if found is None:
        return skipped("not told")
    evidence = f"{found:.1f} GiB free"
    look = f"du -xh --max-depth=2 {where} 2>/dev/null | sort -h | tail -n 15; apt clean; journalctl --vacuum-size=200M"
    if found < least:
        return fault(evidence, f"{why} With less than {least:g} GiB setup would stop half-way.", look)
    if found < comfortable:
        return warning(evidence, f"{why} It is enough to start with.", look)
    return ok(evidence)
