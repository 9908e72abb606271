"""`manage.py import_prices FILE --year 2027 --user ADMIN`: the region's standard price list (R05, F11)."""

import csv
import io
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from core.errors import Refused
from core.models import User
from sabilulungan.domain import prices


class Command(BaseCommand):
    """Check every row and store all or none; the newest file of a year replaces its older one."""

    help = "Store the standard prices of a year, with which the unit prices of proposals are compared."

    def add_arguments(self, parser: CommandParser) -> None:
        """Take the file (columns nama, satuan, harga), its year, and the account that answers for it."""
        parser.add_argument("file", type=Path)
        parser.add_argument("--year", type=int, required=True, help="the budget year the prices are made for")
        parser.add_argument("--user", required=True, help="user name of the region's admin who answers for the file")

    def handle(self, *args: Any, file: Path, year: int, **options: Any) -> None:
        """Read, check and store."""
        user = User.objects.filter(username=options["user"], is_active=True).first()
        if user is None or not user.has_role("ADMIN_WILAYAH"):
            raise CommandError(f"{options['user']} is no active account with the role ADMIN_WILAYAH.")
        if not 2000 <= year <= 2100:
            raise CommandError(f"{year} is no budget year; give one from 2000 to 2100.")
        try:
            table = list(csv.DictReader(io.StringIO(file.read_bytes().decode("utf-8-sig"))))
            rows = prices.read(table, year)
        except Refused as error:
            raise CommandError(f"{file}: {error.sentence}") from None
        except (OSError, UnicodeDecodeError, csv.Error) as error:
            raise CommandError(f"{file} cannot be read: {error}.") from None
        prices.take(rows, year, user)
        self.stdout.write(f"{len(rows)} standard prices of {year} stored.")
