"""The server answers on its SSH port."""

from kit.checks.check import Group, server_check
from kit.checks.facts import Facts
from kit.checks.result import Result, Where, fault, ok
from kit.checks.ssh import Entry


@server_check("Reachable", Group.CONNECTION, needs_entry=False)
def reachable(facts: Facts) -> Result:
    """A fault where no connection came about, or it broke off before anything could be asked."""
    server, answer = facts.server, facts.answer
    where = f"{server.address} port {server.port}"
    if answer.entry is Entry.NO_SUCH_NAME:
        return fault(
            answer.words,
            f"{server.address} has no address in the DNS this machine uses.",
            f"getent hosts {server.address}   # then correct hosting.servers in the profile",
            Where.HERE,
        )
    if answer.entry is Entry.UNREACHABLE:
        return fault(
            answer.words or f"no connection to {where}",
            f"No SSH server answers at {where}: the server is off, the address is wrong, or a firewall is in between.",
            f"ping -c 3 {server.address}; nc -vz {server.address} {server.port}",
            Where.HERE,
        )
    if answer.entry is Entry.BROKEN:
        return fault(
            answer.words or "the connection broke off",
            "The server was reached, but the connection broke off before it had told anything.",
            f"ssh -v -p {server.port} {server.user}@{server.address} true",
            Where.HERE,
        )
    return ok(f"{where} answers")
