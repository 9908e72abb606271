"""An index on a table in use, for migrations: built beside the writing on PostgreSQL, plainly on SQLite."""

from typing import Any

from django.contrib.postgres import operations
from django.db import migrations


class AddIndexConcurrently(operations.AddIndexConcurrently):
    """`AddIndex` that does not stop writing to the table. Its migration says ``atomic = False``."""

    def database_forwards(self, app_label: str, schema_editor: Any, from_state: Any, to_state: Any) -> None:
        """Build the index."""
        kind = self._own(schema_editor)
        kind.database_forwards(self, app_label, schema_editor, from_state, to_state)

    def database_backwards(self, app_label: str, schema_editor: Any, from_state: Any, to_state: Any) -> None:
        """Drop it again."""
        kind = self._own(schema_editor)
        kind.database_backwards(self, app_label, schema_editor, from_state, to_state)

    @staticmethod
    def _own(schema_editor: Any) -> type[migrations.AddIndex]:
        """SQLite has one writer, and knows no such way."""
        on_postgresql = schema_editor.connection.vendor == "postgresql"
        return operations.AddIndexConcurrently if on_postgresql else migrations.AddIndex
