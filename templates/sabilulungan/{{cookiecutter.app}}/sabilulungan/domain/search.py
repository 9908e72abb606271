"""The full-text index over public texts: SQLite FTS5 or PostgreSQL `indonesian`, kept present after migrations."""

import re
from typing import Any

from django.db import connections
from django.db.backends.base.base import BaseDatabaseWrapper

from core.wilayah import name_of
from sabilulungan.models import Proposal

TABLE = "sabilulungan_proposal"
INDEX = "sabilulungan_proposal_fts"

# The names below are constants of this file; nothing from outside enters these statements.
_SQLITE = (
    f"""CREATE VIRTUAL TABLE IF NOT EXISTS {INDEX} USING fts5(
        search_text, content='{TABLE}', content_rowid='id', tokenize='unicode61 remove_diacritics 2')""",
    f"""CREATE TRIGGER IF NOT EXISTS {INDEX}_insert AFTER INSERT ON {TABLE} BEGIN
        INSERT INTO {INDEX}(rowid, search_text) VALUES (new.id, new.search_text); END""",  # noqa: S608
    f"""CREATE TRIGGER IF NOT EXISTS {INDEX}_delete AFTER DELETE ON {TABLE} BEGIN
        INSERT INTO {INDEX}({INDEX}, rowid, search_text) VALUES ('delete', old.id, old.search_text); END""",  # noqa: S608
    f"""CREATE TRIGGER IF NOT EXISTS {INDEX}_update AFTER UPDATE OF search_text ON {TABLE} BEGIN
        INSERT INTO {INDEX}({INDEX}, rowid, search_text) VALUES ('delete', old.id, old.search_text);
        INSERT INTO {INDEX}(rowid, search_text) VALUES (new.id, new.search_text); END""",  # noqa: S608
    f"INSERT INTO {INDEX}({INDEX}) VALUES ('rebuild')",  # noqa: S608
)
_POSTGRESQL = (f"CREATE INDEX IF NOT EXISTS {INDEX} ON {TABLE} USING gin (to_tsvector('indonesian', search_text))",)


def install(connection: BaseDatabaseWrapper) -> None:
    """Create the index and its triggers where they are missing; a migration that rebuilds the table drops them."""
    statements = _SQLITE if connection.vendor == "sqlite" else _POSTGRESQL
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)


def after_migrate(using: str = "default", **kwargs: Any) -> None:
    """Install after `migrate` when the table exists."""
    connection = connections[using]
    if TABLE in connection.introspection.table_names():
        install(connection)


def text_of(proposal: Proposal) -> str:
    """Return what the public may find a proposal by.

    Words only, so that both databases cut "3273-2027-H-00012" alike. Of a person only purpose and village: a search
    that finds a full name would tell what the page masks.
    """
    recipient = proposal.recipient
    parts = [proposal.number or "", name_of(proposal.village_code), name_of(proposal.district_code)]
    if recipient.is_person:
        parts.append(proposal.purpose_label)
    else:
        parts += [proposal.title, recipient.name, recipient.address, proposal.place]
    return " ".join(re.findall(r"\w+", " ".join(part for part in parts if part)))
