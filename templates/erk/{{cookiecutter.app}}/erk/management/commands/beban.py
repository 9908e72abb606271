"""`manage.py beban 2026-10 [--check]`: write the workload summary of a month, or only compare it with the log."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from erk.domain import summaries
from erk.management.months import month_named


class Command(BaseCommand):
    """Write or check the summary rows the workload pages read."""

    help = "Write the workload summary of a month (YYYY-MM) from the log, or with --check only compare. Safe to repeat."

    def add_arguments(self, parser: CommandParser) -> None:
        """Take the month, and whether to compare only."""
        parser.add_argument("month", metavar="YYYY-MM")
        parser.add_argument("--check", action="store_true", help="write nothing; fail when something differs")

    def handle(self, *args: Any, **options: Any) -> None:
        """Run and print what differed, a sentence a figure."""
        month = month_named(options["month"])
        if options["check"]:
            found = summaries.differences(month)
            self._say(found)
            if found:
                raise CommandError(
                    f"{len(found)} figures differ from the log. Write them anew: manage.py beban {options['month']}"
                )
            self.stdout.write("The summary is equal to the log.")
            return
        outcome = summaries.refresh(month)
        self._say(outcome.differed)
        self.stdout.write(f"{outcome.new} agencies new, {outcome.renewed} written anew, {outcome.equal} equal before")

    def _say(self, sentences: list[str]) -> None:
        for sentence in sentences:
            self.stdout.write(sentence)
