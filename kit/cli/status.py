"""`kit status`: versions, health, certificate days, disk, last backup."""

import json
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import click
from rich.console import Console
from rich.markup import escape

from kit.cli.servers import console
from kit.cli.target import profile_of
from kit.deploy.servers.hosts import close, servers_of
from kit.deploy.servers.status import Status, ask, connections


@click.command()
@click.argument("region")
@click.option("--json", "as_json", is_flag=True, help="Print everything as JSON.")
@click.pass_context
def status(ctx: click.Context, region: str, *, as_json: bool) -> None:
    """Show how the servers of REGION are: releases, health, certificate, disk, last run, last backup.

    Exit code 0: all is well. 1: something needs care.
    """
    profile = profile_of(region)
    servers = servers_of(profile)
    with connections() as folder, ThreadPoolExecutor(len(servers)) as pool:
        control = Path(folder)
        found = list(pool.map(lambda server: ask(server, control, profile.data.apps.enabled), servers))
        close(servers, control)
    if as_json:
        click.echo(json.dumps([one.as_dict() for one in found], indent=1))
    else:
        _show(console(), found)
    if not all(one.good for one in found):
        ctx.exit(1)


def _show(out: Console, found: Sequence[Status]) -> None:
    for one in found:
        mark = "[green]✓[/]" if one.good else "[red]✗[/]"
        out.print(f"{mark} [bold]{escape(one.name)}[/] ({escape(one.address)})  {escape(one.system)}", soft_wrap=True)
        if one.fault:
            out.print(f"    {escape(one.fault)}", soft_wrap=True)
            continue
        for app, release in one.live.items():
            said = one.health.get(app, {})
            back = f", before it {one.before[app]}" if app in one.before else ""
            words = f"{said.get('status', 'no answer')}, version {said.get('version', '?')}"
            out.print(f"    {app:<14} {words}, release {release}{back}")
        out.print(f"    disk           {one.disk_free} of {one.disk} MB free", highlight=False)
        out.print(f"    memory         {one.memory_available} of {one.memory} MB available", highlight=False)
        if one.certificate_days is not None:
            out.print(f"    certificate    {one.certificate_days} days")
        out.print(f"    last backup    {escape(one.last_backup or 'none')}")
        if one.last_run:
            run = one.last_run
            words = ", ".join(str(run.get(key)) for key in ("what", "time", "result"))
            out.print(f"    last run       {escape(words)}", soft_wrap=True)
        for unit in one.failed_units:
            out.print(f"    [red]failed[/]         {escape(unit)}: journalctl -u {escape(unit)}", soft_wrap=True)
