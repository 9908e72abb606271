"""`kit rollback`: back to the release that served before."""

from collections.abc import Sequence

import click

from kit.cli.bringing import DEPLOYED, bring, look, newest, report
from kit.cli.progress import Progress
from kit.cli.servers import console, session_of
from kit.deploy.servers.session import Session
from kit.deploy.servers.survey import POINTS, Found
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
        for name, point in sorted(_points(session, found)):
            out.print(
                f"The databases keep their schema and data. As they were before the release that was left: "
                f"{name}:{point}. How to put one back, and what is lost then: docs/servers.md, Way back.",
                soft_wrap=True,
            )


def _points(session: Session, found: Sequence[Found]) -> set[tuple[str, str]]:
    """Server and folder of the databases as they were before the releases that served until now."""
    left = {release for one in found for release in one.live.values()}
    kept = zip(session.servers, found, strict=True)
    return {(server.name, f"{POINTS}/{release}") for server, one in kept for release in left & one.points}
