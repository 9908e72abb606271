"""Ansible module: all files of one part of a server in one call."""

from __future__ import annotations

import base64
from pathlib import Path
from typing import Any

from ansible.module_utils.basic import AnsibleModule
from ansible.module_utils.kit_hosts import last_lines, run, write_atomically

DOCUMENTATION = """
module: kit_files
short_description: Put files in place, all or none.
description:
  - Writes each file whole and owned by root, or removes it.
  - When O(checks) refuse the new files, those before are put back and the check's own words are told.
options:
  files:
    description: "Each with C(path), C(content) in base64 (or C(secret), a name in O(secrets); or neither: no file),
      and C(mode) in octal."
    type: list
    elements: dict
    required: true
  secrets: {description: Contents by name., type: dict, default: {}}
  checks: {description: Commands that must accept the files., type: list, elements: list, default: []}
author: [The replication kit's contributors]
"""
RETURN = """
changes: {description: What was written or removed., type: list, elements: str, returned: always}
"""

State = tuple[bytes, int] | None


def state_of(path: Path) -> State:
    """Content and mode of a file that root owns; None if there is no such file."""
    try:
        status = path.lstat()
    except FileNotFoundError:
        return None
    if path.is_symlink() or status.st_uid or status.st_gid:
        return b"", -1
    return path.read_bytes(), status.st_mode & 0o7777


def wanted(entry: dict[str, Any], secrets: dict[str, str]) -> State:
    """What the entry asks for."""
    if entry.get("secret"):
        content = str(secrets[entry["secret"]]).encode()
    elif entry.get("content") is not None:
        content = base64.b64decode(entry["content"])
    else:
        return None
    return content, int(str(entry["mode"]), 8)


def put(path: Path, state: State) -> None:
    """Bring the file into the state."""
    if state is None:
        path.unlink(missing_ok=True)
    else:
        write_atomically(path, *state)


def complaint(checks: list[list[str]]) -> str:
    """The words of the first command that refuses, "" when all accept."""
    for command in checks:
        done = run(*map(str, command))
        if done.returncode:
            return f"{' '.join(map(str, command))}:\n{last_lines(done.stderr or done.stdout)}"
    return ""


def main() -> None:
    """Run the module."""
    module = AnsibleModule(
        argument_spec={
            "files": {"type": "list", "elements": "dict", "required": True},
            "secrets": {"type": "dict", "default": {}, "no_log": True},
            "checks": {"type": "list", "elements": "list", "default": []},
        },
        supports_check_mode=True,
    )
    todo: dict[Path, State] = {}
    for entry in module.params["files"]:
        path, state = Path(entry["path"]), wanted(entry, module.params["secrets"])
        if state_of(path) != state:
            todo[path] = state
    changes = [f"{'no file' if state is None else 'file'} {path}" for path, state in todo.items()]
    if not todo or module.check_mode:
        module.exit_json(changed=bool(todo), changes=changes)
    before = {path: state_of(path) for path in todo}
    try:
        for path, state in todo.items():
            put(path, state)
    except OSError as error:
        module.fail_json(msg=f"{error.filename} could not be written: {error.strerror}.")
    refusal = complaint(module.params["checks"])
    if refusal:
        for path, state in before.items():
            if state is None or state[1] >= 0:
                put(path, state)
        module.fail_json(msg="The new files are not accepted; those before are back in place.", stderr=refusal)
    module.exit_json(changed=True, changes=changes)


if __name__ == "__main__":
    main()
