"""How the outcomes of checks are shown: by server and group, each finding with cause and remedy."""

from collections.abc import Sequence

from rich.console import Console
from rich.markup import escape

from kit.checks.result import Outcome, Report, Status, Where
from kit.checks.target import Target

_MARKS = {
    Status.OK: "[green]✓[/]",
    Status.SKIPPED: "[dim]-[/]",
    Status.NOTE: "[blue]i[/]",
    Status.WARNING: "[yellow]![/]",
    Status.FAULT: "[red]✗[/]",
}


def show(console: Console, target: Target, report: Report, summary: str, *, verbose: bool) -> None:
    """Print the outcomes by server and group, then *summary*. *verbose*: also those that found nothing."""
    places = [(server.name, f"{server.name}  {server.user}@{server.address}") for server in target.servers]
    for name, heading in [*places, ("", "Region")]:
        here = [outcome for outcome in report.outcomes if outcome.server == name]
        quiet = sum(one.result.status is Status.OK for one in here)
        console.print(
            f"\n[bold]{escape(heading)}[/]  [dim]{quiet} of {len(here)} checks found nothing[/]", soft_wrap=True
        )
        _show_groups(console, [one for one in here if verbose or not _is_quiet(one)])
    console.print()
    console.print(summary, soft_wrap=True)


def counted(number: int, noun: str) -> str:
    """``1 fault``, ``2 faults``."""
    return f"{number} {noun}{'' if number == 1 else 's'}"


def found(report: Report) -> str:
    """How many faults, warnings and notes."""
    kinds = ((Status.FAULT, "fault"), (Status.WARNING, "warning"), (Status.NOTE, "note"))
    return ", ".join(counted(len(report.of(kind)), noun) for kind, noun in kinds)


def _is_quiet(outcome: Outcome) -> bool:
    return outcome.result.status in (Status.OK, Status.SKIPPED)


def _show_groups(console: Console, outcomes: Sequence[Outcome]) -> None:
    group = ""
    for outcome in outcomes:
        if outcome.group != group:
            group = outcome.group
            console.print(f"  [dim]{escape(group)}[/]")
        _show_one(console, outcome)


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
