"""Make the audit table append-only, give it its head, and create the cache table of rate limits."""

from django.core.management import call_command
from django.db import migrations

from core import audit_triggers


def install(apps, schema_editor):
    """Create triggers, head and cache table."""
    audit_triggers.install(schema_editor.connection)
    apps.get_model("core", "AuditHead").objects.get_or_create(pk=1)
    call_command("createcachetable", database=schema_editor.connection.alias, verbosity=0)


def remove(apps, schema_editor):
    """Drop the triggers; the cache table may stay."""
    audit_triggers.remove(schema_editor.connection)


class Migration(migrations.Migration):
    dependencies = [("core", "0001_first")]
    operations = [migrations.RunPython(install, remove)]
