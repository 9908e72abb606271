"""Packets of usual size get through."""

import re

from kit.checks.check import Group, server_check
from kit.checks.facts import Facts
from kit.checks.result import Result, ok, skipped, warning

_LEAST = 1280


@server_check("Packet size", Group.NETWORK)
def mtu(facts: Facts) -> Result:
    """A warning where the interface of the default route allows less than 1280 bytes."""
    route = re.search(r"\bdev (\S+)", facts.text("routes"))
    if not route:
        return skipped("no default route")
    link = re.search(
        rf"^\d+: {re.escape(route[1])}(?:@\S+)?:.*? mtu (\d+)", facts.sections.get("links", ""), re.MULTILINE
    )
    if not link:
        return skipped("not told")
    if int(link[1]) >= _LEAST:
        return ok(f"{link[1]} bytes on {route[1]}")
    return warning(
        f"{link[1]} bytes on {route[1]}",
        "Packets are cut so small that some connections hang, as over a badly set tunnel.",
        f"ip link set {route[1]} mtu 1400",
    )
