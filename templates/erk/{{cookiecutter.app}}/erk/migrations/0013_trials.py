import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        ('erk', '0012_norm_ranges'),
    ]

    operations = [
        migrations.CreateModel(
            name='UjiKebijakan',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('dibuat_pada', models.DateTimeField(verbose_name='dimulai')),
                ('bulan', models.DateField(verbose_name='bulan')),
                ('nilai', models.JSONField(verbose_name='rancangan')),
                ('sidik', models.CharField(max_length=8)),
                ('perangkat', models.PositiveIntegerField(verbose_name='perangkat daerah')),
                ('dihitung', models.JSONField(default=list, verbose_name='sudah dihitung')),
                ('hasil', models.JSONField(default=dict, verbose_name='hasil')),
                ('selesai_pada', models.DateTimeField(null=True, verbose_name='selesai')),
                ('dibuat_oleh', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'uji coba kebijakan',
                'verbose_name_plural': 'uji coba kebijakan',
                'ordering': ['-pk'],
                'constraints': [models.UniqueConstraint(condition=models.Q(('selesai_pada__isnull', True)), fields=('dibuat_oleh', 'bulan', 'sidik'), name='erk_uji_satu_berjalan')],
            },
        ),
    ]
