"""What the probe found when it tried to connect or to fetch: lines of ``ok …`` and ``failed …``."""

from kit.checks.facts import Facts


def tried(facts: Facts, section: str) -> tuple[list[str], list[str]]:
    """What worked and what did not, as ``host:port`` or as address and message."""
    good, bad = [], []
    for line in facts.lines(section):
        outcome, _, rest = line.partition(" ")
        if outcome == "ok":
            good.append(rest.replace(" ", ":"))
        elif outcome == "failed":
            bad.append(rest)
    return good, bad


def joined(words: str) -> str:
    """``10.0.0.5 25`` as ``10.0.0.5:25``."""
    return ":".join(words.split())
