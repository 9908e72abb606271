"""`kit forecast`: what the templates as they stand would meet in the regions' repositories."""

import datetime as dt
import itertools
import json
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

import click

from kit import __version__
from kit.errors import UsageError
from kit.upgrade.forecast import Outlook, places
from kit.upgrade.forecast import forecast as run
from kit.upgrade.forecast.outlook import counts, ordered
from kit.upgrade.forecast.page import page

_SHOWN = 5


@click.command()
@click.option(
    "--all",
    "given",
    required=True,
    type=click.Path(path_type=Path, exists=True),
    metavar="DIR",
    help="A folder of regions' repositories; or a file with the addresses of their remotes, one a line.",
)
@click.option("--json", "as_json", is_flag=True, help="Print everything as JSON.")
@click.option("--html", type=click.Path(path_type=Path, dir_okay=False), metavar="FILE", help="Write a page, too.")
@click.pass_context
def forecast(ctx: click.Context, given: Path, *, as_json: bool, html: Path | None) -> None:
    """Tell what the templates as they stand here would meet in every region's repository, before they are released.

    Which merge cleanly, which conflict and where, whose overrides are touched, which need database migrations. No
    repository is touched, and nothing in one is run.

    Exit code 0: every region merges cleanly. 1: conflicts, or regions that cannot be foretold. 2: wrong usage.
    """
    if html is not None and not html.absolute().parent.is_dir():
        raise UsageError(f"{html.parent} is no folder: give another --html.")
    found = ordered(run(places(given), told=_counter(quiet=as_json)))
    if html is not None:
        moment = dt.datetime.now().astimezone().strftime("%d %B %Y, %H:%M %Z")
        html.write_text(page(found, __version__, moment), encoding="utf-8")
    if as_json:
        values = {"kit": __version__, "counts": counts(found), "regions": [one.as_dict() for one in found]}
        click.echo(json.dumps(values, ensure_ascii=False, indent=1))
    else:
        _show(found)
        if html is not None:
            click.echo(f"\nThe page: {html}")
    ctx.exit(1 if any(one.meets in ("conflicts", "cannot be foretold") for one in found) else 0)


def _counter(*, quiet: bool) -> Callable[[Outlook], None]:
    """Tell people at a terminal how many regions are done."""
    done = itertools.count(1)

    def told(_: Outlook) -> None:
        number = next(done)
        if not quiet and sys.stderr.isatty():
            click.echo(f"\r{number} regions", nl=False, err=True)

    return told


def _show(found: Sequence[Outlook]) -> None:
    for one in found:
        if one.fault:
            click.echo(f"{one.name or one.where}: cannot be foretold: {one.fault}")
        elif one.conflicts or one.overrides:
            click.echo(f"{one.name} ({one.where}): {one.meets}")
        for conflict in one.conflicts[:_SHOWN]:
            click.echo(f"  conflict  {conflict.path}: {conflict.words}")
            for place in conflict.places:
                click.echo(f"            {place}")
        if len(one.conflicts) > _SHOWN:
            click.echo(f"  … and {len(one.conflicts) - _SHOWN} more conflicts")
        for touched in one.overrides:
            click.echo(f"  override  {touched.override} replaces {touched.original}, which changes")
    click.echo(f"\n{len(found)} regions")
    for words, count in counts(found).items():
        click.echo(f"{count:>5}  {words}")
    named = dict.fromkeys(name for one in found for name in one.migrations)
    if named:
        click.echo(f"\nDatabase migrations: {', '.join(named)}")
