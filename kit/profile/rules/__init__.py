"""Rules between fields and between a field and the official data. A rule yields findings; it never raises."""

from collections.abc import Iterator

from kit.profile.rules import hosting, identity, looks, sense
from kit.profile.rules.view import Finding, View

RULES = (*identity.RULES, *looks.RULES, *sense.RULES, *hosting.RULES)


def findings(view: View) -> Iterator[Finding]:
    """Every finding of every rule."""
    for rule in RULES:
        yield from rule(view)
