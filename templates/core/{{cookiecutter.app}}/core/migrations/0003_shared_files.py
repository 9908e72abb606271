"""Files that several servers of one app hold alike."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("core", "0002_audit_and_cache")]
    operations = [
        migrations.CreateModel(
            name="SharedFile",
            fields=[
                ("name", models.CharField(max_length=200, primary_key=True, serialize=False)),
                ("content", models.BinaryField()),
                ("changed_at", models.DateTimeField()),
            ],
        ),
    ]
