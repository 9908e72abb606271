"""The way to the server is short enough to work over."""

from kit.checks.check import Group, server_check
from kit.checks.facts import Facts
from kit.checks.result import Result, Where, ok, skipped, warning

_SLOW_SECONDS = 0.4


@server_check("Latency", Group.CONNECTION)
def latency(facts: Facts) -> Result:
    """A warning where a connection takes more than 0.4 s."""
    if facts.connect_seconds is None:
        return skipped("reached another way than directly")
    evidence = f"{facts.connect_seconds * 1000:.0f} ms to connect"
    if facts.connect_seconds > _SLOW_SECONDS:
        return warning(
            evidence,
            "Over a connection this slow, setup takes many times as long and may be cut off.",
            f"kit grant {facts.target.region}   # the signed bundle is set up on the server itself",
            Where.HERE,
        )
    return ok(evidence)
