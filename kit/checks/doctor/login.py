"""The profile's user is let in."""

from kit.checks.check import Group, server_check
from kit.checks.facts import Facts
from kit.checks.result import Result, Where, fault, ok, skipped
from kit.checks.ssh import Entry, by_hand


@server_check("Login", Group.CONNECTION, needs_entry=False)
def login(facts: Facts) -> Result:
    """A fault where the server refuses the user or the key."""
    server, answer = facts.server, facts.answer
    key = str(server.key or "~/.ssh/id_ed25519")
    if answer.entry is Entry.REFUSED:
        return fault(
            answer.words,
            f"The server does not let {server.user} in with the key {key}: "
            "the user does not exist there, its authorized_keys lacks this key, or the key file is not readable.",
            f"ssh-copy-id -i {key}.pub -p {server.port} {server.user}@{server.address}   # then: {by_hand(server)}",
            Where.HERE,
        )
    if answer.entry is not Entry.IN:
        return skipped("not got as far as the login")
    return ok(f"{server.user} gets in")
