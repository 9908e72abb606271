import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        ('erk', '0013_trials'),
    ]

    operations = [
        migrations.AlterField(
            model_name='impor',
            name='jenis',
            field=models.CharField(choices=[('OPD', 'Perangkat daerah'), ('JABATAN', 'Jabatan dan kelas'), ('PEGAWAI', 'Pegawai dan penempatan'), ('KEHADIRAN', 'Kehadiran'), ('CUTI', 'Cuti dan sakit'), ('LEMBUR', 'Surat perintah lembur'), ('PENILAIAN', 'Capaian SKP dan perilaku'), ('RHK', 'Rencana hasil kerja (SKP)'), ('HUKUMAN', 'Hukuman disiplin'), ('RAPAT', 'Daftar hadir rapat'), ('KATALOG', 'Norma waktu katalog'), ('BAYAR', 'Pembayaran manual')], max_length=10, verbose_name='jenis'),
        ),
        migrations.CreateModel(
            name='BayarManual',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('bulan', models.DateField(verbose_name='bulan')),
                ('jumlah', models.PositiveBigIntegerField(verbose_name='jumlah')),
                ('dibayar_pada', models.DateField(verbose_name='tanggal bayar')),
                ('sp2d', models.CharField(max_length=60, verbose_name='nomor SP2D')),
                ('dasar', models.CharField(max_length=200, verbose_name='dasar')),
                ('dicatat_oleh', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('pegawai', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='bayar_manual', to='erk.pegawai')),
            ],
            options={
                'verbose_name': 'pembayaran manual',
                'verbose_name_plural': 'pembayaran manual',
                'ordering': ['bulan', 'pegawai__nama'],
                'constraints': [models.UniqueConstraint(fields=('pegawai', 'bulan'), name='erk_bayarmanual_sekali'), models.CheckConstraint(condition=models.Q(('jumlah__gt', 0), models.Q(('sp2d', ''), _negated=True)), name='erk_bayarmanual_isi')],
            },
        ),
    ]
