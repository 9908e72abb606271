"""The disks can be written to."""

from kit.checks.check import Group, server_check
from kit.checks.facts import Facts
from kit.checks.result import Result, fault, ok, skipped

_NEEDED = ("/", "/var", "/etc", "/opt", "/usr", "/home")


@server_check("Writable", Group.STORAGE)
def read_only(facts: Facts) -> Result:
    """A fault where a file system setup writes to is mounted read-only, as the kernel does after disk errors."""
    state = {}
    for line in facts.lines("mounts"):
        cells = line.split()
        if len(cells) > 3 and cells[1] in _NEEDED:
            state[cells[1]] = "ro" in cells[3].split(",")
    if not state:
        return skipped("not told")
    found = [where for where, locked in state.items() if locked]
    if not found:
        return ok("yes")
    return fault(
        f"{', '.join(found)} read-only",
        "The kernel mounts a file system read-only after a disk error, or the server is meant to be unchangeable.",
        f"dmesg | grep -i 'error' | tail; mount -o remount,rw {found[0]}",
    )
