"""Messages to people leave the server."""

from typing import Any

from kit.checks.check import Group, server_check
from kit.checks.facts import Facts
from kit.checks.inside.told import of_apps
from kit.checks.result import Result

_STUCK_MINUTES = 30


@server_check("Outbox", Group.APPS, once=True)
def outbox(facts: Facts) -> Result:
    """A fault where a message waits for 30 minutes without a try, or some failed for good within a week."""
    cause = "People do not get their mail. The inbox inside the apps still has it."
    return of_apps(facts, "outbox", _judge, cause, "journalctl -u 'kit-mail@*' -n 50   # then mail.smtp in the profile")


def _judge(box: Any) -> tuple[str, bool]:
    if box["oldest_minutes"] >= _STUCK_MINUTES:
        return f"{box['waiting']} wait, the oldest for {box['oldest_minutes']} min", False
    if box["failed"]:
        return f"{box['failed']} failed for good this week", False
    return f"{box['waiting']} wait", True
