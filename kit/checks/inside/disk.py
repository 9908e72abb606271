"""There is room on the system's disk."""

from kit.checks.check import Group, server_check
from kit.checks.disks import room
from kit.checks.facts import Facts
from kit.checks.result import Result


@server_check("Disk", Group.STORAGE)
def disk(facts: Facts) -> Result:
    """GiB free on /: a fault below 1, a warning below 4."""
    return room(facts, "/", least=1, comfortable=4, why="A full disk stops the database.")
