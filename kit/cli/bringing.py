"""What setup, deploy and rollback do alike: look, change what differs, look again, verify, report."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

from rich.console import Console
from rich.markup import escape

from kit.checks.doctor import checks
from kit.checks.result import Status
from kit.checks.running import examine, gather
from kit.checks.target import target_of
from kit.checks.verify import verify, visit
from kit.cli.doctor import show
from kit.cli.progress import Progress
from kit.cli.servers import count, show_plan
from kit.cli.verify import show as show_verified
from kit.deploy.servers.audit import Lock
from kit.deploy.servers.changing import Work
from kit.deploy.servers.session import Session
from kit.deploy.servers.sites import sites_of
from kit.deploy.servers.survey import Found
from kit.deploy.servers.wishes import Wishes
from kit.errors import KitError, OutsideError

DEPLOYED = frozenset({"point", "release", "app", "web", "retire"})
"""The parts of a new release."""

_PROVISIONED = ("base", "access", "database")
"""Parts before which the doctor is asked: they change the system itself."""

_PATIENCE = 60.0
"""Seconds a server has for the doctor's questions here: it may be busy yet with what a killed run had begun."""

Looked = list[tuple[Work, Found]]


@dataclass(frozen=True, slots=True)
class Result:
    """What a run did."""

    wishes: Wishes
    links: dict[str, str]
    changed: int


def bring(
    out: Console,
    progress: Progress,
    session: Session,
    wishes: Wishes,
    *,
    verbosity: int = 0,
    parts: frozenset[str] | None = None,
) -> Result:
    """Bring the servers to what *wishes* say. *parts*: only these may differ.

    Raises KitError when others do, or when the servers then do not do all they are there for; PlaybookFailed when a
    host refuses.
    """
    looked = _look_or_say_why(out, progress, session, wishes)
    changed = count([work for work, _ in looked])
    _only(looked, parts, session)
    if any(part in work.todo for work, _ in looked for part in _PROVISIONED):
        _consult(out, progress, session)
    with Lock(session.servers, session.control, session.what) as lock:
        for note in lock.notes:
            out.print(f"[yellow]![/] {escape(note)}", soft_wrap=True)
        try:
            if changed:
                progress.follow(session.log)
                session.change([work for work, _ in looked], wishes, progress.event, verbosity)
                looked = _look_again(out, progress, session, wishes)
            _verify(out, progress, session, wishes, whole=bool(changed))
        except BaseException as error:
            lock.audit(f"failed: {type(error).__name__}", wishes.release)
            raise
        lock.audit(f"done, {changed} changes", wishes.release)
        links = session.first_administrators(wishes, [found for _, found in looked])
    return Result(wishes, links, changed)


def look(progress: Progress, session: Session, wishes: Wishes) -> Looked:
    """Survey all servers; nothing is changed."""
    with progress.step("Look at the servers") as outcome:
        looked = session.survey(wishes)
        outcome.append(f"{count([work for work, _ in looked])} differences")
    return looked


def report(out: Console, session: Session, result: Result) -> None:
    """Tell where the apps are, whom to let in first, and where the log is."""
    name = session.profile.data.region.name
    release = result.wishes.release
    out.print(f"\n[bold]{escape(name)}[/]  release {release}  changed={result.changed}", soft_wrap=True)
    for app, url in result.wishes.urls().items():
        out.print(f"  {app:<14} {escape(url)}", soft_wrap=True)
    if session.profile.data.hosting.tls.mode == "internal":
        out.print(
            f"\nFor browsers, the region's own authority: {session.authority_file(result.wishes)}", soft_wrap=True
        )
    if result.links:
        out.print("\n[bold]First administrators.[/] Each link works once, for three days; it is not shown again:")
        for app, link in result.links.items():
            out.print(f"  {app:<14} {escape(link)}", soft_wrap=True)
    if result.changed:
        out.print(f"\nThe log: {session.log}", soft_wrap=True)


def _look_or_say_why(out: Console, progress: Progress, session: Session, wishes: Wishes) -> Looked:
    """Survey all servers; where one cannot be, the doctor says why and what mends it."""
    try:
        return look(progress, session, wishes)
    except KitError:
        _consult(out, progress, session)
        raise


def _only(looked: Looked, parts: frozenset[str] | None, session: Session) -> None:
    if parts is None:
        return
    others = {part for work, _ in looked for part in work.todo} - parts
    if others:
        raise KitError(
            f"The servers differ in more than the release ({', '.join(sorted(others))}). "
            f"See it with `kit plan {session.profile.slug}`, mend it with `kit setup {session.profile.slug}`."
        )


def _consult(out: Console, progress: Progress, session: Session) -> None:
    """Ask the doctor. Raises KitError for faults, OutsideError where a server cannot be entered."""
    target = target_of(session.profile)
    with progress.step("Ask the doctor") as outcome:
        result = examine(target, *checks(), ask_server=partial(gather, seconds=_PATIENCE))
        outcome.append(f"{len(result.outcomes)} checks, {len(result.of(Status.FAULT))} faults")
    if result.exit_code == 0:
        return
    show(out, target, result, verbose=False)
    kind = KitError if result.exit_code == 1 else OutsideError
    raise kind("The servers are not fit to be set up (see above). Nothing was changed.")


def _look_again(out: Console, progress: Progress, session: Session, wishes: Wishes) -> Looked:
    """Nothing half-done is called done: after the change nothing may differ."""
    with progress.step("Look again"):
        looked = session.survey(wishes)
    left = [work for work, _ in looked if work.todo]
    if left:
        show_plan(out, left)
        raise KitError(f"The servers are still not as they should be (see above). The log: {session.log}")
    return looked


def _verify(out: Console, progress: Progress, session: Session, wishes: Wishes, *, whole: bool) -> None:
    """See that the servers do what they are there for. *whole*: from inside too, with a rehearsal of each app.

    Raises KitError for faults, OutsideError where a server cannot be entered.
    """
    session.authority_file(wishes)
    target, sites = target_of(session.profile), sites_of(session.profile, entry_only=not whole)
    with progress.step("Verify from outside and inside" if whole else "Visit each app over HTTPS") as outcome:
        result = verify(target, sites) if whole else visit(sites)
        outcome.append(f"{len(result.outcomes)} checks, {len(result.of(Status.FAULT))} faults")
    if result.exit_code == 0:
        return
    show_verified(out, target, result, verbose=False)
    kind = KitError if result.exit_code == 1 else OutsideError
    raise kind(f"The servers do not do all they are there for (see above). The log: {session.log}")


def newest(found: Sequence[Found], apps: Sequence[str]) -> set[str]:
    """The releases one could go back to: those that served before the ones that serve."""
    return {one.before[app] for one in found for app in apps if app in one.before}
