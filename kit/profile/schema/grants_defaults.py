"""National defaults of the section `grants`: steps, fields, offices and documents (sabilulungan.md sections 5–8)."""

from typing import Any

LEGAL_BASES = (
    "Undang-Undang Nomor 23 Tahun 2014 tentang Pemerintahan Daerah, Pasal 298",
    "Peraturan Pemerintah Nomor 12 Tahun 2019 tentang Pengelolaan Keuangan Daerah",
    (
        "Peraturan Menteri Dalam Negeri Nomor 32 Tahun 2011 tentang Pedoman Pemberian Hibah dan Bantuan Sosial, "
        "sebagaimana diubah terakhir dengan Nomor 99 Tahun 2019"
    ),
    "Peraturan Menteri Dalam Negeri Nomor 77 Tahun 2020 tentang Pedoman Teknis Pengelolaan Keuangan Daerah",
)

# Working days: BDG art. 13 for evaluation and the two teams, section 8 for the others.
STEPS: tuple[dict[str, Any], ...] = (
    {"code": "KELENGKAPAN", "owner": "TU", "days": 5},
    {"code": "DISPOSISI", "owner": "KDH", "days": 2},
    {"code": "KLASIFIKASI", "owner": "TP", "days": 5},
    {"code": "EVALUASI", "owner": "OPD", "days": 14},
    {"code": "PERIKSA_TP", "owner": "TP", "days": 5},
    {"code": "PERIKSA_TAPD", "owner": "TAPD", "days": 14},
    {"code": "PERSETUJUAN", "owner": "KDH", "days": 14},
)

WINDOW = {"opens": "01-01", "closes": "02-31"}


def _office(code: str, name: str, short_name: str) -> dict[str, Any]:
    return {"code": code, "name": name, "short_name": short_name}


OFFICES: tuple[dict[str, Any], ...] = (
    _office("bappeda", "Badan Perencanaan Pembangunan Daerah", "Bappeda"),
    _office("dlh", "Dinas Lingkungan Hidup", "DLH"),
    _office("dp3a", "Dinas Pemberdayaan Perempuan dan Perlindungan Anak", "DP3A"),
    _office("kesbangpol", "Badan Kesatuan Bangsa dan Politik", "Kesbangpol"),
    _office("dpmptsp", "Dinas Penanaman Modal dan Pelayanan Terpadu Satu Pintu", "DPMPTSP"),
    _office("disdik", "Dinas Pendidikan", "Disdik"),
    _office("dinkes", "Dinas Kesehatan", "Dinkes"),
    _office("dpu", "Dinas Pekerjaan Umum", "Dinas PU"),
    _office("disperkim", "Dinas Perumahan dan Kawasan Permukiman", "Disperkim"),
    _office("dishub", "Dinas Perhubungan", "Dishub"),
    _office("disdukcapil", "Dinas Kependudukan dan Pencatatan Sipil", "Disdukcapil"),
    _office("kesra", "Bagian Kesejahteraan Rakyat", "Kesra"),
    _office("dinsos", "Dinas Sosial", "Dinsos"),
    _office("disnaker", "Dinas Tenaga Kerja", "Disnaker"),
    _office("diskopukm", "Dinas Koperasi dan Usaha Kecil Menengah", "Diskop UKM"),
    _office("dispora", "Dinas Pemuda dan Olahraga", "Dispora"),
    _office("disbudpar", "Dinas Kebudayaan dan Pariwisata", "Disbudpar"),
    _office("diskominfo", "Dinas Komunikasi dan Informatika", "Diskominfo"),
    _office("distan", "Dinas Pertanian dan Ketahanan Pangan", "Distan"),
    _office("tapem", "Bagian Tata Pemerintahan", "Tapem"),
    _office("ekonomi", "Bagian Perekonomian", "Perekonomian"),
    _office("arsip", "Dinas Arsip dan Perpustakaan", "Disarpus"),
)

FIELDS: tuple[dict[str, Any], ...] = tuple(
    {"code": number, "name": name, "office": office}
    for number, (name, office) in enumerate(
        (
            ("Perencanaan pembangunan", "bappeda"),
            ("Lingkungan hidup", "dlh"),
            ("Perempuan dan anak", "dp3a"),
            ("Kesatuan bangsa", "kesbangpol"),
            ("Penanaman modal", "dpmptsp"),
            ("Pendidikan", "disdik"),
            ("Kesehatan", "dinkes"),
            ("Jalan dan jembatan", "dpu"),
            ("Perumahan dan tata ruang", "disperkim"),
            ("Perhubungan", "dishub"),
            ("Kependudukan", "disdukcapil"),
            ("Keagamaan dan rumah ibadah", "kesra"),
            ("Kesejahteraan sosial", "dinsos"),
            ("Ketenagakerjaan", "disnaker"),
            ("Koperasi dan usaha kecil", "diskopukm"),
            ("Kepemudaan dan olahraga", "dispora"),
            ("Kebudayaan, adat, dan pariwisata", "disbudpar"),
            ("Komunikasi dan informatika", "diskominfo"),
            ("Pertanian", "distan"),
            ("Pemerintahan umum", "tapem"),
            ("Perekonomian dan badan usaha daerah", "ekonomi"),
            ("Kearsipan", "arsip"),
        ),
        start=1,
    )
)

_BODIES = ("BADAN_LEMBAGA", "ORMAS", "LEMBAGA_NON_PEMERINTAH")
_GROUPS = (*_BODIES, "KELOMPOK_MASYARAKAT")
_PERSONS = ("INDIVIDU", "KELUARGA")


def _document(code: str, name: str, help: str = "", **limits: Any) -> dict[str, Any]:
    return {"code": code, "name": name, "help": help, **limits}


DOCUMENTS: tuple[dict[str, Any], ...] = (
    _document("SURAT_PERMOHONAN", "Surat permohonan", "Ditujukan kepada kepala daerah dan ditandatangani pemohon."),
    _document(
        "PROPOSAL",
        "Proposal",
        "Latar belakang, tujuan, kegiatan, jadwal, dan rencana biaya.",
        recipients=("PEMERINTAH_PUSAT", "PEMDA_LAIN", "BUMN_BUMD", *_GROUPS),
    ),
    _document(
        "TANGGUNG_JAWAB",
        "Surat pernyataan tanggung jawab",
        "Bermeterai, ditandatangani ketua.",
        recipients=("PEMERINTAH_PUSAT", "PEMDA_LAIN", "BUMN_BUMD", *_GROUPS),
    ),
    _document(
        "TIDAK_TUMPANG_TINDIH",
        "Pernyataan tidak menerima dana ganda",
        "Menyatakan kegiatan yang sama tidak dibiayai sumber lain.",
        recipients=_GROUPS,
    ),
    _document("AKTA", "Akta notaris", "Akta pendirian atau perubahan terakhir.", recipients=_BODIES),
    _document("PENGESAHAN", "Pengesahan badan hukum", "Dari kementerian yang membidangi hukum.", recipients=("ORMAS",)),
    _document("NPWP", "NPWP lembaga", recipients=_BODIES),
    _document(
        "DOMISILI",
        "Surat keterangan domisili",
        "Dari kelurahan atau desa tempat sekretariat berada.",
        recipients=_GROUPS,
    ),
    _document("IZIN", "Izin operasional atau surat keterangan terdaftar", recipients=_BODIES),
    _document("SEWA", "Perjanjian sewa", "Bila sekretariat menyewa.", recipients=_BODIES, need="optional"),
    _document("KTP_PENGURUS", "KTP ketua dan sekretaris", recipients=_GROUPS),
    _document(
        "REKENING",
        "Buku rekening atas nama penerima",
        "Halaman depan yang memuat nama dan nomor rekening.",
        forms=("UANG",),
    ),
    _document("KTP", "KTP pemohon", recipients=_PERSONS),
    _document("KK", "Kartu Keluarga", recipients=("KELUARGA",)),
    _document("PENGANTAR_RTRW", "Surat pengantar RT dan RW", "Diketahui dan dicap RT dan RW.", recipients=_PERSONS),
    _document("GAMBAR", "Gambar rencana bangunan", natures=("FISIK",)),
    _document("HAK_TANAH", "Bukti hak atas tanah", "Diketahui lurah atau kepala desa.", natures=("FISIK",)),
    _document(
        "PENDAMPING",
        "Surat dana pendamping",
        "Bila ada dana dari pihak lain.",
        recipients=_GROUPS,
        need="optional",
    ),
    _document("LAPORAN_LALU", "Laporan penggunaan bantuan sebelumnya", recipients=_GROUPS, need="optional"),
    # Pay-out file: BDG art. 20 and 43; the receipt carries the duty stamp. Report: Permendagri 32/2011 art. 19 and 37.
    _document(
        "PERMOHONAN_CAIR", "Surat permohonan pencairan", "Dicetak dari sistem, lalu ditandatangani.", phase="PENCAIRAN"
    ),
    _document("RENCANA_PAKAI", "Rencana penggunaan dana", phase="PENCAIRAN", recipients=_GROUPS),
    _document("KTP_CAIR", "KTP yang masih berlaku", phase="PENCAIRAN"),
    _document("REKENING_CAIR", "Salinan rekening penerima", forms=("UANG",), phase="PENCAIRAN"),
    _document(
        "KUITANSI",
        "Kuitansi bermeterai",
        "Dicetak dari sistem, lalu ditandatangani.",
        forms=("UANG",),
        phase="PENCAIRAN",
    ),
    _document("PERNYATAAN_CAIR", "Surat pernyataan penerima", phase="PENCAIRAN"),
    _document("LPJ_PENGANTAR", "Surat pengantar laporan", phase="LPJ"),
    _document("LPJ_TANGGUNG_JAWAB", "Pernyataan tanggung jawab penggunaan", "Bermeterai.", phase="LPJ"),
    _document("LPJ_FOTO", "Foto kegiatan", phase="LPJ"),
    _document("LPJ_REKENING_KORAN", "Rekening koran", forms=("UANG",), phase="LPJ", recipients=_GROUPS),
    _document("LPJ_STS", "Bukti setor sisa dana", "Bila ada sisa.", forms=("UANG",), phase="LPJ", need="optional"),
)
