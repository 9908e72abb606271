"""The database has the schema of the release that serves."""

from typing import Any

from kit.checks.check import Group, server_check
from kit.checks.facts import Facts
from kit.checks.inside.told import of_apps
from kit.checks.result import Result


@server_check("Migrations", Group.DATABASE, once=True)
def migrations(facts: Facts) -> Result:
    """A fault where a migration of the release was not applied."""
    cause = "The release expects columns the database does not have; pages that need them fail."
    return of_apps(
        facts, "migrations", _judge, cause, f"kit setup {facts.target.region}   # from the operator's machine"
    )


def _judge(pending: Any) -> tuple[str, bool]:
    return (f"not applied: {', '.join(map(str, pending))}", False) if pending else ("all applied", True)
