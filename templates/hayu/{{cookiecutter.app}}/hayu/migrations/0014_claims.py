"""Claims of permits that have no account."""

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

import core.models.files


class Migration(migrations.Migration):

    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        ("hayu", "0013_messages_to_walk_ins"),
    ]

    operations = [
        migrations.CreateModel(
            name="Claim",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("state", models.CharField(db_index=True, max_length=40, verbose_name="keadaan")),
                ("state_since", models.DateTimeField(default=django.utils.timezone.now, verbose_name="sejak")),
                ("version", models.PositiveIntegerField(default=1, verbose_name="versi")),
                ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="dibuat")),
                ("updated_at", models.DateTimeField(auto_now=True, verbose_name="diubah")),
                ("public_id", models.CharField(default=core.models.files.new_public_id, editable=False, max_length=32,
                                               unique=True)),
                ("permit", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="claims",
                                             to="hayu.permit")),
                ("person", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+",
                                             to=settings.AUTH_USER_MODEL)),
            ],
            options={
                "verbose_name": "permintaan izin lama",
                "verbose_name_plural": "permintaan izin lama",
                "ordering": ["created_at", "pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("state__in", ["DIMINTA", "DITERIMA", "DITOLAK"])), name="hayu_claim_state"
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("state", "DIMINTA")), fields=("permit",), name="hayu_claim_one_open"
                    ),
                ],
            },
        ),
    ]
