"""`kit setup`: bare servers to the enabled apps over HTTPS, in one command that can be run again at any time."""

import click

from kit.cli.bringing import bring, report
from kit.cli.progress import Progress
from kit.cli.servers import console, session_of


@click.command()
@click.argument("region")
@click.option("-v", "--verbose", count=True, help="Also Ansible's own words; -vv and -vvv for more of them.")
def setup(region: str, *, verbose: int) -> None:
    """Bring the servers of REGION to its apps over HTTPS: check, render, look, provision, deploy, verify, report.

    Only what differs is changed. A run that was broken off is finished by the same command.
    Exit code 0: done. 1: something is not as it must be. 3: a server could not be reached or refused.
    """
    out = console()
    with Progress(out, verbose=verbose > 0) as progress, session_of(region, "setup", progress) as session:
        report(out, session, bring(out, progress, session, session.wishes(keep=True), verbosity=verbose))
