"""root does not log in over SSH."""

from kit.checks.check import Group, server_check
from kit.checks.facts import Facts
from kit.checks.result import Result, note, ok, skipped, warning


@server_check("SSH as root", Group.SECURITY)
def sshd_root(facts: Facts) -> Result:
    """A warning where root may log in with a password; a note where the profile itself uses root."""
    found = facts.pairs("sshd", " ")
    if not found:
        return skipped("needs sudo to see")
    allowed = found.get("permitrootlogin", "")
    if allowed == "yes" and found.get("passwordauthentication") == "yes":
        return warning(
            "root may log in with a password",
            "The most guessed password of the Internet. Setup switches it off.",
            "echo 'PermitRootLogin prohibit-password' >/etc/ssh/sshd_config.d/10-root.conf && systemctl reload ssh",
        )
    if facts.server.user == "root":
        return note("the profile logs in as root", "Who did what cannot be told apart; a user with sudo is better.")
    return ok("no" if allowed == "no" else "with a key only")
