"""`manage.py rekap 2026-10 [--opd KODE]`: compute the recaps of a month."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from erk.domain import closing
from erk.management.months import month_named
from erk.models import Opd


class Command(BaseCommand):
    """Compute the monthly recaps; running it again changes nothing unless the facts changed."""

    help = "Compute the recaps of a month (YYYY-MM), of all agencies or one. Safe to run again."

    def add_arguments(self, parser: CommandParser) -> None:
        """Take the month and an agency code."""
        parser.add_argument("month", metavar="YYYY-MM")
        parser.add_argument("--opd", metavar="KODE", default="")

    def handle(self, *args: Any, **options: Any) -> None:
        """Run and print what was done; people left out are named with the reason."""
        month = month_named(options["month"])
        agency = None
        if options["opd"]:
            agency = Opd.objects.filter(kode=options["opd"]).first()
            if agency is None:
                known = ", ".join(Opd.objects.values_list("kode", flat=True)[:20])
                raise CommandError(f"There is no agency {options['opd']!r}. Known: {known}.")
        result = closing.compute(month, opd=agency)
        for line in result.left_out:
            self.stderr.write(f"left out: {line}")
        self.stdout.write(
            f"{result.computed} recaps computed, {result.unchanged} unchanged, {len(result.left_out)} left out"
        )
