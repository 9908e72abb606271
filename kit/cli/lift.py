"""`kit lift`: a region's own commit, given back to the templates."""

import click

from kit.cli.target import path_of
from kit.profile import load
from kit.render.region import repository_of
from kit.upgrade.lift import lift as run


@click.command()
@click.argument("region")
@click.argument("commit")
def lift(region: str, commit: str) -> None:
    """Print the change of the templates that COMMIT of REGION's repository amounts to, as a diff for `git apply`.

    The region's values become placeholders again; where it is not told which is meant, the reason is given and nothing
    is printed. Rendering proves the rest: the region's tree after the next upgrade equals its tree now.

    Exit code 0: proved. 1: refused, with the reason of each file.
    """
    path = path_of(region)
    path = path / "region.yml" if path.is_dir() else path
    profile = load(path)
    found = run(repository_of(path, profile), commit, profile, path)
    click.echo(found.diff, nl=False)
    for name in found.stays:
        click.echo(f"{name} stays the region's own.", err=True)
    tree = "its tree now" if found.is_now else "what the upgrade makes of it without the change"
    click.echo(f"{len(found.files)} files; proved: the region's tree after the next upgrade equals {tree}.", err=True)
    click.echo("Next, in the kit's clone: git apply, ./kitw test, a line in CHANGELOG.md.", err=True)
