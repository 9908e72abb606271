"""Database triggers that make the audit table append-only, on SQLite and PostgreSQL."""

from django.db.backends.base.base import BaseDatabaseWrapper

_SENTENCE = "Jejak audit hanya dapat ditambah, tidak diubah atau dihapus."

_INSTALL = {
    "sqlite": [
        f"""CREATE TRIGGER core_audit_no_{verb.lower()} BEFORE {verb} ON core_auditentry
            BEGIN SELECT RAISE(ABORT, '{_SENTENCE}'); END"""
        for verb in ("UPDATE", "DELETE")
    ],
    "postgresql": [
        f"""CREATE OR REPLACE FUNCTION core_audit_refuse() RETURNS trigger LANGUAGE plpgsql AS
            $$ BEGIN RAISE EXCEPTION '{_SENTENCE}' USING ERRCODE = 'integrity_constraint_violation'; END $$""",
        """CREATE TRIGGER core_audit_rows BEFORE UPDATE OR DELETE ON core_auditentry
           FOR EACH ROW EXECUTE FUNCTION core_audit_refuse()""",
        """CREATE TRIGGER core_audit_table BEFORE TRUNCATE ON core_auditentry
           FOR EACH STATEMENT EXECUTE FUNCTION core_audit_refuse()""",
    ],
}
_REMOVE = {
    "sqlite": [f"DROP TRIGGER IF EXISTS core_audit_no_{verb}" for verb in ("update", "delete")],
    "postgresql": [
        "DROP TRIGGER IF EXISTS core_audit_rows ON core_auditentry",
        "DROP TRIGGER IF EXISTS core_audit_table ON core_auditentry",
    ],
}


def install(connection: BaseDatabaseWrapper) -> None:
    """Create the triggers. Raises KeyError on a database that is neither SQLite nor PostgreSQL."""
    _run(connection, _INSTALL[connection.vendor])


def remove(connection: BaseDatabaseWrapper) -> None:
    """Drop the triggers: for a migration backwards and for tests that empty tables, never for a person."""
    _run(connection, _REMOVE[connection.vendor])


def _run(connection: BaseDatabaseWrapper, statements: list[str]) -> None:
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)
