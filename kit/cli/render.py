"""`kit render`: the repositories of regions, from their profiles."""

from pathlib import Path

import click

from kit.errors import KitError, UsageError
from kit.profile.store import find, stored
from kit.render import Outcome, Renderer

_WORDS = {"created": "rendered", "updated": "rendered anew and merged", "unchanged": "unchanged"}


@click.command()
@click.argument("region", required=False)
@click.option(
    "--into",
    type=click.Path(path_type=Path, file_okay=False),
    metavar="DIR",
    help="The repository's folder; by default build/CODE-slug.",
)
@click.option("--all", "every", is_flag=True, help="Render every profile there is.")
@click.pass_context
def render(ctx: click.Context, region: str | None, into: Path | None, *, every: bool) -> None:
    """Write the repository of REGION: its apps, documents and configuration, on branch kit, merged into main.

    Changes of the region are never lost: where they meet the new render, the files are named and nothing is merged.
    Exit code 0: done. 1: faults in the profile, or a repository that cannot take the render. 2: wrong usage.
    """
    if every == (region is not None) or (every and into):
        raise UsageError("Give one REGION, or --all without --into: `kit render kota-bandung`, `kit render --all`.")
    renderer = Renderer()
    if region is not None:
        _print(renderer.render(find(region), into))
        return
    failed = 0
    for one in stored():
        try:
            _print(renderer.render(one.path))
        except KitError as error:
            failed += 1
            click.echo(f"Error: {one.path.parent.name}: {error}", err=True)
    if failed:
        click.echo(f"{failed} of {len(stored())} regions could not be rendered; the others are done.", err=True)
        ctx.exit(1)


def _print(outcome: Outcome) -> None:
    files = f" ({outcome.files} files)" if outcome.files else ""
    click.echo(f"{outcome.path}: {_WORDS[outcome.change]}{files}")
