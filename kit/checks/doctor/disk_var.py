"""There is room for data, logs and backups."""

from kit.checks.check import Group, server_check
from kit.checks.disks import room
from kit.checks.facts import Facts
from kit.checks.result import Result


@server_check("Disk /var", Group.STORAGE)
def disk_var(facts: Facts) -> Result:
    """GiB free on /var: a fault below 2, a warning below 10. The database and uploaded files grow there."""
    return room(facts, "/var", least=2, comfortable=10, why="The database, uploaded files and logs grow there.")
