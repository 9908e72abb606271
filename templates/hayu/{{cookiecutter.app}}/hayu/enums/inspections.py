"""Codes of inspections of issued permits (hayu.md section 8, INSPEKSI)."""

from django.db.models import TextChoices


class InspectionState(TextChoices):
    """States of an inspection of a permit."""

    DIRENCANAKAN = "DIRENCANAKAN", "Direncanakan"
    DIJADWALKAN = "DIJADWALKAN", "Dijadwalkan"
    BERJALAN = "BERJALAN", "Berjalan"
    SELESAI = "SELESAI", "Selesai diperiksa"
    TINDAK_LANJUT = "TINDAK_LANJUT", "Ditindaklanjuti"
    DITUTUP = "DITUTUP", "Ditutup"

    @classmethod
    def before_minutes(cls) -> tuple["InspectionState", ...]:
        """Return the states in which nothing was found yet."""
        return (cls.DIRENCANAKAN, cls.DIJADWALKAN, cls.BERJALAN)


class InspectionAction(TextChoices):
    """What changes an inspection of a permit."""

    RENCANAKAN = "rencanakan", "Rencanakan pemeriksaan"
    JADWALKAN = "jadwalkan_pemeriksaan", "Jadwalkan pemeriksaan"
    MULAI = "mulai", "Mulai memeriksa"
    CATAT = "catat_pemeriksaan", "Catat hasil pemeriksaan"
    TINDAK_LANJUTI = "tindak_lanjuti", "Tindak lanjuti temuan"
    TUTUP = "tutup_pemeriksaan", "Tutup pemeriksaan"


class Trigger(TextChoices):
    """Why a permit is inspected."""

    PENGADUAN = "PENGADUAN", "Ada pengaduan"
    SAMPEL = "SAMPEL", "Terpilih sebagai sampel"
    JADWAL = "JADWAL", "Pemeriksaan berkala"
    PEMULIHAN = "PEMULIHAN", "Pemeriksaan ulang sesudah pembekuan"


class PermitFinding(TextChoices):
    """What an inspection of a permit may find."""

    KEGIATAN_BEDA = "KEGIATAN_BEDA", "Kegiatan berbeda dari izin"
    TEMPAT_BEDA = "TEMPAT_BEDA", "Tempat berbeda dari izin"
    MELEBIHI = "MELEBIHI", "Ukuran, jumlah, atau waktu melebihi izin"
    SYARAT = "SYARAT", "Kewajiban pada izin tidak dijalankan"
    KESELAMATAN = "KESELAMATAN", "Keselamatan kurang (api, listrik, konstruksi)"
    GANGGUAN = "GANGGUAN", "Mengganggu lingkungan (bising, asap, parkir)"


class FollowUp(TextChoices):
    """What follows findings."""

    PEMBETULAN = "PEMBETULAN", "Pemegang izin membetulkan temuan"
    PERINGATAN = "PERINGATAN", "Peringatan tertulis, tercatat pada izin"
