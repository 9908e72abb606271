"""Sentences of invented work and of superiors' reasons."""

import random

_TEXTS: dict[str, tuple[str, ...]] = {
    "APL-01": ("Apel pagi bersama seluruh pegawai di halaman kantor",),
    "SRT-01": (
        "Mencatat surat masuk dan meneruskan ke bidang terkait",
        "Mencatat dan memindai surat masuk dari kelurahan",
    ),
    "SRT-02": (
        "Menyusun konsep surat undangan rapat koordinasi",
        "Menyusun surat balasan permohonan data dari sekolah",
        "Menyusun surat pengantar laporan triwulan",
    ),
    "SRT-03": ("Menyusun konsep keputusan tim pelaksana kegiatan", "Merapikan konsep keputusan pembentukan panitia"),
    "SRT-04": ("Menyusun telaahan tentang penambahan loket pelayanan", "Menyusun telaahan staf soal jadwal piket"),
    "RPT-01": ("Mengikuti rapat persiapan layanan keliling", "Rapat evaluasi mingguan bersama kepala bidang"),
    "LYN-01": (
        "Melayani warga yang mengurus kartu keluarga dan KTP",
        "Menjelaskan syarat pindah datang kepada warga di loket",
        "Melayani warga lanjut usia di loket prioritas",
    ),
    "LYN-02": ("Memeriksa kelengkapan berkas permohonan izin usaha", "Memeriksa berkas izin praktik tenaga kesehatan"),
    "LAP-03": ("Patroli ketertiban di sekitar pasar dan taman kota", "Patroli siang di kawasan alun-alun"),
    "LAP-04": ("Mengatur lalu lintas di simpang pasar pada jam sibuk", "Mengatur lalu lintas di depan sekolah dasar"),
    "LAP-05": ("Memediasi warga soal batas tanah dan saluran air", "Mendampingi musyawarah warga soal parkir liar"),
    "LAP-06": ("Mengunjungi rumah warga penerima bantuan sosial", "Mengunjungi warga yang belum merekam KTP"),
    "DAT-01": ("Memasukkan data permohonan ke dalam aplikasi", "Memutakhirkan data kepegawaian dari berkas masuk"),
    "DAT-04": ("Menata arsip permohonan bulan lalu ke dalam boks", "Menyusun daftar arsip dan memberi nomor boks"),
    "KNS-01": (
        "Memberi penjelasan persyaratan izin kepada pelaku usaha",
        "Konsultasi pegawai tentang kenaikan pangkat",
    ),
    "BIN-01": ("Membimbing pegawai baru memakai aplikasi layanan", "Berbincang dengan pegawai soal capaian bulan ini"),
    "BIN-02": ("Memeriksa hasil kerja staf dan membagi tugas hari ini", "Mengawasi pelayanan loket dan antrean warga"),
    "LAIN": (
        "Membantu persiapan upacara dan menata ruang pertemuan",
        "Mendampingi tamu kunjungan kerja dari daerah lain",
    ),
}
_PLACES = (
    "",
    "",
    " untuk minggu ini",
    " sesuai daftar",
    " bersama tim",
    " sampai selesai",
    " atas permintaan pimpinan",
)

REASONS = {
    "kembali": (
        "Tulis jumlah warga yang dilayani, bukan hanya kegiatannya.",
        "Jamnya bertabrakan dengan rapat bidang. Mohon diperbaiki.",
        "Lengkapi dengan nomor surat yang dibuat.",
    ),
    "tolak": (
        "Kegiatan ini tidak ada dalam daftar tugas hari itu.",
        "Sudah dicatat oleh rekan yang lain pada jam yang sama.",
    ),
    "turun": ("Rapat selesai lebih cepat dari yang ditulis.", "Volumenya lebih sedikit menurut buku agenda."),
}


def describe(code: str, rng: random.Random) -> str:
    """Return a sentence about a piece of work of a catalogue item."""
    return rng.choice(_TEXTS[code]) + rng.choice(_PLACES)
