"""The server's clock agrees with the operator's."""

from kit.checks.check import Group, server_check
from kit.checks.facts import Facts
from kit.checks.result import Result, fault, ok, skipped, warning

_TOLERABLE = 5
_HARMFUL = 60


@server_check("Clock", Group.CLOCK)
def clock(facts: Facts) -> Result:
    """A warning from 5 s, a fault from 60 s: certificates, one-time codes and deadlines then go wrong."""
    there = facts.number("now")
    if there is None:
        return skipped("not told")
    before, after = facts.asked_at
    # Somewhere between asking and being answered the server looked at its clock, which it tells in whole seconds.
    offset = there - before if there < before - 1 else max(0.0, there - after)
    evidence = _told(offset)
    if abs(offset) < _TOLERABLE:
        return ok(evidence)
    cause = "Seen from this machine the server's clock is wrong. If this machine's is, mend that one."
    remedy = "timedatectl set-ntp true && timedatectl timesync-status"
    if abs(offset) < _HARMFUL:
        return warning(evidence, cause, remedy)
    return fault(
        evidence,
        f"{cause} Certificates would not be valid yet or any more, and deadlines of applications would be off.",
        f"date -s @$(date +%s)   # the second `date` on a machine that is right; then: {remedy}",
    )


def _told(offset: float) -> str:
    if abs(offset) < 1:
        return "agrees"
    amount = abs(offset)
    for size, word in ((86400, "d"), (3600, "h"), (60, "min")):
        if round(amount / size, 1) >= 1:
            return f"{amount / size:.1f} {word} {'ahead' if offset > 0 else 'behind'}"
    return f"{amount:.0f} s {'ahead' if offset > 0 else 'behind'}"
