"""`kit status`: versions, health, certificate days, disk, last backup."""

import json
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import click
from rich.console import Console
from rich.markup import escape

from kit.cli.servers import console
from kit.cli.target import path_of, profile_of, with_servers
from kit.cli.tree import Tree
from kit.deploy.servers.hosts import close, servers_of
from kit.deploy.servers.status import Status, ask, connections
from kit.profile import Profile


@click.command()
@click.argument("region")
@click.option("--json", "as_json", is_flag=True, help="Print everything as JSON.")
@click.option("--tree", "only_tree", is_flag=True, help="Compare the region's tree with its render; ask no server.")
@click.pass_context
def status(ctx: click.Context, region: str, *, as_json: bool, only_tree: bool) -> None:
    """Show how the servers of REGION are: versions, health, certificate, disk, last run, last backup.

    Then every managed file of its tree that differs from its render, and whether the region meant it.

    Exit code 0: all is well. 1: something needs care. 3: a server could not be entered.
    """
    profile = profile_of(region) if only_tree else with_servers(region)
    found = [] if only_tree else _asked(profile)
    tree = Tree(path_of(region), profile)
    if as_json:
        click.echo(json.dumps([*(one.as_dict() for one in found), {"tree": tree.as_dict()}], indent=1))
    else:
        _show(console(), found)
        click.echo("\n".join(tree.lines()))
    if not all(one.entered for one in found):
        ctx.exit(3)
    ctx.exit(1 if any(one.concerns for one in found) or not tree.is_well else 0)


def _asked(profile: Profile) -> list[Status]:
    """How each server of the profile is; none where it names none yet."""
    servers = servers_of(profile) if profile.data.hosting.servers else ()
    if not servers:
        return []
    with connections() as folder, ThreadPoolExecutor(len(servers)) as pool:
        control = Path(folder)
        found = list(pool.map(lambda server: ask(server, control, profile.data.apps.enabled), servers))
        close(servers, control)
    return found


def _show(out: Console, found: Sequence[Status]) -> None:
    for one in found:
        mark = "[red]✗[/]" if one.concerns else "[green]✓[/]"
        out.print(f"{mark} [bold]{escape(one.name)}[/] ({escape(one.address)})  {escape(one.system)}", soft_wrap=True)
        for name, words in _lines(one) if not one.fault else ():
            out.print(f"    {name:<14} {escape(words)}", soft_wrap=True)
        for concern in one.concerns:
            out.print(f"    [red]![/] {escape(concern)}", soft_wrap=True)


def _lines(one: Status) -> Iterator[tuple[str, str]]:
    for app, release in one.live.items():
        said = one.health.get(app, {})
        back = f", before it {one.before[app]}" if app in one.before else ""
        yield app, f"{said.get('status', 'no answer')}, version {said.get('version', '?')}, release {release}{back}"
    versions = {"kit": one.kit or "not set up by it yet", **one.packages}
    yield "versions", ", ".join(f"{name} {version}" for name, version in versions.items())
    yield "disk", f"{one.disk_free} of {one.disk} MB free"
    yield "memory", f"{one.memory_available} of {one.memory} MB available"
    if one.certificate_days is not None:
        yield "certificate", f"{one.certificate_days} days"
    yield "last backup", one.last_backup or "none"
    if one.last_point:
        point = one.last_point
        yield "backup point", f"before release {point.release}, {point.made}, {max(1, point.kib // 1024)} MB"
    if one.last_run:
        yield "last run", ", ".join(str(one.last_run.get(key)) for key in ("what", "time", "result"))
