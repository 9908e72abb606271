"""`kit deploy`: a new release onto servers that are set up."""

import click

from kit.cli.bringing import DEPLOYED, bring, report
from kit.cli.progress import Progress
from kit.cli.servers import console, session_of


@click.command()
@click.argument("region")
@click.option("-v", "--verbose", count=True, help="Also Ansible's own words; -vv and -vvv for more of them.")
def deploy(region: str, *, verbose: int) -> None:
    """Bring a new release onto the servers of REGION: start it beside the old one, switch, let the old one end.

    Refuses servers that differ in more than the release. Exit code 0: done. 1: not so. 3: a server refused.
    """
    out = console()
    with Progress(out, verbose=verbose > 0) as progress, session_of(region, "deploy", progress) as session:
        wishes = session.wishes(keep=True)
        report(out, session, bring(out, progress, session, wishes, verbosity=verbose, parts=DEPLOYED))
