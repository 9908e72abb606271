"""Ansible module: secrets that are made once and never changed."""

from __future__ import annotations

import base64
import os
import secrets
from pathlib import Path

from ansible.module_utils.basic import AnsibleModule

DOCUMENTATION = """
module: kit_secrets
short_description: Make secrets that are missing.
description:
  - Makes each missing file with a random secret, readable by its owner only.
  - A file that is there is left alone.
options:
  apps: {description: The apps; each gets a set of its own., type: list, elements: str, required: true}
  directory: {description: "Where a set goes; C({app}) stands for the app.", type: path, required: true}
  names: {description: The files of a set., type: list, elements: str, required: true}
author: [The replication kit's contributors]
"""
RETURN = """
made: {description: The files that were made., type: list, elements: str, returned: always}
"""

_BYTES = 48


def new_secret() -> str:
    """48 random bytes as URL-safe base64, 64 characters: fit to sign with, and to derive keys from."""
    return base64.urlsafe_b64encode(secrets.token_bytes(_BYTES)).decode()


def write_once(path: Path, value: str) -> None:
    """Write *value* to *path*, mode 0600, complete or not at all; never over an existing file."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    partial = path.with_name(f"{path.name}.{os.getpid()}")
    descriptor = os.open(partial, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(descriptor, "w") as out:
            out.write(value + "\n")
            out.flush()
            os.fsync(out.fileno())
        os.link(partial, path)
    finally:
        partial.unlink()


def main() -> None:
    """Run the module."""
    module = AnsibleModule(
        argument_spec={
            "apps": {"type": "list", "elements": "str", "required": True},
            "directory": {"type": "path", "required": True},
            "names": {"type": "list", "elements": "str", "required": True, "no_log": False},
        },
        supports_check_mode=True,
    )
    folders = [module.params["directory"].replace("{app}", app) for app in module.params["apps"]]
    wanted = [Path(folder, name) for folder in folders for name in module.params["names"]]
    missing = [path for path in wanted if not path.exists()]
    if not module.check_mode:
        for path in missing:
            try:
                write_once(path, new_secret())
            except OSError as error:
                module.fail_json(msg=f"The secret {path} could not be written: {error.strerror}.")
    module.exit_json(changed=bool(missing), made=[str(path) for path in missing])


if __name__ == "__main__":
    main()
