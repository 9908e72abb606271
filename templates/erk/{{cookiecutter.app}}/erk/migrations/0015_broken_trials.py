from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('erk', '0014_hand_payments'),
    ]

    operations = [
        migrations.AddField(
            model_name='ujikebijakan',
            name='terputus',
            field=models.BooleanField(db_default=False, default=False, verbose_name='terputus'),
        ),
    ]
