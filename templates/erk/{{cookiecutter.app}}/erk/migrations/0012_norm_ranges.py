from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('erk', '0011_catalogue'),
    ]

    operations = [
        migrations.AddField(
            model_name='katalog',
            name='norma_maks',
            field=models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='norma paling lama (menit)'),
        ),
        migrations.AlterField(
            model_name='impor',
            name='jenis',
            field=models.CharField(choices=[('OPD', 'Perangkat daerah'), ('JABATAN', 'Jabatan dan kelas'), ('PEGAWAI', 'Pegawai dan penempatan'), ('KEHADIRAN', 'Kehadiran'), ('CUTI', 'Cuti dan sakit'), ('LEMBUR', 'Surat perintah lembur'), ('PENILAIAN', 'Capaian SKP dan perilaku'), ('RHK', 'Rencana hasil kerja (SKP)'), ('HUKUMAN', 'Hukuman disiplin'), ('RAPAT', 'Daftar hadir rapat'), ('KATALOG', 'Norma waktu katalog')], max_length=10, verbose_name='jenis'),
        ),
    ]
