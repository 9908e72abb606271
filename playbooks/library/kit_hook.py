"""Ansible module: a region's own program before or after a deployment."""

from __future__ import annotations

import os
import signal
import subprocess
from pathlib import Path
from typing import Any, NamedTuple

from ansible.module_utils.basic import AnsibleModule
from ansible.module_utils.kit_hosts import last_lines

DOCUMENTATION = """
module: kit_hook
short_description: Run a program in custom/hooks of a release, once a release.
description:
  - Runs C(custom/hooks/NAME) in the release's directory, without a shell and with the documented environment only. Does
    nothing where the release has no such program, or where it has ended well for this release before.
  - One that fails or takes too long is ended with all it started, and the module fails.
options:
  name: {description: The hook., type: str, choices: [before-deploy, after-deploy], required: true}
  release: {description: The release's name., type: str, required: true}
  path: {description: The release's directory., type: path, required: true}
  apps: {description: The apps., type: list, elements: str, required: true}
  environment: {description: More of the environment., type: dict, default: {}}
  live: {description: A link to the release that served until now., type: path}
  mark: {description: File that names the release for which the hook has ended well., type: path, required: true}
  seconds: {description: How long the hook may take., type: float, default: 300}
author: [The replication kit's contributors]
"""
RETURN = """
changes: {description: What was run., type: list, elements: str, returned: always}
"""

_PATH = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"
_STATE = {
    "before-deploy": "The deployment stops here; what served before goes on serving.",
    "after-deploy": "The release serves already; the deployment counts as failed until the hook ends well.",
}


class Ended(NamedTuple):
    """How a hook ended: what went wrong in words, empty if nothing; what it said."""

    problem: str
    said: str


def environment(params: dict[str, Any]) -> dict[str, str]:
    """Everything a hook finds in its environment."""
    live = Path(params["live"]) if params["live"] else None
    former = live.readlink().name if live is not None and live.is_symlink() else ""
    given = {str(name): str(value) for name, value in params["environment"].items()}
    return {
        "KIT_HOOK": params["name"],
        "KIT_RELEASE": params["release"],
        "KIT_RELEASE_DIR": params["path"],
        "KIT_FORMER_RELEASE": "" if former == params["release"] else former,
        "KIT_APPS": " ".join(params["apps"]),
        "LC_ALL": "C.UTF-8",
        "PATH": _PATH,
        **given,
    }


def perform(file: Path, given: dict[str, str], folder: Path, seconds: float) -> Ended:
    """Run the hook to its end, or for *seconds*."""
    if not os.access(file, os.X_OK):
        return Ended("is not executable: `git update-index --chmod=+x` it, commit.", "")
    try:
        process = subprocess.Popen(
            [str(file)],
            cwd=folder,
            env=given,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            errors="replace",
            start_new_session=True,
        )
    except OSError as error:
        return Ended(f"cannot be run ({error.strerror}): its first line must name a program, such as #!/bin/sh.", "")
    try:
        said, _ = process.communicate(timeout=seconds)
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)
        said, _ = process.communicate()
        return Ended(f"did not end within {seconds:g} seconds, and was ended.", said)
    if process.returncode < 0:
        return Ended(f"was ended by {signal.Signals(-process.returncode).name}.", said)
    return Ended(f"ended with exit code {process.returncode}." if process.returncode else "", said)


def main() -> None:
    """Run the module."""
    module = AnsibleModule(
        argument_spec={
            "name": {"type": "str", "choices": ["before-deploy", "after-deploy"], "required": True},
            "release": {"type": "str", "required": True},
            "path": {"type": "path", "required": True},
            "apps": {"type": "list", "elements": "str", "required": True},
            "environment": {"type": "dict", "default": {}},
            "live": {"type": "path"},
            "mark": {"type": "path", "required": True},
            "seconds": {"type": "float", "default": 300},
        },
        supports_check_mode=True,
    )
    params = module.params
    name, mark = params["name"], Path(params["mark"])
    file = Path(params["path"], "custom", "hooks", name)
    if not file.is_file() or (mark.is_file() and mark.read_text(encoding="ascii").strip() == params["release"]):
        module.exit_json(changed=False, changes=[])
    changes = [f"hook {name} release {params['release']}"]
    if module.check_mode:
        module.exit_json(changed=True, changes=changes)
    ended = perform(file, environment(params), Path(params["path"]), params["seconds"])
    if ended.problem:
        said = last_lines(ended.said)
        module.fail_json(msg=f"custom/hooks/{name} {ended.problem} {_STATE[name]}", stderr=said)
    mark.parent.mkdir(mode=0o755, parents=True, exist_ok=True)
    mark.write_text(f"{params['release']}\n", encoding="ascii")
    module.exit_json(changed=True, changes=changes, stdout=ended.said)


if __name__ == "__main__":
    main()
