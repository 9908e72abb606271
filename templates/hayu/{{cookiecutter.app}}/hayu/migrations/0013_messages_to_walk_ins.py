"""Whoever is served at the desk is told by mail, or by short message."""

import django.db.models.deletion
from django.db import migrations, models

import core.fields


def _address() -> core.fields.EncryptedTextField:
    return core.fields.EncryptedTextField(blank=True, db_default="", default="", verbose_name="alamat surel")


class Migration(migrations.Migration):

    dependencies = [
        ("core", "0003_shared_files"),
        ("hayu", "0012_visit_answers"),
    ]

    operations = [
        migrations.AddField(model_name="application", name="email", field=_address()),
        migrations.AddField(model_name="report", name="email", field=_address()),
        migrations.AlterField(
            model_name="shortmessage",
            name="notification",
            field=models.OneToOneField(
                null=True, on_delete=django.db.models.deletion.CASCADE, related_name="short_message",
                to="core.notification",
            ),
        ),
        migrations.AddField(
            model_name="shortmessage", name="event",
            field=models.CharField(blank=True, db_default="", default="", max_length=60),
        ),
        migrations.AddField(
            model_name="shortmessage", name="subject",
            field=models.CharField(blank=True, db_default="", default="", max_length=150),
        ),
        migrations.AddField(
            model_name="shortmessage", name="object_type",
            field=models.CharField(blank=True, db_default="", default="", max_length=60),
        ),
        migrations.AddField(
            model_name="shortmessage", name="object_id",
            field=models.CharField(blank=True, db_default="", default="", max_length=60),
        ),
        migrations.AddField(
            model_name="shortmessage", name="created_at", field=models.DateTimeField(auto_now_add=True, null=True)
        ),
        migrations.AddConstraint(
            model_name="shortmessage",
            constraint=models.CheckConstraint(
                condition=models.Q(("notification__isnull", False))
                | (~models.Q(("event", "")) & ~models.Q(("object_id", ""))),
                name="hayu_sms_about",
            ),
        ),
    ]
