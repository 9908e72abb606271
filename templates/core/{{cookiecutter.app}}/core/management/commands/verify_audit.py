"""`manage.py verify_audit`: check the whole audit chain."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from core import audit


class Command(BaseCommand):
    """Recompute every seal of the chain and report each break."""

    help = "Check the audit chain."

    def handle(self, *args: Any, **options: Any) -> None:
        """Print the head, or fail with every break."""
        found = audit.verify()
        if found:
            raise CommandError("\n".join(item.sentence for item in found))
        head = audit.head()
        self.stdout.write(f"Intact: {head.seq} rows, head {head.hash}.")
