"""There is room on the system's disk."""

from kit.checks.check import Group, server_check
from kit.checks.disks import room
from kit.checks.facts import Facts
from kit.checks.result import Result


@server_check("Disk /", Group.STORAGE)
def disk_root(facts: Facts) -> Result:
    """GiB free on /: a fault below 2, a warning below 5. Packages and two releases take about 2."""
    return room(facts, "/", least=2, comfortable=5, why="Packages and two releases of the apps take about 2 GiB.")
