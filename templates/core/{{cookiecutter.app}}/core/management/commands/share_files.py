"""`manage.py share_files`: files of the days when one server ran the app become files of all its servers."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from core import files


class Command(BaseCommand):
    """Put every stored file that only this server holds into the database. Running it twice does nothing twice."""

    help = "Let all servers have the files of this one."

    def handle(self, *args: Any, **options: Any) -> None:
        """Say how many were shared; files that are nowhere are named, and do not stop a deployment."""
        if not settings.FILES_SHARED:
            self.stdout.write("No file to share: one server runs the app.")
            return
        kept, lost = files.share_all()
        self.stdout.write(f"{kept} files shared." if kept else "No file to share.")
        for path in lost:
            self.stderr.write(f"Neither in the database nor on this server: {path}")
