"""The recipients there are get the token of their mail address (F03); apart from the column, so no lock is held for it."""

from typing import Any

from django.db import migrations

from core import identity

_BATCH = 500


def give_tokens(apps: Any, schema_editor: Any) -> None:
    """Write the token of every mail address that has none yet."""
    recipient = apps.get_model("sabilulungan", "Recipient")
    keys = list(recipient.objects.filter(email_token="").order_by("pk").values_list("pk", flat=True))
    for start in range(0, len(keys), _BATCH):
        some = [row for row in recipient.objects.filter(pk__in=keys[start : start + _BATCH]) if row.email]
        for row in some:
            row.email_token = identity.token(row.email.casefold())
        recipient.objects.bulk_update(some, ["email_token"])


class Migration(migrations.Migration):

    dependencies = [
        ("sabilulungan", "0020_family_cards"),
    ]

    operations = [
        migrations.RunPython(give_tokens, migrations.RunPython.noop),
    ]
