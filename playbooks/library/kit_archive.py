"""Ansible module: a release directory from an archive, or an archive of it for another server."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

from ansible.module_utils.basic import AnsibleModule

DOCUMENTATION = """
module: kit_archive
short_description: Unpack a release, or pack it for another server.
description:
  - Unpacks the archive into a directory that appears only when it is complete, owned by root.
  - An interrupted unpacking is left under another name and removed by the next run.
  - The archive is removed once its directory is there.
  - Packs a directory with the times of its files, on which compiled Python code depends.
options:
  state: {description: What is made from what., type: str, choices: [unpacked, packed], required: true}
  archive: {description: The archive on the host. All there may read one that is made., type: path, required: true}
  path: {description: The release's directory., type: path, required: true}
  complete:
    description: A file the directory holds once it is complete; one without it is replaced. By default any will do.
    type: str
author: [The replication kit's contributors]
"""

_TAR = "/usr/bin/tar"


def tar(*arguments: str) -> subprocess.CompletedProcess[str]:
    """Run tar so that what it makes can be read by everybody and written by root."""
    return subprocess.run(
        [_TAR, *arguments], capture_output=True, text=True, errors="replace", check=False, umask=0o022
    )


def pack(path: Path, archive: Path) -> str:
    """Pack *path* into *archive*, fast rather than small and on all cores; return what went wrong, or nothing."""
    partial = archive.with_name(f"{archive.name}.part")
    done = tar("--create", "--use-compress-program=zstd -1 -T0", f"--file={partial}", f"--directory={path}", ".")
    if done.returncode == 0:
        partial.rename(archive)
    return done.stderr if done.returncode else ""


def unpack(archive: Path, path: Path) -> str:
    """Unpack *archive* to *path*, which it replaces at once; return what went wrong, or nothing."""
    partial = path.with_name(f"{path.name}.part")
    shutil.rmtree(partial, ignore_errors=True)
    partial.mkdir(mode=0o755, parents=True)
    options = ["--no-same-owner", "--no-same-permissions", f"--directory={partial}"]
    done = tar("--extract", f"--file={archive}", *options)
    if done.returncode:
        return done.stderr
    if path.is_dir():
        shutil.rmtree(path)
    partial.rename(path)
    return ""


def main() -> None:
    """Run the module."""
    module = AnsibleModule(
        argument_spec={
            "state": {"choices": ["unpacked", "packed"], "required": True},
            "archive": {"type": "path", "required": True},
            "path": {"type": "path", "required": True},
            "complete": {"type": "str"},
        },
        supports_check_mode=True,
    )
    archive, path = Path(module.params["archive"]), Path(module.params["path"])
    packing = module.params["state"] == "packed"
    done = not packing and (path / (module.params["complete"] or ".")).exists()
    if module.check_mode:
        module.exit_json(changed=not done)
    try:
        wrong = pack(path, archive) if packing else "" if done else unpack(archive, path)
        if not packing and not wrong:
            archive.unlink(missing_ok=True)
    except OSError as error:
        module.fail_json(msg=f"{error.filename} could not be written: {error.strerror}.")
    if wrong:
        target = f"into {path}" if not packing else f"from {path}"
        module.fail_json(msg=f"The release could not be {module.params['state']} {target}.", stderr=wrong)
    module.exit_json(changed=not done)


if __name__ == "__main__":
    main()
