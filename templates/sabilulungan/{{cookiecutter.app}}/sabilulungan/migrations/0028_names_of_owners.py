"""The accounts there are get the normal form of their owner's name (F02); apart from the column, so no lock is held."""

from typing import Any

from django.db import migrations

from sabilulungan.rules.duplicates import normal_name

_BATCH = 500


def give_names(apps: Any, schema_editor: Any) -> None:
    """Write the normal form of every owner's name that has none yet."""
    account = apps.get_model("sabilulungan", "BankAccount")
    keys = list(account.objects.filter(normal_owner="").order_by("pk").values_list("pk", flat=True))
    for start in range(0, len(keys), _BATCH):
        some = list(account.objects.filter(pk__in=keys[start : start + _BATCH]))
        for row in some:
            row.normal_owner = normal_name(row.owner_name)[:150]
        account.objects.bulk_update(some, ["normal_owner"])


class Migration(migrations.Migration):

    dependencies = [
        ("sabilulungan", "0027_owners_of_accounts"),
    ]

    operations = [
        migrations.RunPython(give_names, migrations.RunPython.noop),
    ]
