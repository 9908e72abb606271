"""Ansible module: the databases as they were before a release migrates them."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

from ansible.module_utils.basic import AnsibleModule
from ansible.module_utils.kit_hosts import last_lines, run

DOCUMENTATION = """
module: kit_point
short_description: Keep each database as it was before a release.
description:
  - Writes C(ROOT/RELEASE/NAME.dump) in PostgreSQL's custom format, readable by root only; a point that is complete is
    left as it is. A database without tables, of a server that is only being set up, is not written.
  - Refuses where the disk has no room for it. Of older points only the newest stay.
options:
  names: {description: Databases., type: list, elements: str, required: true}
  release: {description: The release that is about to migrate them., type: str, required: true}
  keep: {description: "How many points stay, this one among them.", type: int, default: 2}
author: [The replication kit's contributors]
"""
RETURN = """
changes: {description: What was written., type: list, elements: str, returned: always}
"""

ROOT = Path("/var/lib/kit/points")
_COMPLETE = ".complete"
_TABLES = "select count(*) from pg_tables where schemaname = 'public'"
_SIZES = """select coalesce(sum(pg_database_size(datname)), 0) from pg_database
    where datname = any(string_to_array('{}', ','))"""


def psql(database: str, sql: str) -> int:
    """A number PostgreSQL's own administrator asks for. Raises RuntimeError with PostgreSQL's words."""
    done = run("runuser", "-u", "postgres", "--", "psql", "-wXAtq", "-d", database, "-c", sql)
    if done.returncode:
        raise RuntimeError(last_lines(done.stderr))
    return int(done.stdout)


def dump(name: str, target: Path) -> None:
    """Write the database to *target* and see that it can be read again. Raises RuntimeError with PostgreSQL's words."""
    command = ["runuser", "-u", "postgres", "--", "pg_dump", "-wFc", "-Z1", "--", name]
    descriptor = os.open(target, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_NOFOLLOW, 0o600)
    with os.fdopen(descriptor, "wb") as out:
        done = subprocess.run(command, cwd="/", stdout=out, stderr=subprocess.PIPE, check=False)
        out.flush()
        os.fsync(out.fileno())
    if done.returncode:
        raise RuntimeError(last_lines(done.stderr.decode(errors="replace")))
    listed = run("pg_restore", "--list", str(target))
    if listed.returncode:
        raise RuntimeError(last_lines(listed.stderr))


def complete(root: Path) -> list[Path]:
    """The points that are complete, the newest first."""
    found = [path for path in root.iterdir() if (path / _COMPLETE).is_file()] if root.is_dir() else []
    return sorted(found, key=lambda path: (path / _COMPLETE).stat().st_mtime, reverse=True)


def keep_only(root: Path, count: int) -> None:
    """Remove all but the newest *count* points, and what an interrupted run left."""
    kept = set(complete(root)[:count])
    for path in root.iterdir():
        if path not in kept:
            shutil.rmtree(path, ignore_errors=True)


def room(names: list[str], free: int) -> str:
    """Why there is no room for the dumps, "" if there is: they may be as large as the databases themselves."""
    needed = psql("postgres", _SIZES.format(",".join(names)))
    if needed <= free:
        return ""
    return f"The databases have {needed >> 20} MiB and only {free >> 20} MiB are free, so they cannot be kept first."


def main() -> None:
    """Run the module."""
    module = AnsibleModule(
        argument_spec={
            "names": {"type": "list", "elements": "str", "required": True},
            "release": {"type": "str", "required": True},
            "keep": {"type": "int", "default": 2},
        },
        supports_check_mode=True,
    )
    point = ROOT / module.params["release"]
    if (point / _COMPLETE).is_file():
        module.exit_json(changed=False, changes=[])
    try:
        filled = [name for name in module.params["names"] if psql(name, _TABLES)]
        if not module.check_mode:
            point.mkdir(mode=0o700, parents=True, exist_ok=True)
            refusal = room(filled, shutil.disk_usage(ROOT).free)
            if refusal:
                module.fail_json(msg=refusal)
            for name in filled:
                dump(name, point / f"{name}.dump")
            (point / _COMPLETE).touch()
            keep_only(ROOT, module.params["keep"])
    except (RuntimeError, OSError) as error:
        module.fail_json(msg=f"The databases could not be kept before the release: {error}")
    changes = [f"backup point of {name}" for name in filled]
    module.exit_json(changed=bool(changes), changes=changes)


if __name__ == "__main__":
    main()
