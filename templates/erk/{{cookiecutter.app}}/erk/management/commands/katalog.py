"""`manage.py katalog`: bring the catalogue of activities in step with the national list and the profile."""

from typing import Any

from django.core.management.base import BaseCommand

from core import dates
from erk.domain import catalogue


class Command(BaseCommand):
    """Write new items and new versions; running it again changes nothing."""

    help = "Bring the catalogue of activities in step with the national list and the region's profile."

    def handle(self, *args: Any, **options: Any) -> None:
        """Run and print how many items changed."""
        today = dates.today()
        changed = catalogue.sync(today, since=today.replace(day=1))
        self.stdout.write(f"{changed} catalogue items changed")
