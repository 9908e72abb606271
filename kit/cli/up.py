"""`kit up`: a region's apps on this machine."""

import sys
from collections.abc import Sequence

import click
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from kit.cli.progress import Progress
from kit.cli.target import path_of
from kit.deploy.accounts import Account, demo_accounts
from kit.deploy.embedded import Service
from kit.deploy.logs import Follower
from kit.deploy.serve import Stopped, stopping_signals
from kit.deploy.session import Session
from kit.deploy.state import State, state_base
from kit.profile import load
from kit.render.region import Renderer

_WIDTH = 120
_COLOURS = ("cyan", "magenta", "yellow")


@click.command(short_help="Serve a region's apps on this machine, with demo data.")
@click.argument("region")
@click.option("--port", type=click.IntRange(1024, 65535), metavar="N", help="Use the ports N, N+1, …, one an app.")
@click.option("--detach", is_flag=True, help="Go on in the background; `kit down REGION` stops it.")
def up(region: str, port: int | None, detach: bool) -> None:
    """Check the profile of REGION, render it, deploy it on this machine without root, and serve its apps.

    The data stay in var/ (or in the directory that KIT_STATE names) until the next time. Ctrl-C stops everything.
    """
    console = Console(width=None if sys.stdout.isatty() else _WIDTH, highlight=False)
    with stopping_signals():
        try:
            _up(console, region, port, detach=detach)
        except Stopped as stopped:
            console.print("Stopped.")
            click.get_current_context().exit(128 + stopped.number)


def _up(console: Console, region: str, port: int | None, *, detach: bool) -> None:
    with Progress(console) as progress:
        with progress.step("Check the profile") as outcome:
            path = path_of(region)
            profile = load(path)
            outcome.append(f"{path}: no fault")
        name = profile.data.region.name
        session = Session(State(state_base(), profile.folder_name), name, profile.data.apps.enabled)
        try:
            stale = session.clear()
            if stale:
                console.print(f"[yellow]![/] Stopped {len(stale)} processes that an earlier run had left.")
            with progress.step("Render the apps") as outcome:
                rendered = Renderer().render(path, profile=profile)
                outcome.append(f"{rendered.path}: {rendered.change}")
            services, notes = session.prepare(rendered.path, port, progress.event)
            for note in notes:
                console.print(f"[yellow]![/] {escape(note)}", soft_wrap=True)
            if detach:
                with progress.step("Start the apps"):
                    session.serve_apart(services)
                _show(console, name, services, session.state)
                console.print(f"They go on in the background; `kit down {region}` stops them.")
                return
            _serve(console, progress, session, name, services)
        except BaseException:
            session.close()
            raise
        session.close()


def _serve(console: Console, progress: Progress, session: Session, name: str, services: Sequence[Service]) -> None:
    """Serve in the foreground and print what the apps log."""
    follower = Follower({service.app: service.log for service in services})
    colours = dict(zip((service.app for service in services), _COLOURS, strict=False))
    width = max(len(service.app) for service in services)

    def ready() -> None:
        progress.end("Start the apps")
        _show(console, name, services, session.state)
        console.print("Ctrl-C stops the apps; the data stay. What they log:\n")

    def follow() -> None:
        for app, line in follower.new_lines():
            console.print(f"[{colours[app]}]{app:<{width}}[/] {escape(line)}", soft_wrap=True)

    progress.begin("Start the apps")
    session.serve(services, ready=ready, each_round=follow)
    follow()
    console.print("Stopped. The same command starts the apps again, with their data.")


def _show(console: Console, name: str, services: Sequence[Service], state: State) -> None:
    """Print where the apps are and whom one can sign in as."""
    console.print(f"\n[bold]{escape(name)}[/]", soft_wrap=True)
    for service in services:
        console.print(f"  {service.app:<14} {service.url}", soft_wrap=True)
    accounts = demo_accounts(state, tuple(service.app for service in services))
    if accounts:
        console.print()
        console.print(_table(accounts))
        console.print(f"[dim]Invented people. Passwords made for this machine: {escape(str(state.accounts('APP')))}[/]")
    console.print()


def _table(accounts: Sequence[Account]) -> Table:
    table = Table("app", "role", "name", "user name", "password", box=None, pad_edge=True)
    shown = ""
    for account in accounts:
        role = f"{account.role} ({account.scope})" if account.scope else account.role
        cells = (role, account.full_name, account.username, account.password)
        table.add_row("" if account.app == shown else account.app, *map(escape, cells))
        shown = account.app
    return table
