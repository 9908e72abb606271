"""Nobody has changed or removed a row of the audit trail."""

from typing import Any

from kit.checks.check import Group, server_check
from kit.checks.facts import Facts
from kit.checks.inside.told import of_apps
from kit.checks.result import Result


@server_check("Audit chain", Group.DATABASE, once=True)
def audit_chain(facts: Facts) -> Result:
    """A fault where a seal does not fit: every seal is computed anew."""
    cause = "Rows of the audit trail were changed or removed outside the app. Change nothing; inform the inspectorate."
    return of_apps(facts, "audit", _judge, cause, "find out who may enter as postgres: journalctl _COMM=sudo -n 200")


def _judge(chain: Any) -> tuple[str, bool]:
    breaks = chain["breaks"]
    return (" ".join(breaks), False) if breaks else (f"{chain['rows']} rows intact", True)
