"""The server is a machine of its own, or close to it."""

from kit.checks.check import Group, server_check
from kit.checks.facts import Facts
from kit.checks.result import Result, Where, fault, ok, warning


@server_check("Virtualisation", Group.SYSTEM)
def virtualisation(facts: Facts) -> Result:
    """A fault in OpenVZ and application containers, a warning in LXC."""
    found = facts.text("virtual") or "none"
    if found in {"openvz", "docker", "podman", "wsl"}:
        return fault(
            found,
            "This is a container for one application, or on a shared old kernel: no sandbox for services.",
            "Use a virtual machine or a machine of its own.",
            Where.PERSON,
        )
    if found in {"lxc", "lxc-libvirt"}:
        return warning(
            found,
            "In an LXC container some protections of services do not work.",
            "Prefer a virtual machine; else allow nesting for this container on its host.",
            Where.PERSON,
        )
    return ok("physical machine" if found == "none" else found)
