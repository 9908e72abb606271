"""`kit lock`: pin what the kit, the tests and the apps need."""

import click

from kit.deploy.requirements import write_locks
from kit.paths import ROOT


@click.command(short_help="Pin the requirements, with hashes.")
@click.option("--upgrade", is_flag=True, help="Take newer versions; without it only what *.in asks for changes.")
def lock(upgrade: bool) -> None:
    """Write requirements/{kit,dev}.txt and the apps' requirements.txt from the *.in files beside them."""
    changed = write_locks(ROOT, upgrade=upgrade)
    for path in changed:
        click.echo(f"{path}: written")
    if not changed:
        click.echo("The locks already match the *.in files.")
