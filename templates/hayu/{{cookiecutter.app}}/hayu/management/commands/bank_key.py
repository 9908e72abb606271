"""`manage.py bank_key`: the key the bank signs its messages of payments with."""

from typing import Any

from django.core.management.base import BaseCommand

from hayu.domain.permits import charges


class Command(BaseCommand):
    """Print the key; hand it to the bank on a safe way. It changes only with the installation's DATA_KEY."""

    help = "Print the key shared with the bank for POST /api/v1/pembayaran."

    def handle(self, *args: Any, **options: Any) -> None:
        """Print it."""
        self.stdout.write(charges.callback_key())
