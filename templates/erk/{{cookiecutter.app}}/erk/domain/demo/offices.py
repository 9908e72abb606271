"""Nine offices with their positions; local ones carry the region's own names."""

from dataclasses import dataclass

from core import wilayah
from core.region import region
from erk.enums import JenisJabatan as J
from erk.enums import JenisOpd
from erk.models import Jabatan, Opd


@dataclass(frozen=True, slots=True)
class Post:
    """A position to be filled by `people` employees; `pace` is how busy they are, 1 = 6,000 minutes a month."""

    position: Jabatan
    people: int
    pace: float
    usual: tuple[str, ...]


_LETTERS = ("SRT-01", "SRT-02", "RPT-01", "DAT-04", "SRT-04")
_LEADING = ("BIN-02", "RPT-01", "SRT-02", "BIN-01", "SRT-04")
_COUNTER = ("LYN-01", "LYN-02", "DAT-01", "SRT-02", "DAT-04")
_PERMITS = ("LYN-02", "LYN-01", "DAT-01", "KNS-01", "SRT-02")
_FIELD = ("LAP-03", "LAP-05", "SRT-02", "DAT-01")
_TRAFFIC = ("LAP-04", "DAT-01", "SRT-01")
_STAFFING = ("DAT-01", "SRT-02", "KNS-01", "SRT-03", "RPT-01")
_DISTRICT = ("LYN-01", "SRT-02", "LAP-06", "DAT-01", "LAP-05")


def _branches() -> list[tuple[str, str, str]]:
    """Return name, short name and leader of two local offices: kecamatan, or a province's branch offices."""
    regencies = wilayah.regencies()
    names = [place.name for place in regencies or wilayah.districts()] or [region().region.seat]
    chosen = dict.fromkeys((names[0], names[len(names) // 2]))
    if regencies:
        return [(f"Cabang Dinas Pendidikan {n}", f"Cabdin {n}", f"Kepala Cabang Dinas Pendidikan {n}") for n in chosen]
    term = str(region().terms.level3).capitalize()
    return [(f"{term} {name}", f"{term[:3]}. {name}", f"Camat {name}") for name in chosen]


def make() -> list[Post]:
    """Create agencies and positions and return the posts to be filled, leaders first."""
    posts: list[Post] = []

    def agency(code: str, name: str, short: str, kind: JenisOpd) -> Opd:
        return Opd.objects.create(kode=code, nama=name, singkatan=short, jenis=kind)

    def post(
        opd: Opd,
        name: str,
        kind: J,
        grade: int,
        above: Jabatan | None,
        pace: float,
        usual: tuple[str, ...],
        people: int = 1,
    ) -> Jabatan:
        number = sum(post.position.opd_id == opd.pk for post in posts) + 1
        position = Jabatan.objects.create(
            kode=f"{opd.kode}-{number:02}", opd=opd, nama=name, jenis=kind, kelas=grade, induk=above
        )
        posts.append(Post(position, people, pace, usual))
        return position

    def office(
        opd: Opd, head: str, pace: float, division: str, usual: tuple[str, ...], staff: list[tuple[str, int, int]]
    ) -> None:
        top = post(opd, head, J.JPT, 14, sekda, 0.9, _LEADING)
        middle = post(opd, division, J.ADMINISTRATOR, 11, top, 0.9, _LEADING)
        for name, grade, count in staff:
            kind = J.FUNGSIONAL if grade >= 8 else J.PELAKSANA
            post(opd, name, kind, grade, middle, pace, usual, count)

    def branch(number: int, names: tuple[str, str, str], pace: float, staff: int) -> None:
        opd = agency(f"WIL-{number:02}", names[0], names[1], JenisOpd.KECAMATAN)
        leader = post(opd, names[2], J.ADMINISTRATOR, 12, sekda, 0.9, _LEADING)
        section = post(opd, "Kepala Seksi Pelayanan", J.PENGAWAS, 9, leader, pace, _DISTRICT)
        post(opd, "Pengadministrasi Umum", J.PELAKSANA, 5, section, pace, _DISTRICT, staff)

    setda = agency("SETDA", f"Sekretariat Daerah {region().region.name}", "Setda", JenisOpd.SEKRETARIAT)
    sekda = post(setda, "Sekretaris Daerah", J.JPT, 15, None, 0.92, _LEADING)
    asisten = post(setda, "Asisten Administrasi Umum", J.JPT, 14, sekda, 0.9, _LEADING)
    sekda.delegasi = asisten
    sekda.save(update_fields=["delegasi"])
    kabag = post(setda, "Kepala Bagian Organisasi", J.ADMINISTRATOR, 12, asisten, 0.9, _LEADING)
    post(setda, "Analis Kebijakan Ahli Muda", J.FUNGSIONAL, 10, kabag, 0.86, _LETTERS, 2)
    post(setda, "Pengadministrasi Persuratan", J.PELAKSANA, 5, kabag, 0.84, _LETTERS, 3)

    office(
        agency("DUKCAPIL", "Dinas Kependudukan dan Pencatatan Sipil", "Disdukcapil", JenisOpd.DINAS),
        "Kepala Dinas Kependudukan dan Pencatatan Sipil", 0.98,
        "Kepala Bidang Pelayanan Pendaftaran Penduduk", _COUNTER,
        [("Administrator Database Ahli Pertama", 8, 2), ("Analis Kependudukan", 7, 3), ("Operator Layanan", 6, 4)],
    )  # fmt: skip
    office(
        agency("DPMPTSP", "Dinas Penanaman Modal dan Pelayanan Terpadu Satu Pintu", "DPMPTSP", JenisOpd.DINAS),
        "Kepala DPMPTSP", 1.12, "Kepala Bidang Perizinan", _PERMITS,
        [("Penata Perizinan Ahli Muda", 10, 2), ("Analis Perizinan", 7, 3), ("Petugas Loket", 5, 2)],
    )  # fmt: skip
    office(
        agency("BKPSDM", "Badan Kepegawaian dan Pengembangan SDM", "BKPSDM", JenisOpd.BADAN),
        "Kepala BKPSDM", 0.85, "Kepala Bidang Penilaian Kinerja", _STAFFING,
        [("Analis SDM Aparatur Ahli Muda", 10, 2), ("Analis Kinerja", 7, 3)],
    )  # fmt: skip
    office(
        agency("SATPOLPP", "Satuan Polisi Pamong Praja", "Satpol PP", JenisOpd.DINAS),
        "Kepala Satuan Polisi Pamong Praja", 0.42, "Kepala Bidang Ketertiban Umum", _FIELD,
        [("Polisi Pamong Praja Terampil", 6, 5), ("Pengadministrasi Ketertiban", 5, 2)],
    )  # fmt: skip
    office(
        agency("DISHUB", "Dinas Perhubungan", "Dishub", JenisOpd.DINAS),
        "Kepala Dinas Perhubungan", 0.22, "Kepala Bidang Lalu Lintas", _TRAFFIC,
        [("Pengatur Lalu Lintas", 6, 5), ("Pengemudi", 4, 2)],
    )  # fmt: skip
    office(
        agency("KESBANG", "Badan Kesatuan Bangsa dan Politik", "Kesbangpol", JenisOpd.BADAN),
        "Kepala Badan Kesatuan Bangsa dan Politik", 0.6, "Kepala Bidang Kewaspadaan", _LETTERS,
        [("Analis Ketahanan", 7, 2)],
    )  # fmt: skip
    for number, (names, pace, staff) in enumerate(zip(_branches(), (0.93, 0.72), (4, 3), strict=False), start=1):
        branch(number, names, pace, staff)
    return posts
