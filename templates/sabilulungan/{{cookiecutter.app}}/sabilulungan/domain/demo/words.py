"""Invented names and activities. Places come from the region's own list of kecamatan and villages."""

from dataclasses import dataclass

from sabilulungan.enums import Form, Kind, Nature, RecipientType

GIVEN = (
    "Asep",
    "Dedi",
    "Neneng",
    "Siti",
    "Ujang",
    "Rina",
    "Yayan",
    "Lilis",
    "Agus",
    "Dewi",
    "Iwan",
    "Euis",
    "Hendra",
    "Wati",
    "Cecep",
    "Nunung",
    "Rahmat",
    "Imas",
    "Tatang",
    "Yuyun",
    "Bambang",
    "Sri",
    "Hasan",
    "Aminah",
    "Fajar",
)
FAMILY = (
    "Kurniawan",
    "Suhendar",
    "Hasanah",
    "Nurjanah",
    "Sobari",
    "Marlina",
    "Setiawan",
    "Rohaeni",
    "Permana",
    "Sumiati",
    "Hidayat",
    "Rosmiati",
    "Gunawan",
    "Komariah",
    "Ramdani",
    "Suryati",
    "Mulyana",
    "Herlina",
    "Saepudin",
    "Fitriani",
)
STREETS = (
    "Melati",
    "Cempaka",
    "Kenanga",
    "Flamboyan",
    "Anggrek",
    "Dahlia",
    "Mawar",
    "Teratai",
    "Merpati",
    "Rajawali",
    "Pahlawan",
    "Merdeka",
    "Mekar Sari",
    "Sukamaju",
)
BANKS = ("bank bjb", "Bank Mandiri", "BRI", "BNI", "BSI")

Lines = tuple[tuple[str, int, str, int], ...]


@dataclass(frozen=True, slots=True)
class Activity:
    """A kind of proposal: who asks, words of the field it belongs to, texts with {place}, cost lines."""

    body: str
    type: RecipientType
    field_words: tuple[str, ...]
    title: str
    aims: str
    background: str
    target: str
    lines: Lines
    kind: Kind = Kind.HIBAH
    nature: Nature = Nature.NON_FISIK
    form: Form = Form.UANG


ACTIVITIES = (
    Activity(
        "Yayasan Pendidikan Tunas {word}",
        RecipientType.ORMAS,
        ("pendidikan",),
        "Ruang baca dan komputer untuk anak {place}",
        "Anak-anak {place} mempunyai tempat belajar setelah sekolah, dengan buku dan komputer yang layak.",
        "Perpustakaan terdekat berjarak lima kilometer, dan sebagian besar anak belum punya komputer di rumah.",
        "Anak usia sekolah",
        (
            ("Komputer jinjing", 6, "unit", 5_200_000),
            ("Rak dan buku bacaan", 1, "paket", 6_500_000),
            ("Meja dan kursi", 12, "set", 380_000),
            ("Honor pendamping belajar", 40, "kali", 100_000),
        ),
    ),
    Activity(
        "DKM {word} {place}",
        RecipientType.BADAN_LEMBAGA,
        ("agama", "keagamaan"),
        "Perbaikan atap dan tempat wudu masjid di {place}",
        "Jemaah dapat beribadah dengan aman dan tempat wudu dapat dipakai lansia.",
        "Atap masjid bocor sejak musim hujan lalu dan lantai tempat wudu licin.",
        "Jemaah dan warga sekitar",
        (
            ("Rangka baja ringan dan genteng", 220, "m2", 285_000),
            ("Keramik tempat wudu", 60, "m2", 240_000),
            ("Pipa dan keran", 1, "paket", 7_800_000),
            ("Upah tukang", 90, "hari", 175_000),
        ),
        nature=Nature.FISIK,
    ),
    Activity(
        "Karang Taruna {place}",
        RecipientType.BADAN_LEMBAGA,
        ("pemuda", "olahraga"),
        "Pelatihan kerja las dan servis motor pemuda {place}",
        "Tiga puluh pemuda memperoleh keterampilan dan sertifikat untuk bekerja.",
        "Banyak lulusan sekolah menengah di {place} belum bekerja lebih dari satu tahun.",
        "Pemuda yang belum bekerja",
        (
            ("Instruktur", 24, "hari", 600_000),
            ("Bahan praktik las", 30, "orang", 350_000),
            ("Sewa bengkel", 24, "hari", 400_000),
            ("Uji sertifikasi", 30, "orang", 250_000),
        ),
    ),
    Activity(
        "Sanggar Seni {word}",
        RecipientType.ORMAS,
        ("budaya", "kebudayaan", "pariwisata"),
        "Pengadaan alat musik tradisional sanggar di {place}",
        "Anak dan remaja belajar kesenian daerah setiap pekan dengan alat yang lengkap.",
        "Alat musik yang ada sudah rusak dan dipinjam bergantian oleh tiga kelompok.",
        "Anak dan remaja",
        (
            ("Seperangkat alat musik", 1, "set", 24_000_000),
            ("Pakaian tari", 20, "stel", 450_000),
            ("Pelatih", 36, "kali", 150_000),
        ),
    ),
    Activity(
        "Posyandu Kenanga {place}",
        RecipientType.BADAN_LEMBAGA,
        ("kesehatan",),
        "Alat ukur dan makanan tambahan balita di {place}",
        "Semua balita di {place} ditimbang setiap bulan dan yang kurang gizi mendapat makanan tambahan.",
        "Timbangan posyandu sudah tidak tepat dan kader membeli makanan tambahan dari iuran.",
        "Balita dan ibu hamil",
        (
            ("Timbangan dan alat ukur tinggi", 4, "set", 2_400_000),
            ("Makanan tambahan", 60, "anak", 360_000),
            ("Pelatihan kader", 2, "kali", 2_500_000),
        ),
    ),
    Activity(
        "Bank Sampah {word} {place}",
        RecipientType.BADAN_LEMBAGA,
        ("lingkungan",),
        "Mesin pencacah dan gerobak untuk bank sampah {place}",
        "Sampah plastik dari enam RW dipilah dan dijual, sehingga yang dibuang berkurang separuh.",
        "Setiap hari dua gerobak sampah dari {place} tidak terangkut.",
        "Rumah tangga di enam RW",
        (
            ("Mesin pencacah plastik", 1, "unit", 18_500_000),
            ("Gerobak sampah", 6, "unit", 2_300_000),
            ("Timbangan digital", 2, "unit", 1_400_000),
        ),
    ),
    Activity(
        "Yayasan Perempuan {word}",
        RecipientType.ORMAS,
        ("perempuan", "anak"),
        "Pendampingan perempuan kepala keluarga di {place}",
        "Empat puluh perempuan kepala keluarga memulai usaha kecil dan mengetahui hak-haknya.",
        "Di {place} terdapat banyak perempuan yang menghidupi keluarga sendirian.",
        "Perempuan kepala keluarga",
        (
            ("Pendamping", 48, "kali", 250_000),
            ("Modal alat usaha", 40, "orang", 600_000),
            ("Konsumsi pertemuan", 480, "orang", 15_000),
        ),
    ),
    Activity(
        "Yayasan Panti Asuhan {word}",
        RecipientType.LEMBAGA_NON_PEMERINTAH,
        ("kesejahteraan sosial", "sosial"),
        "Perlengkapan tidur dan sekolah anak asuh di {place}",
        "Lima puluh anak asuh mempunyai tempat tidur dan perlengkapan sekolah yang layak.",
        "Kasur yang dipakai berumur lebih dari sepuluh tahun.",
        "Anak asuh",
        (
            ("Kasur dan ranjang", 25, "set", 850_000),
            ("Seragam dan tas", 50, "anak", 275_000),
            ("Lemari", 8, "unit", 900_000),
        ),
        kind=Kind.BANSOS,
    ),
    Activity(
        "Kelompok Tani {word} {place}",
        RecipientType.KELOMPOK_MASYARAKAT,
        ("pertanian", "pangan", "sosial"),
        "Bibit dan alat kebun pangan keluarga di {place}",
        "Dua puluh lima keluarga menanam sayur sendiri dan mengurangi belanja pangan.",
        "Lahan kosong di {place} belum dimanfaatkan, sementara harga sayur naik.",
        "Keluarga prasejahtera",
        (
            ("Bibit dan media tanam", 25, "paket", 420_000),
            ("Alat kebun", 25, "set", 310_000),
            ("Pelatihan", 3, "kali", 1_800_000),
        ),
        kind=Kind.BANSOS,
    ),
    Activity(
        "PKBM Cerdas {word}",
        RecipientType.BADAN_LEMBAGA,
        ("pendidikan",),
        "Kejar Paket C gratis bagi warga {place}",
        "Enam puluh warga menyelesaikan pendidikan setara SMA.",
        "Masih banyak warga dewasa di {place} yang belum lulus SMA dan sulit melamar kerja.",
        "Warga putus sekolah",
        (
            ("Honor tutor", 160, "kali", 110_000),
            ("Modul belajar", 60, "orang", 225_000),
            ("Biaya ujian", 60, "orang", 150_000),
        ),
    ),
    Activity(
        "Yayasan Rumah Ibadah {word}",
        RecipientType.ORMAS,
        ("agama", "keagamaan"),
        "Pembangunan ruang kelas sekolah Minggu di {place}",
        "Anak-anak belajar di ruang yang aman, tidak lagi di lorong.",
        "Ruang yang ada menampung tiga kelompok umur sekaligus.",
        "Anak dan pengajar",
        (
            ("Pondasi dan dinding", 72, "m2", 950_000),
            ("Atap", 80, "m2", 310_000),
            ("Pintu dan jendela", 8, "unit", 1_650_000),
            ("Upah tukang", 120, "hari", 175_000),
        ),
        nature=Nature.FISIK,
    ),
    Activity(
        "Perkumpulan Usaha {word}",
        RecipientType.ORMAS,
        ("koperasi", "usaha kecil"),
        "Pelatihan pemasaran daring pelaku usaha kecil {place}",
        "Lima puluh pelaku usaha kecil menjual produknya lewat internet.",
        "Pembeli di pasar {place} berkurang dan pedagang belum terbiasa berjualan daring.",
        "Pelaku usaha kecil",
        (
            ("Narasumber", 10, "hari", 900_000),
            ("Foto produk", 50, "usaha", 200_000),
            ("Konsumsi peserta", 500, "orang", 25_000),
        ),
    ),
)

WORDS = (
    "Harapan",
    "Mekar",
    "Bina Insani",
    "Al-Hidayah",
    "Nurul Iman",
    "Sejahtera",
    "Cahaya",
    "Mandiri",
    "Lestari",
    "Amanah",
    "Bakti Ibu",
    "Gemilang",
    "Rahayu",
    "Tirta",
)

NEEDS = (
    (
        "REHABILITASI",
        "Biaya pengobatan anak yang dirawat di rumah sakit.",
        (("Bantuan biaya berobat", 1, "paket", 7_500_000),),
    ),
    (
        "PERLINDUNGAN",
        "Rumah rusak karena pohon tumbang.",
        (("Bahan perbaikan rumah", 1, "paket", 12_000_000), ("Upah tukang", 15, "hari", 170_000)),
    ),
    ("KEMISKINAN", "Penghasilan tidak tetap sejak suami meninggal.", (("Modal warung", 1, "paket", 5_000_000),)),
    (
        "PEMBERDAYAAN",
        "Ingin membuka usaha jahit di rumah.",
        (("Mesin jahit", 1, "unit", 3_800_000), ("Bahan kain", 1, "paket", 1_500_000)),
    ),
    ("BENCANA", "Isi rumah hanyut karena banjir.", (("Perabot dasar", 1, "paket", 6_000_000),)),
)

RETURNED = (
    ("DOMISILI", "Surat domisili tidak terbaca. Pindai ulang atau foto di tempat terang."),
    ("REKENING", "Nama pada buku rekening terpotong. Unggah halaman depan yang utuh."),
    ("SURAT_PERMOHONAN", "Surat belum ditandatangani."),
)
DONE = (
    "Kegiatan berjalan sesuai jadwal dan dihadiri warga dari semua RW. Hasilnya dipakai bersama.",
    "Semua barang sudah dibeli dan dicatat dalam buku inventaris. Warga memakainya setiap minggu.",
    "Pelatihan selesai dalam dua belas pertemuan. Peserta yang lulus melanjutkan sebagai pendamping.",
)

REFUSALS = (
    "Kegiatan serupa sudah dibiayai dinas pada tahun yang sama.",
    "Kemampuan keuangan daerah tahun ini tidak mencukupi; dapat diajukan lagi tahun depan.",
    "Lokasi yang diusulkan bukan milik pemohon dan belum ada izin pemiliknya.",
)
OPINIONS = (
    "Sekretariat ada dan pengurus aktif. Kebutuhan sesuai, harga disesuaikan dengan standar harga.",
    "Kegiatan bermanfaat dan belum dilaksanakan. Volume dikurangi menurut jumlah peserta.",
    "Lokasi sesuai usulan. Sebagian alat sudah dimiliki sehingga tidak direkomendasikan.",
)
