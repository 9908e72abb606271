"""Ansible module: services that run with exactly the files they were given."""

from __future__ import annotations

from typing import Any

from ansible.module_utils.basic import AnsibleModule
from ansible.module_utils.kit_hosts import last_lines, mark_of, run, set_mark

DOCUMENTATION = """
module: kit_service
short_description: Enable and start services, and tell them of changed files.
description:
  - Whether a service must be told is decided from a mark of what it runs with, not from what changed in this run, so a
    run that was killed between writing and reloading is made good by the next.
options:
  services:
    description: "Each with C(name), C(digest) of its files and C(tell), the command that makes it read them."
    type: list
    elements: dict
    default: []
  idle: {description: Units to stop and disable., type: list, elements: str, default: []}
  units: {description: Units to enable and start., type: list, elements: str, default: []}
author: [The replication kit's contributors]
"""
RETURN = """
changes: {description: What was started or told., type: list, elements: str, returned: always}
"""


def properties(unit: str) -> dict[str, str]:
    """What systemd knows of a unit."""
    named = "UnitFileState,ActiveState,ConditionResult,ConditionTimestampMonotonic,LoadState"
    done = run("systemctl", "show", f"--property={named}", "--", unit)
    return dict(line.split("=", 1) for line in done.stdout.splitlines() if "=" in line)


def is_up(unit: str) -> bool:
    """Is the unit enabled and running, or kept from running by its own conditions?"""
    state = properties(unit)
    enabled = state.get("UnitFileState") in {"enabled", "static", "generated", "indirect"}
    refused = state.get("ConditionResult") == "no" and state.get("ConditionTimestampMonotonic", "0") != "0"
    return enabled and (refused or state.get("ActiveState") == "active")


def is_awake(unit: str) -> bool:
    """Is the unit running, or will it be after a restart of the server?"""
    state = properties(unit)
    return state.get("UnitFileState") == "enabled" or state.get("ActiveState") == "active"


def runs(name: str) -> bool:
    """Does anything of the service run, also an instance such as C(postgresql@15-main)?"""
    patterns = (f"{name}.service", f"{name}@*.service")
    return bool(run("systemctl", "list-units", "--plain", "--no-legend", "--state=active", *patterns).stdout.strip())


def attempt(module: AnsibleModule, what: str, *command: str, units: list[str] | None = None) -> None:
    """Run a command or fail with its words, and the last of the units' journals."""
    done = run(*command)
    if done.returncode:
        of_units = [part for unit in units or command[-1:] for part in ("-u", unit)]
        journal = run("journalctl", "--no-pager", "-n", "8", "-o", "cat", *of_units).stdout
        module.fail_json(msg=f"{what} failed.", stderr=last_lines(f"{done.stderr}\n{journal}"))


def tell(module: AnsibleModule, service: dict[str, Any]) -> None:
    """Make a service read its files; note that it did."""
    attempt(module, f"Telling {service['name']} of its files", *map(str, service["tell"]))
    set_mark(service["name"], service["digest"])


def start(module: AnsibleModule, units: list[str], services: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Start the units; the services that still have to be told: those that were not just started with their files."""
    fresh = [one for one in services if f"{one['name']}.service" in units and not runs(one["name"])]
    if units:
        what = f"Starting {', '.join(units)}"
        attempt(module, what, "systemctl", "enable", "--now", "--", *units, units=units)
    for service in fresh:
        set_mark(service["name"], service["digest"])
    return [one for one in services if one not in fresh]


def main() -> None:
    """Run the module."""
    module = AnsibleModule(
        argument_spec={
            "services": {"type": "list", "elements": "dict", "default": []},
            "units": {"type": "list", "elements": "str", "default": []},
            "idle": {"type": "list", "elements": "str", "default": []},
        },
        supports_check_mode=True,
    )
    if not module.check_mode:
        attempt(module, "Reading the unit files", "systemctl", "daemon-reload")
    down = [unit for unit in module.params["units"] if not is_up(unit)]
    stale = [service for service in module.params["services"] if mark_of(service["name"]) != service["digest"]]
    awake = [unit for unit in module.params["idle"] if is_awake(unit)]
    changes = (
        [f"no unit {unit}" for unit in awake]
        + [f"unit {unit}" for unit in down]
        + [f"service {service['name']}" for service in stale]
    )
    if not module.check_mode:
        for unit in awake:
            attempt(module, f"Stopping {unit}", "systemctl", "disable", "--now", "--", unit)
        for service in start(module, down, stale):
            tell(module, service)
    module.exit_json(changed=bool(changes), changes=changes)


if __name__ == "__main__":
    main()
