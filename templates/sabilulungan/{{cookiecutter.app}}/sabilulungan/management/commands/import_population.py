"""`manage.py import_population FILE --year 2026 --source NAME --user ADMIN`: people by place, for rupiah per head."""

import csv
import io
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from core.errors import Refused
from core.models import User
from sabilulungan.domain import population


class Command(BaseCommand):
    """Check every row and store all or none; the newest file of a year replaces its older one."""

    help = "Store how many people live in each kecamatan, kelurahan or desa; the statistics then show rupiah per head."

    def add_arguments(self, parser: CommandParser) -> None:
        """Take the file (columns kode, penduduk), its year and source, and the account that answers for it."""
        parser.add_argument("file", type=Path)
        parser.add_argument("--year", type=int, required=True, help="the year the people were counted")
        parser.add_argument("--source", required=True, help="who counted, as the public reads it beneath the table")
        parser.add_argument("--user", required=True, help="user name of the region's admin who answers for the file")

    def handle(self, *args: Any, file: Path, year: int, source: str, **options: Any) -> None:
        """Read, check and store."""
        user = User.objects.filter(username=options["user"], is_active=True).first()
        if user is None or not user.has_role("ADMIN_WILAYAH"):
            raise CommandError(f"{options['user']} is no active account with the role ADMIN_WILAYAH.")
        if not 2000 <= year <= 2100 or not source.strip():
            raise CommandError("Give a year from 2000 to 2100 and the source of the figures.")
        try:
            table = list(csv.DictReader(io.StringIO(file.read_bytes().decode("utf-8-sig"))))
            rows = population.read(table, year, source.strip()[:120])
        except Refused as error:
            raise CommandError(f"{file}: {error.sentence}") from None
        except (OSError, UnicodeDecodeError, csv.Error) as error:
            raise CommandError(f"{file} cannot be read: {error}.") from None
        population.take(rows, year, user)
        self.stdout.write(f"The people of {len(rows)} places in {year} stored.")
