"""`kit doctor`: whether a region's servers are fit to be set up. Changes nothing."""

import json
import sys

import click
from rich.console import Console

from kit.checks.doctor import checks
from kit.checks.facts import Facts
from kit.checks.result import Report, Status
from kit.checks.running import examine
from kit.checks.target import Target, target_of
from kit.cli import outcomes
from kit.cli.target import with_servers

_WIDTH = 120


@click.command(short_help="Look whether a region's servers are fit to be set up.")
@click.argument("region")
@click.option("--json", "as_json", is_flag=True, help="Print every outcome as JSON.")
@click.option("-v", "--verbose", is_flag=True, help="Show the checks that found nothing, too.")
@click.pass_context
def doctor(ctx: click.Context, region: str, as_json: bool, verbose: bool) -> None:
    """Ask every server of REGION, at once and without changing anything, whether setup would succeed.

    Each finding has its cause and the command that mends it.

    Exit code 0: no fault (warnings do not count). 1: faults. 2: wrong usage. 3: a server could not be entered.
    """
    target = target_of(with_servers(region))
    console = Console(width=None if sys.stdout.isatty() else _WIDTH, highlight=False)
    report = _examined(target, console, quiet=as_json)
    if as_json:
        click.echo(json.dumps({"region": target.region, **report.as_dict()}, ensure_ascii=False, indent=2))
    else:
        show(console, target, report, verbose=verbose)
    ctx.exit(report.exit_code)


def _examined(target: Target, console: Console, *, quiet: bool) -> Report:
    servers, regions = checks()
    if quiet or not console.is_terminal:
        return examine(target, servers, regions)
    waiting = {server.name for server in target.servers}
    with console.status(f"Asking {', '.join(sorted(waiting))} …") as status:

        def done(facts: Facts) -> None:
            waiting.discard(facts.server.name)
            status.update(f"Asking {', '.join(sorted(waiting))} …" if waiting else "Looking at the answers …")

        return examine(target, servers, regions, done)


def show(console: Console, target: Target, report: Report, *, verbose: bool) -> None:
    """Print the outcomes by server and group, and a summary."""
    outcomes.show(console, target, report, _summary(target, report), verbose=verbose)


def _summary(target: Target, report: Report) -> str:
    servers = outcomes.counted(len(target.servers), "server")
    asked = f"{len(report.outcomes)} checks on {servers} in {report.seconds:.1f} s"
    if report.unreachable:
        after = f"Not entered: {', '.join(report.unreachable)}. Mend that first; the other checks follow then."
    elif report.of(Status.FAULT):
        after = f"Mend the faults, then again: kit doctor {target.region}"
    else:
        after = f"Fit to be set up: kit setup {target.region}"
    return f"{asked}: {outcomes.found(report)}. {after}"
