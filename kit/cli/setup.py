"""`kit setup`: bare servers to the enabled apps over HTTPS, in one command that can be run again at any time."""

from collections.abc import Sequence

import click
from rich.console import Console
from rich.markup import escape

from kit.cli.progress import Progress
from kit.cli.servers import console, count, session_of, show_plan
from kit.deploy.servers.audit import Lock
from kit.deploy.servers.changing import Work
from kit.deploy.servers.outside import Answer
from kit.deploy.servers.session import Session
from kit.deploy.servers.survey import Found
from kit.deploy.servers.wishes import Wishes
from kit.errors import KitError, OutsideError


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
        _run(out, progress, session, verbose)


def _run(out: Console, progress: Progress, session: Session, verbose: int) -> None:
    wishes = session.wishes(keep=True)
    with progress.step("Look at the servers") as outcome:
        looked = session.survey(wishes)
        works = [work for work, _ in looked]
        changed = count(works)
        outcome.append(f"{changed} differences")
    with Lock(session.servers, session.control, session.what) as lock:
        for note in lock.notes:
            out.print(f"[yellow]![/] {escape(note)}", soft_wrap=True)
        try:
            if changed:
                progress.follow(session.log)
                session.change(works, wishes, progress.event, verbose)
                looked = _look_again(out, progress, session, wishes)
            answers = _ask(progress, session, wishes)
        except BaseException as error:
            lock.audit(f"failed: {type(error).__name__}", wishes.release)
            raise
        lock.audit(f"done, {changed} changes", wishes.release)
        links = session.first_administrators(wishes, [found for _, found in looked])
    _report(out, session, wishes, answers, links, changed)


def _look_again(out: Console, progress: Progress, session: Session, wishes: Wishes) -> list[tuple[Work, Found]]:
    """Nothing half-done is called done: after the change nothing may differ."""
    with progress.step("Look again"):
        looked = session.survey(wishes)
    left = [work for work, _ in looked if work.todo]
    if left:
        show_plan(out, left)
        raise KitError(f"The servers are still not as they should be (see above). The log: {session.log}")
    return looked


def _ask(progress: Progress, session: Session, wishes: Wishes) -> list[Answer]:
    with progress.step("Ask each app over HTTPS") as outcome:
        answers = session.ask(wishes)
        faults = [f"{answer.app} ({answer.url}): {answer.fault}" for answer in answers if answer.fault]
        if faults:
            raise OutsideError("\n".join(faults) + f"\nThe servers' state: kit status {session.profile.slug}")
        outcome.append(f"{len(answers)} healthy")
    return answers


def _report(
    out: Console, session: Session, wishes: Wishes, answers: Sequence[Answer], links: dict[str, str], changed: int
) -> None:
    name = session.profile.data.region.name
    out.print(f"\n[bold]{escape(name)}[/]  release {wishes.release}  changed={changed}", soft_wrap=True)
    for answer in answers:
        out.print(f"  {answer.app:<14} {escape(answer.url)}", soft_wrap=True)
    if session.profile.data.hosting.tls.mode == "internal":
        out.print(f"\nFor browsers, the region's own authority: {session.authority_file(wishes)}", soft_wrap=True)
    if links:
        out.print("\n[bold]First administrators.[/] Each link works once, for three days; it is not shown again:")
        for app, link in links.items():
            out.print(f"  {app:<14} {escape(link)}", soft_wrap=True)
    if changed:
        out.print(f"\nThe log: {session.log}", soft_wrap=True)
