"""Packages come from Debian itself."""

import re

from kit.checks.check import Group, server_check
from kit.checks.facts import Facts
from kit.checks.result import Result, note, ok, skipped

_OWN = re.compile(r"\b(?:debian|ubuntu)(?:-security|-ports)?/?$|(?:debian|ubuntu)\.(?:org|com)", re.IGNORECASE)


@server_check("Other package sources", Group.PACKAGES)
def package_origins(facts: Facts) -> Result:
    """A note that names sources of others: their packages may take the place of Debian's."""
    addresses = re.findall(r"(?:https?|ftp)://\S+", facts.text("origins"))
    if not addresses:
        return skipped("not told")
    foreign = sorted({one for one in addresses if not _OWN.search(one)})
    if not foreign:
        return ok("none")
    return note(
        ", ".join(foreign[:4]),
        "Packages from here may replace Debian's nginx, Python or PostgreSQL with versions nobody tested.",
        "apt-cache policy nginx postgresql python3   # shows where each would come from",
    )
