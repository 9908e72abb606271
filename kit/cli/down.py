"""`kit down`: stop a region's apps on this machine."""

import click

from kit.cli.target import path_of, profile_of
from kit.deploy.background import take_down
from kit.deploy.state import State, state_base
from kit.profile.store import regions_dir


@click.command(short_help="Stop a region's apps on this machine.")
@click.argument("region")
def down(region: str) -> None:
    """Stop the apps of REGION that `kit up` runs, also what a killed run has left. The data stay."""
    state = State(state_base(), _folder(region))
    stopped = take_down(state)
    if not stopped:
        click.echo(f"Nothing of {state.name} was running.")
        return
    click.echo(f"Stopped {state.name}. The data stay in {state.root}.")


def _folder(region: str) -> str:
    """The name of the region's state directory. Faults of the profile must not keep anybody from stopping its apps."""
    if (state_base() / region / "run").is_dir():
        return region
    path = path_of(region)
    if path.parent.parent == regions_dir():
        return path.parent.name
    return profile_of(region).folder_name
