"""The server is the one it claims to be."""

from kit.checks.check import Group, server_check
from kit.checks.facts import Facts
from kit.checks.result import Result, Where, fault, ok, skipped
from kit.checks.ssh import Entry


@server_check("Host key", Group.CONNECTION, needs_entry=False)
def host_key(facts: Facts) -> Result:
    """A fault where the key is unknown or another one than last time."""
    server, entry = facts.server, facts.answer.entry
    file = str(server.known_hosts or "~/.ssh/known_hosts")
    name = server.address if server.port == 22 else f"[{server.address}]:{server.port}"
    if entry is Entry.HOST_KEY_UNKNOWN:
        return fault(
            f"{file} has no key of {name}",
            "Nobody has confirmed yet that this is the right server. "
            "Compare the fingerprint with the one the server shows on its own console.",
            f"ssh-keyscan -p {server.port} {server.address} | tee -a {file} | ssh-keygen -lf -",
            Where.HERE,
        )
    if entry is Entry.HOST_KEY_CHANGED:
        return fault(
            f"the key of {name} is not the one in {file}",
            "Either the server was reinstalled, or another machine answers at its address. "
            "Find out which before you go on; only in the first case remove the old key.",
            f"ssh-keygen -f {file} -R '{name}'",
            Where.HERE,
        )
    if entry in (Entry.UNREACHABLE, Entry.NO_SUCH_NAME, Entry.BROKEN):
        return skipped("no connection")
    return ok(f"known in {file}")
