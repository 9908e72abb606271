"""`kit doctor`: whether a region's servers are fit to be set up. Changes nothing."""

import json
import sys

import click
from rich.console import Console
from rich.markup import escape

from kit.checks.doctor import checks
from kit.checks.facts import Facts
from kit.checks.result import Outcome, Report, Status, Where
from kit.checks.running import examine
from kit.checks.target import Target, target_of
from kit.cli.target import profile_of

_WIDTH = 120
_MARKS = {
    Status.OK: "[green]✓[/]",
    Status.SKIPPED: "[dim]-[/]",
    Status.NOTE: "[blue]i[/]",
    Status.WARNING: "[yellow]![/]",
    Status.FAULT: "[red]✗[/]",
}


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
    target = target_of(profile_of(region))
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
    places = [(server.name, f"{server.name}  {server.user}@{server.address}") for server in target.servers]
    for name, heading in [*places, ("", "Region")]:
        here = [outcome for outcome in report.outcomes if outcome.server == name]
        told = [one for one in here if verbose or one.result.status not in (Status.OK, Status.SKIPPED)]
        quiet = sum(one.result.status is Status.OK for one in here)
        console.print(
            f"\n[bold]{escape(heading)}[/]  [dim]{quiet} of {len(here)} checks found nothing[/]", soft_wrap=True
        )
        group = ""
        for outcome in told:
            if outcome.group != group:
                group = outcome.group
                console.print(f"  [dim]{group}[/]")
            _show_one(console, outcome)
    console.print()
    console.print(_summary(target, report), soft_wrap=True)


def _show_one(console: Console, outcome: Outcome) -> None:
    result = outcome.result
    console.print(f"  {_MARKS[result.status]} {escape(outcome.title)}: {escape(result.evidence)}", soft_wrap=True)
    if result.cause:
        console.print(f"      {escape(result.cause)}", soft_wrap=True)
    if result.remedy:
        console.print(f"      [dim]{_where(outcome)}[/] {escape(result.remedy)}", soft_wrap=True)


def _where(outcome: Outcome) -> str:
    """Where the remedy is carried out."""
    places = {
        Where.HERE: "→ here:",
        Where.SERVER: f"→ on {outcome.server}, as root:",
        Where.PROFILE: "→ in the profile:",
        Where.PERSON: "→",
    }
    return places[outcome.result.where]


def _summary(target: Target, report: Report) -> str:
    faults, warnings, notes = (len(report.of(kind)) for kind in (Status.FAULT, Status.WARNING, Status.NOTE))
    asked = f"{len(report.outcomes)} checks on {_count(len(target.servers), 'server')} in {report.seconds:.1f} s"
    found = f"{_count(faults, 'fault')}, {_count(warnings, 'warning')}, {_count(notes, 'note')}"
    if report.unreachable:
        after = f"Not entered: {', '.join(report.unreachable)}. Mend that first; the other checks follow then."
    elif faults:
        after = f"Mend the faults, then again: kit doctor {target.region}"
    else:
        after = f"Fit to be set up: kit setup {target.region}"
    return f"{asked}: {found}. {after}"


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}{'' if number == 1 else 's'}"
