"""Ansible module: a Django management command for several apps, each confined like the app itself."""

from __future__ import annotations

import os
import subprocess
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

from ansible.module_utils.basic import AnsibleModule
from ansible.module_utils.kit_hosts import last_lines

DOCUMENTATION = """
module: kit_sandboxed
short_description: Run a management command of a release as the app's own user.
description:
  - Runs C(manage.py) in a transient systemd unit with the app's sandbox, environment files and credentials. Secrets
    reach it as systemd credentials only.
options:
  release: {description: The release's directory., type: path, required: true}
  apps: {description: The apps., type: list, elements: str, required: true}
  arguments: {description: The command and its arguments., type: list, elements: str, required: true}
  as_root: {description: Run as root without privileges, to write below the release only., type: bool, default: false}
  mark: {description: "File to make after success, with C({app}); where it is, the command is done.", type: path}
  unchanged: {description: A line that says the command had nothing to do., type: str}
author: [The replication kit's contributors]
"""
RETURN = """
ran: {description: The apps for which the command ran., type: list, elements: str, returned: always}
"""

_AT_ONCE = 2


def command(release: str, app: str, arguments: list[str], *, as_root: bool) -> list[str]:
    """The systemd-run command for one app."""
    credentials = Path("/etc/kit/credentials", app)
    settings = [
        f"WorkingDirectory={release}/apps/{app}",
        "EnvironmentFile=/etc/kit/common.env",
        f"EnvironmentFile=/etc/kit/{app}.env",
        *(f"LoadCredential={path.name}:{path}" for path in sorted(credentials.iterdir())),
        *([f"ReadWritePaths={release}/static"] if as_root else [f"User={app}", f"StateDirectory=kit/{app}"]),
        "StateDirectoryMode=0750",
        "TimeoutStartSec=1800",
    ]
    variables = {
        "DJANGO_SETTINGS_MODULE": "config.settings",
        "KIT_STATE_DIR": f"/var/lib/kit/{app}",
        "STATIC_ROOT": f"{release}/static/{app}",
        "PYTHONDONTWRITEBYTECODE": "1",
    }
    return [
        *("systemd-run", "--quiet", "--wait", "--pipe", "--collect", f"--unit=kit-{app}-manage-{os.getpid()}"),
        *(part for setting in settings for part in ("-p", setting)),
        *(part for name, value in variables.items() for part in ("-E", f"{name}={value}")),
        *("--", f"{release}/venv/bin/python", "manage.py", *arguments),
    ]


def open_to_all(folder: Path) -> None:
    """Let everybody read what is below *folder*: the sandbox makes files that only their owner's group may read."""
    for place, _, names in os.walk(folder):
        Path(place).chmod(0o755)
        for name in names:
            Path(place, name).chmod(0o644)


def perform(params: dict[str, Any], app: str) -> subprocess.CompletedProcess[str]:
    """Run the command for one app and mark it done."""
    if params["as_root"]:
        Path(params["release"], "static").mkdir(mode=0o755, exist_ok=True)
    done = subprocess.run(
        command(params["release"], app, params["arguments"], as_root=params["as_root"]),
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        errors="replace",
        check=False,
    )
    if done.returncode == 0 and params["as_root"]:
        open_to_all(Path(params["release"], "static", app))
    if done.returncode == 0 and params["mark"]:
        Path(params["mark"].replace("{app}", app)).touch()
    return done


def main() -> None:
    """Run the module."""
    module = AnsibleModule(
        argument_spec={
            "release": {"type": "path", "required": True},
            "apps": {"type": "list", "elements": "str", "required": True},
            "arguments": {"type": "list", "elements": "str", "required": True},
            "as_root": {"type": "bool", "default": False},
            "mark": {"type": "path"},
            "unchanged": {"type": "str"},
        },
        supports_check_mode=True,
    )
    params = module.params
    todo = [
        app for app in params["apps"] if not (params["mark"] and Path(params["mark"].replace("{app}", app)).exists())
    ]
    if module.check_mode or not todo:
        module.exit_json(changed=bool(todo), ran=todo)
    with ThreadPoolExecutor(_AT_ONCE) as pool:
        results = list(pool.map(lambda app: perform(params, app), todo))
    failed = [(app, done) for app, done in zip(todo, results, strict=True) if done.returncode]
    if failed:
        words = "\n\n".join(f"{app} (exit code {done.returncode}):\n{last_lines(done.stderr)}" for app, done in failed)
        who = ", ".join(app for app, _ in failed)
        module.fail_json(msg=f"manage.py {params['arguments'][0]} failed for {who}.", stderr=words)
    quiet = params["unchanged"]
    module.exit_json(changed=any(not quiet or quiet not in done.stdout for done in results), ran=todo)


if __name__ == "__main__":
    main()
