"""`kit`: the entry point. Commands load on use, so `kit --help` stays instant."""

import errno
import importlib
import sys
from typing import Any, NamedTuple

import click

from kit import __version__
from kit.errors import KitError, OutsideError


class Command(NamedTuple):
    """Where a command lives (``module:object``) and the line `kit --help` shows for it."""

    target: str
    summary: str


COMMANDS: dict[str, Command] = {
    "region": Command("kit.cli.region:region", "Make, list and show region profiles."),
    "check": Command("kit.cli.check:check", "Report every fault of region profiles."),
    "render": Command("kit.cli.render:render", "Write the repositories of regions from their profiles."),
    "up": Command("kit.cli.up:up", "Serve a region's apps on this machine, with demo data."),
    "down": Command("kit.cli.down:down", "Stop a region's apps on this machine."),
    "doctor": Command("kit.cli.doctor:doctor", "Look whether a region's servers are fit to be set up."),
    "lab": Command("kit.cli.lab:lab", "Boot disposable Debian servers on this machine, to rehearse on."),
    "plan": Command("kit.cli.plan:plan", "List what setup would change on a region's servers."),
    "setup": Command("kit.cli.setup:setup", "Bring a region's servers to its apps over HTTPS."),
    "deploy": Command("kit.cli.deploy:deploy", "Bring a new release onto a region's servers."),
    "verify": Command("kit.cli.verify:verify", "See that a region's servers do what they are there for."),
    "status": Command("kit.cli.status:status", "Show how a region's servers are."),
    "upgrade": Command("kit.cli.upgrade:upgrade", "Merge a new version of the templates into a region's repository."),
    "adopt": Command("kit.cli.adopt:adopt", "Put a copy of a rendered tree that was made by hand under the kit."),
    "lift": Command("kit.cli.lift:lift", "Turn a region's own commit into a change of the templates."),
    "forecast": Command("kit.cli.forecast:forecast", "Tell what the templates as they stand meet in every region."),
    "rollback": Command("kit.cli.rollback:rollback", "Let a region's former release serve again."),
    "test": Command("kit.cli.test:test", "Run the project's own tests."),
    "release": Command("kit.cli.release:release", "Release a version of the kit: check, record, tag."),
    "lock": Command("kit.cli.lock:lock", "Pin the requirements, with hashes."),
}


class LazyGroup(click.Group):
    """A group that imports a command's module only when that command is called."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click's signature
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002 - click's signature
        if cmd_name not in COMMANDS:
            return None
        module, _, name = COMMANDS[cmd_name].target.partition(":")
        command: click.Command = getattr(importlib.import_module(module), name)
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002
        with formatter.section("Commands"):
            formatter.write_dl([(name, command.summary) for name, command in COMMANDS.items()])

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except KitError as error:
            click.echo(f"Error: {error}", err=True)
            ctx.exit(error.exit_code)
        except OSError as error:  # a full disk, a directory of somebody else
            if error.errno == errno.EPIPE or not error.filename:
                raise
            click.echo(f"Error: {error.strerror}: {error.filename}", err=True)
            ctx.exit(OutsideError.exit_code)


@click.group(cls=LazyGroup, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="kit")
def cli() -> None:
    """Give a region the three apps: from its profile to running, verified servers.

    REGION is a code (52.71), a slug (kota-mataram) or a path to a profile.
    """


def main() -> None:
    """Run the command line; the console script's entry point."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")
    cli(prog_name="kit")


if __name__ == "__main__":
    main()
