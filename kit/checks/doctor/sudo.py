"""The user may do everything without being asked for a password."""

from kit.checks.check import Group, server_check
from kit.checks.facts import Facts
from kit.checks.result import Result, fault, ok


@server_check("sudo", Group.CONNECTION)
def sudo(facts: Facts) -> Result:
    """A fault where `sudo -n` asks for a password, is not allowed, or is not there."""
    user = facts.server.user
    if facts.as_root:
        return ok("works without a password")
    rule = f"echo '{user} ALL=(ALL:ALL) NOPASSWD: ALL' >/etc/sudoers.d/90-{user}; chmod 440 /etc/sudoers.d/90-{user}"
    return fault(
        f"`sudo -n true` fails for {user}",
        f"{user} may not sudo without a password, so nothing can be installed (and some checks could not look).",
        f'su -c "apt install -y sudo; {rule}"',
    )
