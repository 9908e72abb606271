"""`manage.py export_payments FILE --key-file KEY`: what this region paid, as tokens for another government (F12)."""

import csv
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from core.errors import Refused
from sabilulungan.domain import exchange


class Command(BaseCommand):
    """Write token, budget year and amount; no number, name or address leaves."""

    help = "Write the region's payments as keyed tokens, for a government that shares the key."

    def add_arguments(self, parser: CommandParser) -> None:
        """Take the file to write and the file that holds the shared key."""
        parser.add_argument("file", type=Path)
        parser.add_argument("--key-file", type=Path, required=True, help="file with the key agreed with the other side")

    def handle(self, *args: Any, file: Path, key_file: Path, **options: Any) -> None:
        """Write the file."""
        try:
            rows = list(exchange.to_give(key_file.read_text(encoding="utf-8").strip()))
            with file.open("w", encoding="utf-8", newline="") as out:
                csv.writer(out).writerows([exchange.COLUMNS, *rows])
        except Refused as error:
            raise CommandError(error.sentence) from None
        except (OSError, UnicodeDecodeError) as error:
            raise CommandError(f"{file} was not written: {error}.") from None
        self.stdout.write(f"{len(rows)} payments written to {file}.")
