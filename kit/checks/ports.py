"""Who listens on a port, for the checks that ask for it."""

import re

from kit.checks.facts import Facts
from kit.checks.result import Result, fault, ok, skipped

_OWN_PROGRAMS = {"nginx": {"nginx"}, "postgresql": {"postgres"}}


def listeners(facts: Facts, port: int) -> list[str]:
    """The programs that listen on *port*, as ``name (pid)``; ``another program`` where its name may not be seen."""
    found = []
    for line in facts.lines("listening"):
        cells = line.split()
        if len(cells) > 3 and cells[3].rpartition(":")[2] == str(port):
            users = re.findall(r'\("([^"]+)",pid=(\d+)', line)
            found += [f"{name} (pid {pid})" for name, pid in users] or ["another program"]
    return sorted(set(found))


def judge(facts: Facts, port: int, owner: str, consequence: str) -> Result:
    """Well if nobody listens on *port*, or *owner* does; whose *owner* that is, is another check's question."""
    if "listening" not in facts.sections:
        return skipped("not told")
    found = listeners(facts, port)
    if not found:
        return ok("free")
    foreign = [one for one in found if one.partition(" ")[0] not in _OWN_PROGRAMS[owner]]
    if not foreign:
        return ok(f"{owner} has it")
    if foreign == ["another program"] and facts.owned(owner):
        return ok(f"{owner} has it")
    name = foreign[0].partition(" ")[0]
    stop = f"systemctl disable --now {name}" if name != "another" else f"ss -ltnp 'sport = :{port}'"
    return fault(
        f"taken by {', '.join(foreign)}",
        f"Another program listens on port {port}. {consequence}",
        f"{stop}   # or move it to another server",
    )
