"""`manage.py periodic`: run the commands of the clock that are due."""

import traceback
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from core import tasks


class Command(BaseCommand):
    """Run one periodic command by name, or all that are due. Running it twice does nothing twice."""

    help = "Run periodic commands."

    def add_arguments(self, parser: CommandParser) -> None:
        """Take names, or nothing for all that are due."""
        parser.add_argument("names", nargs="*", help="commands to run now; without names, those that are due")
        parser.add_argument("--list", action="store_true", help="only list the commands and whether they are due")

    def handle(self, *args: Any, **options: Any) -> None:
        """Run them one by one; a failing one does not stop the others, but the exit code tells."""
        known = tasks.registered()
        due = {job.name for job in tasks.due()}
        if options["list"]:
            for name, job in sorted(known.items()):
                self.stdout.write(f"{name}  {job.every}  {'due' if name in due else 'done'}")
            return
        unknown = sorted(set(options["names"]) - set(known))
        if unknown:
            raise CommandError(f"No periodic command {', '.join(unknown)}; there are: {', '.join(sorted(known))}.")
        failed = []
        for name in options["names"] or sorted(due):
            try:
                self.stdout.write(f"{name}: {tasks.run(name)}")
            except Exception:  # noqa: BLE001  one broken command must not keep the others from running
                failed.append(name)
                self.stderr.write(f"{name} failed:\n{traceback.format_exc()}")
        if failed:
            raise CommandError(f"Failed: {', '.join(failed)}. They stay due.")
