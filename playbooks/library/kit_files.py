"""Ansible module: all files of one part of a server in one call."""

from __future__ import annotations

import base64
import grp
import os
from pathlib import Path
from typing import Any, NamedTuple

from ansible.module_utils.basic import AnsibleModule
from ansible.module_utils.kit_hosts import last_lines, run, write_atomically

DOCUMENTATION = """
module: kit_files
short_description: Put files in place, all or none.
description:
  - Writes each file whole and owned by root, or removes it.
  - When O(checks) refuse the new files, those before are put back and the check's own words are told.
  - With C(keep=false) they are put back in any case, so it is only seen whether O(checks) would accept the new files.
options:
  files:
    description: "Each with C(path), C(content) in base64 (or C(secret), a name in O(secrets); or neither: no file),
      C(mode) in octal, and C(group) if another than root's may read it; C(source) is its name in the region's
      repository, for complaints."
    type: list
    elements: dict
    required: true
  secrets: {description: Contents by name., type: dict, default: {}}
  checks: {description: Commands that must accept the files., type: list, elements: list, default: []}
  keep: {description: Do the new files stay?, type: bool, default: true}
author: [The replication kit's contributors]
"""
RETURN = """
changes: {description: What was written or removed., type: list, elements: str, returned: always}
"""

State = tuple[bytes, int, str] | None


def group_of(number: int) -> str:
    """The name of a group; its number where it has none."""
    try:
        return grp.getgrgid(number).gr_name
    except KeyError:
        return str(number)


def state_of(path: Path) -> State:
    """Content and mode of a file that root owns; None if there is no such file."""
    try:
        status = path.lstat()
    except FileNotFoundError:
        return None
    if path.is_symlink() or status.st_uid:
        return b"", -1, ""
    return path.read_bytes(), status.st_mode & 0o7777, group_of(status.st_gid)


class Former(NamedTuple):
    """What was at a path, whoever owns it: a link's target, or a file's content, mode and owners; or nothing."""

    target: str = ""
    content: bytes | None = None
    mode: int = 0
    owners: tuple[int, int] = (0, 0)


def former(path: Path) -> Former:
    """What is at the path now."""
    if path.is_symlink():
        return Former(target=str(path.readlink()))
    if not path.exists():
        return Former()
    status = path.stat()
    return Former("", path.read_bytes(), status.st_mode & 0o7777, (status.st_uid, status.st_gid))


def put_back(path: Path, before: Former) -> None:
    """Make the path what it was."""
    if before.content is not None:
        write_atomically(path, before.content, before.mode)
        os.chown(path, *before.owners)
        return
    path.unlink(missing_ok=True)
    if before.target:
        path.symlink_to(before.target)


def wanted(entry: dict[str, Any], secrets: dict[str, str]) -> State:
    """What the entry asks for."""
    if entry.get("secret"):
        content = str(secrets[entry["secret"]]).encode()
    elif entry.get("content") is not None:
        content = base64.b64decode(entry["content"])
    else:
        return None
    return content, int(str(entry["mode"]), 8), entry.get("group") or "root"


def put(path: Path, state: State) -> None:
    """Bring the file into the state."""
    if state is None:
        path.unlink(missing_ok=True)
    else:
        write_atomically(path, *state)


def complaint(checks: list[list[str]], names: dict[str, str]) -> str:
    """The words of the first command that refuses, "" when all accept.

    A file of the region is named as it is called there: *names* by the path on this server.
    """
    for command in checks:
        done = run(*map(str, command))
        if done.returncode:
            words = last_lines(done.stderr or done.stdout)
            for path in sorted(names, key=len, reverse=True):
                words = words.replace(path, names[path])
            return f"{' '.join(map(str, command))}:\n{words}"
    return ""


def main() -> None:
    """Run the module."""
    module = AnsibleModule(
        argument_spec={
            "files": {"type": "list", "elements": "dict", "required": True},
            "secrets": {"type": "dict", "default": {}, "no_log": True},
            "checks": {"type": "list", "elements": "list", "default": []},
            "keep": {"type": "bool", "default": True},
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
    names = {entry["path"]: entry["source"] for entry in module.params["files"] if entry.get("source")}
    keep: bool = module.params["keep"]
    before: dict[Path, Former] = {}
    problem, refusal = "", ""
    try:
        for path, state in todo.items():
            before[path] = former(path)
            put(path, state)
        refusal = complaint(module.params["checks"], names)
        problem = "The new files are not accepted; those before are back in place." if refusal else ""
    except OSError as error:
        problem = f"{error.filename} could not be written: {error.strerror}. The files before are back in place."
    if problem or not keep:
        for path, earlier in before.items():
            put_back(path, earlier)
    if problem:
        module.fail_json(msg=problem, stderr=refusal)
    module.exit_json(changed=keep, changes=changes if keep else [])


if __name__ == "__main__":
    main()
