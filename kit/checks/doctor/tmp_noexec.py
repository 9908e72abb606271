"""Programs may be run from /tmp."""

from kit.checks.check import Group, server_check
from kit.checks.facts import Facts
from kit.checks.result import Result, note, ok

_WHERE = "/tmp"  # noqa: S108 - looked at, not written to


@server_check("Temporary files", Group.STORAGE)
def tmp_noexec(facts: Facts) -> Result:
    """A note where it is mounted noexec: setup does without, some package scripts do not."""
    options = [line.split()[3].split(",") for line in facts.lines("mounts") if line.split()[1:2] == [_WHERE]]
    if not options or "noexec" not in options[-1]:
        return ok("programs may be run")
    return note(
        "mounted noexec",
        "Setup works without, but installing some packages by hand may fail.",
        "mount -o remount,exec /tmp   # while you install such a package",
    )
