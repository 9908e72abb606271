"""Nobody else is setting the server up, and no dead run holds its lock."""

from kit.checks.check import Group, server_check
from kit.checks.facts import Facts
from kit.checks.result import Result, Where, fault, note, ok

_DEAD_AFTER = 120


@server_check("Setup lock", Group.EARLIER)
def stale_lock(facts: Facts) -> Result:
    """A fault where a living run holds it (heartbeat within 2 min); a note where its owner is gone."""
    found = facts.pairs("lock")
    owner = found.get("owner", "")
    if not owner:
        return ok("free")
    beat, now = found.get("heartbeat", ""), facts.number("now")
    silent = now - int(beat) if beat.isdigit() and now is not None else None
    if silent is not None and silent < _DEAD_AFTER:
        return fault(
            f"held by {owner} since {found.get('since', 'an unknown time')}",
            "Another setup of this server is running.",
            "Wait for it, or ask its owner to stop it.",
            Where.PERSON,
        )
    return note(
        f"left by {owner}, silent for {silent // 60} min" if silent is not None else f"left by {owner}",
        "The run that held the lock is gone. Setup explains and releases it.",
        f"kit setup {facts.target.region}",
        Where.HERE,
    )
