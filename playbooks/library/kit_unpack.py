"""Ansible module: a release directory from an archive."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

from ansible.module_utils.basic import AnsibleModule

DOCUMENTATION = """
module: kit_unpack
short_description: Unpack a release.
description:
  - Unpacks the archive into a directory that appears only when it is complete, owned by root.
  - An interrupted unpacking is left under another name and removed by the next run.
  - The archive is removed once its directory is there.
options:
  archive: {description: The archive on the host., type: path, required: true}
  path: {description: The release's directory., type: path, required: true}
author: [The replication kit's contributors]
"""


def unpack(module: AnsibleModule, archive: Path, target: Path) -> None:
    """Unpack beside *target*, then name it so."""
    partial = target.with_name(f"{target.name}.part")
    shutil.rmtree(partial, ignore_errors=True)
    partial.mkdir(mode=0o755, parents=True)
    options = ["--no-same-owner", "--no-same-permissions", f"--directory={partial}"]
    done = subprocess.run(
        ["/usr/bin/tar", "--extract", "--gzip", f"--file={archive}", *options],
        capture_output=True,
        text=True,
        errors="replace",
        check=False,
        umask=0o022,
    )
    if done.returncode:
        module.fail_json(msg=f"The release could not be unpacked into {target}.", stderr=done.stderr)
    partial.rename(target)


def main() -> None:
    """Run the module."""
    module = AnsibleModule(
        argument_spec={
            "archive": {"type": "path", "required": True},
            "path": {"type": "path", "required": True},
        },
        supports_check_mode=True,
    )
    archive, target = Path(module.params["archive"]), Path(module.params["path"])
    if module.check_mode:
        module.exit_json(changed=not target.is_dir())
    try:
        changed = not target.is_dir()
        if changed:
            unpack(module, archive, target)
        archive.unlink(missing_ok=True)
    except OSError as error:
        module.fail_json(msg=f"{error.filename} could not be written: {error.strerror}.")
    module.exit_json(changed=changed)


if __name__ == "__main__":
    main()
