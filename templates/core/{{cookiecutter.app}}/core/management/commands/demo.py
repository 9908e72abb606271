"""`manage.py demo`: load believable invented data once, and tell the accounts one can sign in with."""

import json
import os
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction
from django.utils.module_loading import import_string

from core.demo import DemoAccounts


class Command(BaseCommand):
    """Load the app's demo data; running it again changes nothing and keeps the passwords."""

    help = "Load the app's demo data and write the demo accounts to a file."

    def add_arguments(self, parser: CommandParser) -> None:
        """Take the file for the accounts."""
        parser.add_argument("--accounts", type=Path, help="JSON file for names and passwords, written with mode 0600")

    def handle(self, *args: Any, **options: Any) -> None:
        """Run the loader in one transaction, then write the accounts."""
        if not settings.DEMO_MODE:
            raise CommandError("Demo data are only for installations started with DEMO_MODE=yes.")
        path: Path | None = options["accounts"]
        accounts = DemoAccounts(self._known(path))
        with transaction.atomic():
            import_string(settings.DEMO)(accounts)
        if path:
            self._write(path, accounts)
        self.stdout.write(f"{len(accounts.made)} demo accounts ready.")

    @staticmethod
    def _known(path: Path | None) -> dict[str, str]:
        if path is None or not path.is_file():
            return {}
        return {row["username"]: row["password"] for row in json.loads(path.read_text(encoding="utf-8"))}

    @staticmethod
    def _write(path: Path, accounts: DemoAccounts) -> None:
        temporary = path.with_suffix(".part")
        temporary.unlink(missing_ok=True)
        descriptor = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "w", encoding="utf-8") as out:
            json.dump([account.as_dict() for account in accounts.made], out, ensure_ascii=False, indent=1)
        temporary.rename(path)
