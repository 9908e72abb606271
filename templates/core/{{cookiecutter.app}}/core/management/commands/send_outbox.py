"""`manage.py send_outbox`: send waiting mail."""

from typing import Any

from django.core.management.base import BaseCommand

from core import notify


class Command(BaseCommand):
    """Send what the outbox holds; messages that fail are tried again later, three times in all."""

    help = "Send waiting notifications by mail."

    def handle(self, *args: Any, **options: Any) -> None:
        """Send and say how many."""
        sent, failed = notify.send_due()
        self.stdout.write(f"{sent} sent, {failed} failed.")
