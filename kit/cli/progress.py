"""What a person sees while something long goes on: one line a step, with its outcome and how long it took."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType
from typing import Self

from rich.console import Console
from rich.markup import escape
from rich.progress import Progress as Bars
from rich.progress import SpinnerColumn, TextColumn, TimeElapsedColumn

from kit.deploy.ansible import Event
from kit.deploy.logs import Follower

_QUIET = ("Validating arguments", "Ensure the following roles know")
_MARKS = {"ok": "[green]✓[/]", "failed": "[red]✗[/]", "unreachable": "[red]✗[/]", "ignored": "[yellow]![/]"}


class Progress:
    """Prints steps. On a terminal the running one shows a spinner and the time; elsewhere only finished ones appear."""

    def __init__(self, console: Console, *, verbose: bool = False) -> None:
        """*verbose*: also print what is written to the log that `follow` names."""
        self._console = console
        self._verbose = verbose
        self._follower: Follower | None = None
        self._running: Bars | None = None
        self._began = 0.0

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._settle()

    def begin(self, text: str) -> None:
        """A step begins."""
        self._settle()
        self._began = time.monotonic()
        if self._console.is_terminal:
            columns = (SpinnerColumn(), TextColumn("{task.description}"), TimeElapsedColumn())
            self._running = Bars(*columns, console=self._console, transient=True)
            self._running.add_task(escape(text))
            self._running.start()

    def end(self, text: str, outcome: str = "", kind: str = "ok") -> None:
        """The step that was begun has ended."""
        self._settle()
        seconds = time.monotonic() - self._began
        words = f"  [dim]{escape(outcome)}[/]" if outcome else ""
        line = f"{_MARKS.get(kind, ' ')} {escape(text)}{words}  [dim]{seconds:.1f} s[/]"
        self._console.print(line, highlight=False, soft_wrap=True)

    @contextmanager
    def step(self, text: str) -> Iterator[list[str]]:
        """A step of the kit's own; words appended to the list it gives are its outcome."""
        outcome: list[str] = []
        self.begin(text)
        try:
            yield outcome
        except BaseException:
            self.end(text, kind="failed")
            raise
        self.end(text, ", ".join(outcome))

    def follow(self, log: Path) -> None:
        """Print what is written to *log* from now on, if that was asked for."""
        if self._verbose:
            self._follower = Follower({"ansible": log})

    def event(self, event: Event) -> None:
        """What Ansible tells: a task begins or has ended."""
        for _, line in self._follower.new_lines() if self._follower else ():
            self._console.print(f"[dim]  {escape(line)}[/]", soft_wrap=True)
        task = event.task.rpartition(" : ")[2]
        if task.startswith(_QUIET):
            return
        if event.kind == "task":
            self.begin(task)
        elif event.kind != "skipped":
            host = f"{event.host}: " if event.host != "localhost" else ""
            self.end(f"{host}{task}", "changed" if event.changed else "", event.kind)

    def _settle(self) -> None:
        if self._running:
            self._running.stop()
            self._running = None
