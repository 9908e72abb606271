"""What setup, plan and deploy share: the profile, its repository, and the lists they print."""

import sys
from collections.abc import Sequence

from rich.console import Console
from rich.markup import escape

from kit.cli.progress import Progress
from kit.cli.target import path_of
from kit.deploy.servers.changing import Work
from kit.deploy.servers.session import Session
from kit.lab.addresses import refuse_gone
from kit.profile import load
from kit.render.region import Renderer, repository_of
from kit.upgrade import require_whole

_WIDTH = 120


def console() -> Console:
    """Where people read: the terminal's width, or a fixed one in a file."""
    return Console(width=None if sys.stdout.isatty() else _WIDTH, highlight=False)


def session_of(region: str, what: str, progress: Progress) -> Session:
    """Check REGION's profile, render its repository, and open a session on its servers."""
    with progress.step("Check the profile") as outcome:
        path = path_of(region)
        profile = load(path)
        refuse_gone(server.address for server in profile.data.hosting.servers)
        outcome.append(f"{path}: no fault")
    with progress.step("Render the repository") as outcome:
        require_whole(repository_of(path, profile))
        rendered = Renderer().render(path, profile=profile)
        outcome.append(f"{rendered.path}: {rendered.change}")
    return Session(profile, rendered.path, what)


def count(works: Sequence[Work]) -> int:
    """How many items differ on all servers together."""
    return sum(len(items) for work in works for items in work.todo.values())


def show_plan(out: Console, works: Sequence[Work]) -> None:
    """Print what differs, server by server, part by part."""
    for work in works:
        out.print(f"\n[bold]{escape(work.server.name)}[/] ({escape(work.server.address)})", soft_wrap=True)
        if not work.todo:
            out.print("  nothing to change")
        for part, items in work.todo.items():
            out.print(f"  {part}")
            for item in items:
                out.print(f"    + {escape(item)}", soft_wrap=True)


def plan_json(works: Sequence[Work]) -> dict[str, object]:
    """The same as data."""
    return {work.server.name: work.todo for work in works}
