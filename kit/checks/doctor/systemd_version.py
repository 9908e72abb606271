"""systemd is new enough to keep secrets as credentials."""

import re

from kit.checks.check import Group, server_check
from kit.checks.facts import Facts
from kit.checks.result import Result, Where, fault, ok, skipped

_LEAST = 249


@server_check("systemd version", Group.SYSTEM)
def systemd_version(facts: Facts) -> Result:
    """A fault before version 249."""
    found = re.match(r"systemd (\d+)", facts.text("systemd"))
    if not found:
        return skipped("no systemctl")
    if int(found[1]) >= _LEAST:
        return ok(found[1])
    return fault(
        found[1],
        f"Services need version {_LEAST} for their credentials and sandbox.",
        "Upgrade the server to Debian 12 or 13.",
        Where.PERSON,
    )
