"""`kit plan`: what setup would change."""

import json

import click

from kit.cli.progress import Progress
from kit.cli.servers import console, count, plan_json, session_of, show_plan


@click.command()
@click.argument("region")
@click.option("--json", "as_json", is_flag=True, help="Print the list as JSON, and nothing else.")
def plan(region: str, *, as_json: bool) -> None:
    """List what `kit setup` would change on the servers of REGION, item by item. Nothing is changed.

    Exit code 0: listed. 1: faults in the profile. 3: a server cannot be reached.
    """
    out = console()
    out.quiet = as_json
    with Progress(out) as progress, session_of(region, "plan", progress) as session:
        wishes = session.wishes(keep=False)
        with progress.step("Look at the servers") as outcome:
            works = [work for work, _ in session.survey(wishes)]
            outcome.append(f"{count(works)} differences")
    show_plan(out, works)
    if as_json:
        click.echo(json.dumps(plan_json(works), indent=1))
