"""`/healthz`: is this release able to serve? Read by the deployment before it switches, and by monitoring."""

import logging

from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from core.region import region

log = logging.getLogger(__name__)


@never_cache
@require_safe
def healthz(request: HttpRequest) -> JsonResponse:
    """Return version, database and migrations as JSON; 200 when all is well, else 503.

    `migrations` is "ok", "pending" or "unknown" (no database); nothing else of the inside is told.
    """
    database, migrations = "ok", "ok"
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
        executor = MigrationExecutor(connection)
        if executor.migration_plan(executor.loader.graph.leaf_nodes()):
            migrations = "pending"
    except DatabaseError:
        log.exception("health: the database does not answer")
        database, migrations = "down", "unknown"
    healthy = database == migrations == "ok"
    state = {
        "status": "ok" if healthy else "unavailable",
        "version": region().kit.version,
        "database": database,
        "migrations": migrations,
    }
    return JsonResponse(state, status=200 if healthy else 503)
