"""`manage.py import_payments FILE --from NAME --key-file KEY --user ADMIN`: what another government paid (F12)."""

import csv
import hashlib
import io
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from core.errors import Refused
from core.models import User
from sabilulungan.domain import exchange


class Command(BaseCommand):
    """Check every row and store all or none; the newest file of a government replaces its older one."""

    help = "Store payments of another government, as keyed tokens, for the duplicate check."

    def add_arguments(self, parser: CommandParser) -> None:
        """Take the file, who gave it, the shared key, and the account that answers for it."""
        parser.add_argument("file", type=Path)
        parser.add_argument("--from", dest="giver", required=True, help="the government that paid, as officers read it")
        parser.add_argument("--key-file", type=Path, required=True, help="file with the key agreed with the other side")
        parser.add_argument("--user", required=True, help="user name of the region's admin who answers for the file")

    def handle(self, *args: Any, file: Path, key_file: Path, giver: str, **options: Any) -> None:
        """Read, check and store."""
        user = User.objects.filter(username=options["user"], is_active=True).first()
        if user is None or not user.has_role("ADMIN_WILAYAH"):
            raise CommandError(f"{options['user']} is no active account with the role ADMIN_WILAYAH.")
        try:
            content, key = file.read_bytes(), key_file.read_text(encoding="utf-8").strip()
            rows = exchange.read(list(csv.DictReader(io.StringIO(content.decode("utf-8-sig")))))
            exchange.take(
                rows, giver=giver.strip()[:80], key=key, sha256=hashlib.sha256(content).hexdigest(), user=user
            )
        except Refused as error:
            raise CommandError(f"{file}: {error.sentence}") from None
        except (OSError, UnicodeDecodeError, csv.Error) as error:
            raise CommandError(f"{file} cannot be read: {error}.") from None
        self.stdout.write(f"{len(rows)} payments of {giver} stored.")
