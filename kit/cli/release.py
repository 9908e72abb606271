"""`kit release`: a version of the kit, checked, recorded and tagged with a signature."""

import datetime as dt
import subprocess
import sys
from pathlib import Path

import click

from kit.errors import KitError, OutsideError
from kit.paths import ROOT
from kit.suite.groups import pytest, python
from kit.suite.releasing import Release, failed_checks

CHECKS = (("Migrations", python("kit.suite.migrations")), ("Upgrades", pytest("tests/releases")))


@click.command(short_help="Release a version of the kit: check, record, tag.")
@click.argument("version")
@click.option("--check", "look", is_flag=True, help="Only say whether it could be released; nothing is changed.")
def release(version: str, look: bool) -> None:
    """Release VERSION (1.2.3) of the kit, for its maintainers.

    Looks at version, changelog, work tree and signing key, judges the database migrations, and upgrades the tree and
    the databases of every recorded version. Then writes the version, records its tree and data in tests/releases for
    those to come, commits, and makes the signed tag; nothing is pushed. Killed anywhere, the same command goes on.

    Exit code 0: done. 1: something keeps it from being released. 3: git, the key or PostgreSQL failed.
    """
    one = Release(ROOT, version, _record)
    problems = one.problems()
    if not problems and not one.is_committed():
        click.echo("Judging the migrations, upgrading every recorded version …")
        problems = failed_checks(ROOT, CHECKS)
    if problems:
        raise KitError(f"{version} cannot be released:\n" + "\n".join(f"- {problem}" for problem in problems))
    if look:
        click.echo(f"{version} can be released.")
        return
    one.perform(dt.datetime.now(dt.UTC).date())
    click.echo(f"Released {version}: commit and signed tag {one.tag}. Next: git push origin main {one.tag}")


def _record(folder: Path) -> None:
    """Record in a process of its own, which reads the new version."""
    command = [sys.executable, "-m", "kit.suite.recording", str(folder)]
    done = subprocess.run(command, cwd=ROOT, stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False)
    if done.returncode:
        raise OutsideError(f"{folder.name} could not be recorded: {done.stderr.strip()}")
