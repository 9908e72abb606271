"""What each app said of itself (`manage.py examine`), for the checks that read it."""

import json
from collections.abc import Callable, Iterator
from typing import Any

from kit.checks.facts import Facts
from kit.checks.result import Result, fault, ok


def said(facts: Facts) -> Iterator[tuple[str, dict[str, Any]]]:
    """Each app with what it said; empty where it said nothing sound."""
    for app in facts.target.apps:
        lines = facts.lines(f"app-{app}")
        try:
            found = json.loads(lines[-1]) if lines else {}
        except ValueError:
            found = {}
        yield app, found if isinstance(found, dict) else {}


def silent(facts: Facts) -> list[str]:
    """Why apps said nothing: their names with the last words of the command."""
    words = {app: " ".join(facts.lines(f"words-{app}")) for app, found in said(facts) if not found}
    return [f"{app}: {text[-300:] or 'no answer'}" for app, text in words.items()]


def of_apps(facts: Facts, part: str, judge: Callable[[Any], tuple[str, bool]], cause: str, remedy: str) -> Result:
    """Judge one *part* of what each app said. *judge* returns words and whether all is well.

    An app that said nothing, or not about this part, is a matter of the check that asks for its answer.
    """
    judged = [(app, *judge(found[part])) for app, found in said(facts) if part in found]
    bad = [f"{app}: {words}" for app, words, good in judged if not good]
    if bad:
        return fault("; ".join(bad), cause, remedy)
    return ok("; ".join(f"{app}: {words}" for app, words, _ in judged) or "nothing told")
