"""The reports there are get the token of their telephone number; apart from the column, so that no lock is held for it."""

from typing import Any

from django.db import migrations

from core import identity

_BATCH = 500


def give_tokens(apps: Any, schema_editor: Any) -> None:
    """Write the token of every telephone number that has none yet."""
    report = apps.get_model("hayu", "Report")
    keys = list(report.objects.filter(phone_token="").order_by("pk").values_list("pk", flat=True))
    for start in range(0, len(keys), _BATCH):
        some = [row for row in report.objects.filter(pk__in=keys[start : start + _BATCH]) if row.phone]
        for row in some:
            row.phone_token = identity.token(row.phone)
        report.objects.bulk_update(some, ["phone_token"])


class Migration(migrations.Migration):

    dependencies = [
        ("hayu", "0009_same_telephone"),
    ]

    operations = [
        migrations.RunPython(give_tokens, migrations.RunPython.noop),
    ]
