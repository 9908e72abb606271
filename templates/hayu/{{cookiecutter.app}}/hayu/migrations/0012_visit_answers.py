"""The answers to what a permit type asks at a visit."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ("hayu", "0011_rounds_of_the_region"),
    ]

    operations = [
        migrations.AddField(
            model_name="visit",
            name="answers",
            field=models.JSONField(
                db_default=models.Value({}, models.JSONField()), default=dict, verbose_name="jawaban"
            ),
        ),
    ]
