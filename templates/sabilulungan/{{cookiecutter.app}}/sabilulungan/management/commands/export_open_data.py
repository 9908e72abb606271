"""`manage.py export_open_data FOLDER`: the open data of the public pages, without a web server."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from sabilulungan.interfaces import publishing


class Command(BaseCommand):
    """Write the same files the daily task publishes."""

    help = "Write CSV, JSON, 360Giving JSON and the data dictionary into a folder."

    def add_arguments(self, parser: CommandParser) -> None:
        """Take the folder."""
        parser.add_argument("folder", type=Path)

    def handle(self, *args: Any, folder: Path, **options: Any) -> None:
        """Write the files and name each with its size and hash."""
        if folder.exists() and not folder.is_dir():
            raise CommandError(f"{folder} is a file: name a folder.")
        try:
            made = publishing.publish(folder)
        except OSError as error:
            raise CommandError(f"{folder} cannot be written: {error.strerror}.") from None
        for name, one in made["berkas"].items():
            self.stdout.write(f"{one['sha256']}  {folder / name}  {one['bita']} bytes")
