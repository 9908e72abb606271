"""PostgreSQL refuses overlapping work and two definitive placements by itself; SQLite has one writer and the lock."""

from django.db import migrations

LIVE = "('DRAF', 'DIAJUKAN', 'DIKEMBALIKAN', 'DISETUJUI', 'DIESKALASI', 'DISETUJUI_SISTEM')"

INSTALL = [
    "CREATE EXTENSION IF NOT EXISTS btree_gist",
    f"""ALTER TABLE erk_aktivitas ADD CONSTRAINT erk_aktivitas_tanpa_tumpang EXCLUDE USING gist (
            pegawai_id WITH =, tsrange(tanggal + mulai, tanggal + selesai) WITH &&
        ) WHERE (state IN {LIVE})""",
    """ALTER TABLE erk_penempatan ADD CONSTRAINT erk_penempatan_satu_definitif EXCLUDE USING gist (
            pegawai_id WITH =, daterange(mulai, akhir, '[]') WITH &&
        ) WHERE (jenis = 'DEFINITIF')""",
]
REMOVE = [
    "ALTER TABLE erk_aktivitas DROP CONSTRAINT IF EXISTS erk_aktivitas_tanpa_tumpang",
    "ALTER TABLE erk_penempatan DROP CONSTRAINT IF EXISTS erk_penempatan_satu_definitif",
]


def _run(schema_editor, statements):
    if schema_editor.connection.vendor == "postgresql":
        for statement in statements:
            schema_editor.execute(statement)


def install(apps, schema_editor):
    """Add the exclusion constraints."""
    _run(schema_editor, INSTALL)


def remove(apps, schema_editor):
    """Drop them again."""
    _run(schema_editor, REMOVE)


class Migration(migrations.Migration):
    """Exclusion constraints of PostgreSQL."""

    dependencies = [("erk", "0001_first")]
    operations = [migrations.RunPython(install, remove)]
