"""The token of a telephone number, by which businesses of one telephone are found."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ("hayu", "0008_outside_numbers"),
    ]

    operations = [
        migrations.AddField(
            model_name="report",
            name="phone_token",
            field=models.CharField(blank=True, db_default="", db_index=True, default="", max_length=64),
        ),
    ]
