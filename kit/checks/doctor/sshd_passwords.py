"""Nobody can guess a password over SSH."""

from kit.checks.check import Group, server_check
from kit.checks.facts import Facts
from kit.checks.result import Result, Where, note, ok, skipped


@server_check("SSH passwords", Group.SECURITY)
def sshd_passwords(facts: Facts) -> Result:
    """A note where sshd takes passwords: setup switches that off, so whoever uses one must know."""
    found = facts.pairs("sshd", " ")
    if not found:
        return skipped("needs sudo to see")
    if found.get("passwordauthentication") == "no":
        return ok("keys only")
    return note(
        "sshd takes passwords",
        "Setup switches them off; whoever logs in with a password now needs a key from then on.",
        f"ssh-copy-id {facts.server.address}   # each person who logs in, before setup",
        Where.HERE,
    )
