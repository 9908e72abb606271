"""`manage.py examine`: what only the app itself can say of its health, for `kit verify`. Nothing is changed."""

import datetime as dt
import itertools
import json
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from core import audit, dates, rehearsal
from core.models import Notification

_MOST_BREAKS = 5
_FAILED_DAYS = 7


class Command(BaseCommand):
    """Print one line of JSON; the exit code is 0 whatever is found."""

    help = "Tell of migrations, audit chain and outbox; with --rehearse, go through the app as people do."

    def add_arguments(self, parser: CommandParser) -> None:
        """Take whether to rehearse."""
        parser.add_argument("--rehearse", action="store_true", help="play the app's story; all of it is rolled back")

    def handle(self, *args: Any, **options: Any) -> None:
        """Print what was found: pending migrations, the audit chain, the outbox, the rehearsal."""
        found: dict[str, Any] = {"migrations": pending()}
        if not found["migrations"]:
            found |= {"audit": chain(), "outbox": outbox()}
            if options["rehearse"]:
                found["rehearsal"] = rehearsal.run().as_dict()
        self.stdout.write(json.dumps(found, ensure_ascii=False))


def pending() -> list[str]:
    """Return the migrations of this release that the database has not had."""
    executor = MigrationExecutor(connection)
    return [f"{one.app_label}.{one.name}" for one, _ in executor.migration_plan(executor.loader.graph.leaf_nodes())]


def chain() -> dict[str, Any]:
    """Return the number of rows of the audit chain and its first breaks."""
    breaks = [item.sentence for item in itertools.islice(audit.breaks(), _MOST_BREAKS)]
    return {"rows": audit.head().seq, "breaks": breaks}


def outbox() -> dict[str, int]:
    """Return how many messages wait, for how many minutes the oldest that is due, and how many failed in a week."""
    now = dates.now()
    rows = Notification.objects
    waiting = rows.filter(mail=Notification.Mail.QUEUED)
    oldest = waiting.filter(attempts=0).order_by("created_at").values_list("created_at", flat=True).first()
    failed = rows.filter(mail=Notification.Mail.FAILED, created_at__gte=now - dt.timedelta(days=_FAILED_DAYS))
    return {
        "waiting": waiting.count(),
        "oldest_minutes": int((now - oldest).total_seconds() // 60) if oldest else 0,
        "failed": failed.count(),
    }
