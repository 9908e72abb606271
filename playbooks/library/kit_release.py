"""Ansible module: one release, one directory, named by the digest of what is in it."""

from __future__ import annotations

import hashlib
import os
import shutil
from pathlib import Path

from ansible.module_utils.basic import AnsibleModule

DOCUMENTATION = """
module: kit_release
short_description: Copy a region's code into a release directory.
description:
  - Copies the named parts of a region's repository into C(root/ID), where ID is the digest of their content.
  - A directory under that name is complete; an interrupted copy is left under another name and removed by the next run.
  - The release used before stays; older ones are removed.
options:
  source: {description: The region's repository on the host., type: path, required: true}
  root: {description: Directory of the releases., type: path, required: true}
  parts: {description: What to copy, relative to O(source)., type: list, elements: str, required: true}
  optional_parts: {description: What to copy if it is there., type: list, elements: str, default: []}
  keep: {description: How many releases stay besides this one., type: int, default: 1}
author: [The replication kit's contributors]
"""
RETURN = """
id: {description: The release's name., type: str, returned: always}
path: {description: The release's directory., type: str, returned: always}
"""

_NOT_CODE = frozenset({"__pycache__", ".git"})
_PARTIAL = ".part"


def files_of(base: Path) -> list[Path]:
    """Every file and symbolic link at or below *base*, sorted, without caches."""
    if base.is_symlink() or base.is_file():
        return [base]
    found = []
    for folder, names, files in os.walk(base):
        names[:] = sorted(set(names) - _NOT_CODE)
        links = [name for name in names if Path(folder, name).is_symlink()]
        found += [Path(folder, name) for name in (*files, *links) if not name.endswith(".pyc")]
    return sorted(found)


def digest(source: Path, parts: list[str]) -> str:
    """The digest of the parts: names, contents, link targets and the executable bit. Twelve hexadecimal digits."""
    total = hashlib.sha256()
    for part in sorted(parts):
        for path in files_of(source / part):
            name = str(path.relative_to(source)).encode("utf-8", "surrogateescape")
            if path.is_symlink():
                kind, content = b"link", str(path.readlink()).encode("utf-8", "surrogateescape")
            else:
                kind = b"program" if path.stat().st_mode & 0o100 else b"file"
                content = path.read_bytes()
            total.update(b"%s\0%s\0%d\0" % (kind, name, len(content)) + content)
    return total.hexdigest()[:12]


def copy(source: Path, parts: list[str], target: Path) -> None:
    """Copy the parts to *target*, which appears only when it is complete."""
    partial = target.with_name(target.name + _PARTIAL)
    shutil.rmtree(partial, ignore_errors=True)
    for part in parts:
        for path in files_of(source / part):
            destination = partial / path.relative_to(source)
            destination.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(path, destination, follow_symlinks=False)
    partial.rename(target)


def outdated(root: Path, current: Path, keep: int) -> list[Path]:
    """What may go: interrupted copies, and all releases but *current* and the *keep* last used before it."""
    others = [path for path in root.iterdir() if path.is_dir() and path != current] if root.is_dir() else []
    partial = [path for path in others if path.name.endswith(_PARTIAL)]
    complete = sorted(set(others) - set(partial), key=lambda path: path.stat().st_mtime, reverse=True)
    return partial + complete[keep:]


def main() -> None:
    """Run the module."""
    module = AnsibleModule(
        argument_spec={
            "source": {"type": "path", "required": True},
            "root": {"type": "path", "required": True},
            "parts": {"type": "list", "elements": "str", "required": True},
            "optional_parts": {"type": "list", "elements": "str", "default": []},
            "keep": {"type": "int", "default": 1},
        },
        supports_check_mode=True,
    )
    source, root = Path(module.params["source"]), Path(module.params["root"])
    missing = [part for part in module.params["parts"] if not (source / part).exists()]
    if missing:
        module.fail_json(msg=f"{source} does not hold {', '.join(missing)}: it is no complete region repository.")
    parts = module.params["parts"] + [part for part in module.params["optional_parts"] if (source / part).exists()]
    try:
        name = digest(source, parts)
        target = root / name
        new = not target.is_dir()
        leftover = outdated(root, target, module.params["keep"])
        if not module.check_mode:
            if new:
                copy(source, parts, target)
            os.utime(target)
            for path in leftover:
                shutil.rmtree(path)
    except OSError as error:
        module.fail_json(msg=f"The release could not be written to {root}: {error.strerror} ({error.filename}).")
    module.exit_json(changed=new or bool(leftover), id=name, path=str(target))


if __name__ == "__main__":
    main()
