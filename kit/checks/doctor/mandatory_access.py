"""SELinux does not forbid what setup does; AppArmor is fine."""

from kit.checks.check import Group, server_check
from kit.checks.facts import Facts
from kit.checks.result import Result, ok, warning


@server_check("SELinux and AppArmor", Group.SECURITY)
def mandatory_access(facts: Facts) -> Result:
    """A warning where SELinux is enforcing: the kit brings no policy for it."""
    if facts.text("selinux") == "1":
        return warning(
            "SELinux enforcing",
            "The kit brings no SELinux policy; nginx would not be allowed to reach the apps' sockets.",
            "setenforce 0   # and SELINUX=permissive in /etc/selinux/config",
        )
    return ok("AppArmor" if facts.text("apparmor") == "Y" else "neither is active")
