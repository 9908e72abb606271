"""A region sets how often an application may be returned, up to five times."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ("hayu", "0010_tokens_of_telephones"),
    ]

    operations = [
        migrations.RemoveConstraint(model_name="application", name="hayu_app_rounds"),
        migrations.AddConstraint(
            model_name="application",
            constraint=models.CheckConstraint(condition=models.Q(("rounds__lte", 5)), name="hayu_app_rounds_most"),
        ),
    ]
