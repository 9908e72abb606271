"""A citizen and an officer get through each app, from signing in to the document; nothing of it stays."""

from typing import Any

from kit.checks.check import Group, server_check
from kit.checks.facts import Facts
from kit.checks.inside.told import of_apps
from kit.checks.result import Result


@server_check("Rehearsal", Group.APPS, once=True)
def rehearsal(facts: Facts) -> Result:
    """A fault where a step of an app's story did not go as it must."""
    cause = "People cannot do what the app is for. The rehearsal itself was rolled back."
    return of_apps(facts, "rehearsal", _judge, cause, "journalctl -u 'kit-*-manage-*' -n 50")


def _judge(story: Any) -> tuple[str, bool]:
    steps = story["steps"]
    if story["fault"]:
        after = f"after “{steps[-1]}”" if steps else "at the start"
        return f"{after} {story['fault']}", False
    return f"{len(steps)} steps in {story['seconds']} s", True
