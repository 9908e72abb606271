"""`manage.py import_register FILE`: take over the region's register of past payments, CSV or XLSX; dry run first."""

import csv
import io
from pathlib import Path
from typing import Any
from zipfile import BadZipFile

import openpyxl
from django.core.management.base import BaseCommand, CommandError, CommandParser
from openpyxl.utils.exceptions import InvalidFileException

from core.errors import Refused
from core.export import guarded
from core.models import User
from sabilulungan.domain import importing

Table = list[dict[str, str]]


class Command(BaseCommand):
    """Check every row, write the faults beside their rows, and store nothing unless told so and all is well."""

    help = "Import past recipients and payments from CSV or XLSX; without --commit nothing is stored."

    def add_arguments(self, parser: CommandParser) -> None:
        """Take the file, the account that answers for it, and what to do."""
        parser.add_argument("file", type=Path)
        parser.add_argument("--user", required=True, help="user name of the region's admin who answers for the file")
        parser.add_argument("--commit", action="store_true", help="store the rows; refused while any row has a fault")
        parser.add_argument("--errors", type=Path, help="write faulty rows with their faults to this CSV file")

    def handle(self, *args: Any, file: Path, **options: Any) -> None:
        """Read, check, tell, and store when asked."""
        user = User.objects.filter(username=options["user"], is_active=True).first()
        if user is None or not user.has_role("ADMIN_WILAYAH"):
            raise CommandError(f"{options['user']} is no active account with the role ADMIN_WILAYAH.")
        try:
            content = file.read_bytes()
            table = _table(file, content)
            rows = importing.read(table)
        except OSError as error:
            raise CommandError(f"{file} cannot be read: {error.strerror}.") from None
        except Refused as error:
            raise CommandError(f"{file}: {error.sentence}") from None
        faulty = [row for row in rows if row.faults]
        for row in faulty:
            self.stderr.write(f"{file}:{row.number}: {'; '.join(row.faults)}")
        if options["errors"]:
            _write_errors(options["errors"], table, faulty)
        if not options["commit"]:
            self.stdout.write(f"{len(rows)} rows read, {len(faulty)} with faults; nothing stored (dry run).")
            return
        try:
            people, grants = importing.commit(rows, content=content, file_name=file.name, user=user)
        except Refused as error:
            raise CommandError(f"{file}: {error.sentence}") from None
        self.stdout.write(f"{len(rows)} rows: {people} new recipients, {grants} new payments stored.")


def _table(file: Path, content: bytes) -> Table:
    if file.suffix.lower() == ".xlsx":
        return _sheet(content)
    text = _decoded(content)
    delimiter = ";" if text.partition("\n")[0].count(";") > text.partition("\n")[0].count(",") else ","
    return [
        {str(name or "").strip().lower(): value or "" for name, value in row.items() if isinstance(value, str | None)}
        for row in csv.DictReader(io.StringIO(text), delimiter=delimiter)
    ]


def _decoded(content: bytes) -> str:
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("cp1252", errors="replace")


def _sheet(content: bytes) -> Table:
    try:
        book = openpyxl.load_workbook(io.BytesIO(content), read_only=True, data_only=True)
    except (InvalidFileException, BadZipFile, OSError, KeyError, ValueError) as error:
        raise Refused(f"Berkas XLSX ini tidak dapat dibuka ({error}).") from None
    lines = list(book.worksheets[0].iter_rows(values_only=True))
    if not lines:
        return []
    names = [str(name or "").strip().lower() for name in lines[0]]
    return [{name: _cell(value) for name, value in zip(names, line, strict=False)} for line in lines[1:] if any(line)]


def _cell(value: Any) -> str:
    if value is None:
        return ""
    return str(int(value)) if isinstance(value, float) and value.is_integer() else str(value)


def _write_errors(path: Path, table: Table, faulty: list[importing.Row]) -> None:
    with path.open("w", encoding="utf-8", newline="") as out:
        writer = csv.writer(out)
        writer.writerow(["baris", "kesalahan", *importing.COLUMNS])
        for row in faulty:
            cells = table[row.number - 2]
            kept = [guarded(cells.get(name, "")) for name in importing.COLUMNS]
            writer.writerow([row.number, "; ".join(row.faults), *kept])
