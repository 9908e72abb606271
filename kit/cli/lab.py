"""`kit lab`: disposable Debian servers on this machine."""

import json
import sys
from pathlib import Path

import click
from rich.console import Console
from rich.markup import escape

from kit.cli.progress import Progress
from kit.deploy.state import state_base
from kit.errors import UsageError
from kit.lab import Lab, network
from kit.lab.hosts import Listed, as_profile
from kit.lab.lab import DEFAULT_RELEASE
from kit.lab.sources import RELEASES

_WIDTH = 120


def lab_directory() -> Path:
    """Where the lab keeps its state: `lab` beside the state of embedded regions."""
    return state_base() / "lab"


@click.group(short_help="Boot disposable Debian servers on this machine, to rehearse on.")
def lab() -> None:
    """Boot disposable Debian servers on this machine: systemd, sshd, an address each. Needs Linux and root.

    What happens to them happens to nothing else. `kit lab down --all` removes them without a trace;
    the base images stay in /var/cache/kit-lab (or where KIT_LAB_CACHE points).
    """


@lab.command()
@click.argument("names", metavar="NAME…", nargs=-1, required=True)
@click.option("--release", type=click.Choice(tuple(RELEASES)), default=DEFAULT_RELEASE, show_default=True)
@click.option("--memory", type=int, metavar="MIB", help="Limit each server's memory.")
@click.option("--disk", type=int, metavar="MIB", help="Give each server a disk of this size.")
def up(names: tuple[str, ...], release: str, memory: int | None, disk: int | None) -> None:
    """Boot the servers NAME… and print the lines a profile needs to name them.

    The lines go to standard output, all else to standard error. A server that runs already is left as it is.
    """
    console = _console()
    hosts = []
    place = Lab(lab_directory(), tell=lambda text: console.print(f"  [dim]{escape(text)}[/]"))
    with Progress(console) as progress:
        started = [(name, place.start(name, release, memory, disk)) for name in dict.fromkeys(names)]
        for name, host in started:
            with progress.step(f"{name}: Debian {RELEASES[release]} ({release})") as outcome:
                hosts.append(place.wait(host))
                outcome.append(f"{host.user}@{host.address} answers SSH")
    if warning := network.blocked():
        console.print(f"[yellow]![/] {escape(warning)}", soft_wrap=True)
    click.echo(as_profile(hosts), nl=False)
    first = hosts[0]
    console.print(
        f"\nLog in:  ssh -i {first.key} -o UserKnownHostsFile={first.known_hosts} {first.user}@{first.address}"
    )
    console.print(f"Remove:  kit lab down {' '.join(host.name for host in hosts)}", highlight=False)


@lab.command(name="list")
@click.option("--json", "as_json", is_flag=True, help="Print the servers as JSON.")
def list_(as_json: bool) -> None:
    """Show the servers, running or left over from before this machine was restarted."""
    found = Lab(lab_directory()).list()
    if as_json:
        click.echo(json.dumps([_plain(one) for one in found], ensure_ascii=False, indent=2))
        return
    for one in found:
        limits = [f"{one.memory} MiB memory"] if one.memory else []
        limits += [f"{one.disk} MiB disk"] if one.disk else []
        state = "running" if one.running else "stopped"
        click.echo(
            f"{one.host.name:<20} {one.host.address:<16} {one.release:<10} {state:<8} {', '.join(limits)}".rstrip()
        )
    if not found:
        click.echo("No lab servers. `kit lab up NAME` boots one.")


@lab.command()
@click.argument("names", metavar="[NAME…]", nargs=-1)
@click.option("--all", "everything", is_flag=True, help="Remove every server, and whatever a killed run left.")
def down(names: tuple[str, ...], everything: bool) -> None:
    """Remove the servers NAME…, with their disks; with the last one, the lab's network too."""
    if everything == bool(names):
        raise UsageError("say which servers to remove, or --all: kit lab down NAME… | --all")
    place = Lab(lab_directory())
    if everything:
        removed = place.down_all()
        click.echo(
            f"Removed: {', '.join(removed)}" if removed else "No lab servers were there; nothing is left of any."
        )
        return
    for name in dict.fromkeys(names):
        place.down(name)
        click.echo(f"Removed: {name}")


def _plain(one: Listed) -> dict[str, object]:
    return {
        "name": one.host.name,
        "address": one.host.address,
        "user": one.host.user,
        "port": one.host.port,
        "key": str(one.host.key),
        "known_hosts": str(one.host.known_hosts),
        "release": one.release,
        "running": one.running,
        "memory": one.memory,
        "disk": one.disk,
    }


def _console() -> Console:
    terminal = sys.stderr.isatty()
    return Console(stderr=True, width=None if terminal else _WIDTH, highlight=False)
