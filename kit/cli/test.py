"""`kit test`: the project's own tests."""

import os
import time
from contextlib import ExitStack

import click
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from kit.paths import ROOT
from kit.suite import postgres
from kit.suite.groups import NAMES, Step, chosen
from kit.suite.runner import Result, State, keep, run

_COLOURS = {State.PASSED: "green", State.FAILED: "red", State.LEFT_OUT: "yellow"}
_SHOWN_LINES = 150


@click.command(short_help="Run the project's own tests.")
@click.argument("groups", nargs=-1, type=click.Choice(NAMES))
def test(groups: tuple[str, ...]) -> None:
    """Run the tests: all groups, or the ones named. What cannot run on this machine is left out and named at the end.

    With CI=true in the environment nothing may be left out or skipped. A run of all groups tests the apps on PostgreSQL
    where there is one; `kit test apps` tests them on SQLite too, as CI does.
    """
    console = Console(width=None if os.isatty(1) else 140, highlight=False)
    began = time.monotonic()
    strict = os.environ.get("CI", "").lower() == "true"
    wanted = chosen(groups, postgres.why_missing(), strict=strict)
    with ExitStack() as stack:
        database = ""
        if any(step.needs_postgresql and not step.missing for step in wanted):
            database = stack.enter_context(postgres.server())
        results = run(
            wanted,
            database,
            strict=strict,
            began=lambda step: _began(console, step),
            ended=lambda r: _ended(console, r),
        )
    _close(console, results, time.monotonic() - began)
    if any(result.state is State.FAILED for result in results):
        click.get_current_context().exit(1)


def _began(console: Console, step: Step) -> None:
    console.print(f"[dim]… {step.group}: {escape(step.name)}[/]", soft_wrap=True)


def _ended(console: Console, result: Result) -> None:
    log = keep(result, ROOT / "var" / "test")
    if result.state is State.FAILED:
        lines = result.output.strip().splitlines()
        cut = f"(the last {_SHOWN_LINES} of {len(lines)} lines; all: {log})\n" if len(lines) > _SHOWN_LINES else ""
        console.print(f"[red]✗ {result.step.group}: {escape(result.step.name)}[/]", soft_wrap=True)
        click.echo(cut + "\n".join(lines[-_SHOWN_LINES:]))
    else:
        words = result.closing or (result.output.strip() if result.state is State.LEFT_OUT else "no finding")
        mark = "✓" if result.state is State.PASSED else "–"
        colour = _COLOURS[result.state]
        console.print(
            f"[{colour}]{mark}[/] {result.step.group}: {escape(result.step.name)}  [dim]{escape(words)}[/]",
            soft_wrap=True,
        )


def _close(console: Console, results: list[Result], seconds: float) -> None:
    """The closing table, then one plain line with the sums."""
    table = Table("group", "step", "outcome", "time", "closing line", box=None, pad_edge=False)
    for result in results:
        outcome = f"[{_COLOURS[result.state]}]{result.state.value}[/]"
        words = result.closing if result.state is not State.LEFT_OUT else result.output
        table.add_row(result.step.group, escape(result.step.name), outcome, f"{result.seconds:.0f} s", escape(words))
    console.print()
    console.print(table)
    for result in results:
        for reason in result.skips:
            console.print(f"skipped in {result.step.name}: {escape(reason)}", soft_wrap=True)
    console.print(f"\n{seconds:.0f} s in all")
    checks = [result for result in results if not result.closing and result.state is not State.LEFT_OUT]
    passed = sum(result.count("passed") for result in results) + sum(r.state is State.PASSED for r in checks)
    failed = sum(result.count("failed", "error", "errors") for result in results)
    failed += sum(result.state is State.FAILED and not result.count("failed", "error", "errors") for result in results)
    skipped = sum(result.count("skipped") for result in results) + sum(r.state is State.LEFT_OUT for r in results)
    click.echo(f"{passed} passed, {failed} failed, {skipped} skipped")
