"""`kit rollback`: back to the release that served before."""

import click

from kit.cli.bringing import DEPLOYED, bring, look, newest, report
from kit.cli.progress import Progress
from kit.cli.servers import console, session_of
from kit.errors import KitError


@click.command()
@click.argument("region")
@click.option("-v", "--verbose", count=True, help="Also Ansible's own words; -vv and -vvv for more of them.")
def rollback(region: str, *, verbose: int) -> None:
    """Let the release serve again on the servers of REGION that served before the present one.

    The database keeps its schema: migrations only add. The next `kit deploy` or `kit setup` goes forward again.
    Exit code 0: done. 1: there is no release to go back to. 3: a server refused.
    """
    out = console()
    with Progress(out, verbose=verbose > 0) as progress, session_of(region, "rollback", progress) as session:
        wishes = session.wishes(keep=False)
        found = [one for _, one in look(progress, session, wishes)]
        before = newest(found, wishes.apps)
        kept = [one for one in found if one.live]
        if len(before) != 1 or not all(before <= one.releases for one in kept):
            told = ", ".join(sorted(before)) or "none"
            raise KitError(f"There is not one release to go back to (kept: {told}). Mend it with kit setup.")
        back = session.wishes(keep=False, release=before.pop())
        report(out, session, bring(out, progress, session, back, verbosity=verbose, parts=DEPLOYED))
