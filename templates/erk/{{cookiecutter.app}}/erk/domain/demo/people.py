"""Invented people: names of the region's ear, numbers that pass the rules, an account for every role."""

import datetime as dt
import random
from dataclasses import dataclass

from core.codes import ALPHABET, LENGTH, check_character
from core.demo import DemoAccounts
from core.region import region
from erk.domain.demo.offices import Post
from erk.enums import JenisJabatan, JenisPenempatan, Role, StatusPegawai
from erk.models import Pegawai, Penempatan

_MEN = {
    "52": (
        "Lalu Rahmat", "Muhammad Saleh", "Syarifuddin", "Zulkarnaen", "Abdul Haris", "Ahyar", "Junaidi", "Mustakim",
        "Arifin", "Fathurrahman", "Sahabuddin", "Iskandar",
    ),
    "": ("Asep", "Dadang", "Ujang", "Cecep", "Deden", "Agus", "Iwan", "Yayan", "Rudi", "Hendra", "Tatang", "Wawan"),
}  # fmt: skip
_WOMEN = {
    "52": (
        "Nurhayati", "Baiq Rohani", "Siti Aminah", "Sri Wahyuni", "Hj. Jamilah", "Nining", "Rosdiana", "Masnah",
        "Eka Yuliana", "Hartini", "Fitriani", "Sumarni",
    ),
    "": ("Neneng", "Euis", "Iis", "Yanti", "Lilis", "Rina", "Ani", "Dewi", "Wulan", "Imas", "Titin", "Sri"),
}  # fmt: skip
_FAMILY = {
    "52": (
        "Hamzah", "Samawa", "Lestari", "Wardana", "Mansyur", "Kurniawan", "Hidayat", "Anwar", "Ramli", "Putra Jaya",
        "Usman", "Suryadi", "Amin",
    ),
    "": (
        "Suryana", "Lestari", "Permana", "Hidayat", "Kurnia", "Sopandi", "Rukmana", "Nugraha", "Setiawan", "Wijaya",
        "Sudrajat", "Mulyana", "Herlina",
    ),
}  # fmt: skip
_DEGREES = {
    15: "M.Si.", 14: "M.Si.", 12: "M.AP.", 11: "S.Sos., M.Si.", 10: "S.IP.", 9: "S.Sos.", 8: "S.Kom.", 7: "S.AP.",
    6: "A.Md.", 5: "", 4: "",
}  # fmt: skip
_RANKS = {
    15: "IV/d", 14: "IV/c", 12: "IV/a", 11: "IV/a", 10: "III/d", 9: "III/c", 8: "III/b", 7: "III/a", 6: "II/c",
    5: "II/b", 4: "II/a",
}  # fmt: skip
_PPPK_EVERY = 9


@dataclass(frozen=True, slots=True)
class Worker:
    """An employee with the post held, and the placement of the superior."""

    employee: Pegawai
    post: Post


def code(rng: random.Random) -> str:
    """Return a public code that is the same at every load."""
    body = "".join(rng.choice(ALPHABET) for _ in range(LENGTH - 1))
    return body + check_character(body)


def _words(table: dict[str, tuple[str, ...]]) -> tuple[str, ...]:
    return table.get(region().region.province_code, table[""])


def _nip(rng: random.Random, grade: int, *, woman: bool, contract: bool, serial: int) -> str:
    born = dt.date(
        rng.randint(1968 + max(0, 8 - grade) * 2, 1990 + max(0, 8 - grade)), rng.randint(1, 12), rng.randint(1, 28)
    )
    start = min(2022, born.year + rng.randint(22, 28))
    middle = "21" if contract else f"{rng.randint(1, 12):02}"
    return f"{born:%Y%m%d}{2023 if contract else start}{middle}{2 if woman else 1}{serial:03}"


def make(posts: list[Post], rng: random.Random, accounts: DemoAccounts, start: dt.date) -> list[Worker]:
    """Fill the posts and give every employee an account (nobody can sign in with it before it is shown)."""
    workers, used, serial = [], set(), 0
    since = start - dt.timedelta(days=365)
    for post in posts:
        for _ in range(post.people):
            serial += 1
            woman = rng.random() < 0.45
            name = _name(rng, used, woman=woman)
            contract = post.position.jenis == JenisJabatan.PELAKSANA and serial % _PPPK_EVERY == 0
            grade = post.position.kelas
            user = accounts.account(Role.PEGAWAI, name, f"pegawai{serial:03}", show=False)
            employee = Pegawai.objects.create(
                kode=code(rng),
                user=user,
                nip=_nip(rng, grade, woman=woman, contract=contract, serial=serial),
                nama=name,
                gelar_belakang=_DEGREES[grade],
                status=StatusPegawai.PPPK if contract else StatusPegawai.PNS,
                golongan="IX" if contract else _RANKS[grade],
            )
            Penempatan.objects.create(pegawai=employee, jabatan=post.position, mulai=since, dasar="SK contoh")
            workers.append(Worker(employee, post))
    _acting(workers, start)
    return workers


def _name(rng: random.Random, used: set[str], *, woman: bool) -> str:
    given, family = _words(_WOMEN if woman else _MEN), _words(_FAMILY)
    while True:
        name = f"{rng.choice(given)} {rng.choice(family)}"
        if name not in used:
            used.add(name)
            return name


def _acting(workers: list[Worker], start: dt.date) -> None:
    """Let the organisation's officer act for its head for two weeks: the approval right is seen to move."""
    head = next(w for w in workers if w.post.position.nama == "Kepala Bagian Organisasi")
    deputy = next(w for w in workers if w.post.position.induk_id == head.post.position.pk)
    Penempatan.objects.create(
        pegawai=deputy.employee,
        jabatan=head.post.position,
        mulai=start + dt.timedelta(days=7),
        akhir=start + dt.timedelta(days=20),
        jenis=JenisPenempatan.PLH,
        dasar="Surat perintah contoh",
    )


def show_accounts(accounts: DemoAccounts) -> None:
    """Print one account for every role; those of employees belong to people with work, the others stand alone."""

    def holder(position: str, agency: str) -> Pegawai:
        held = Penempatan.objects.filter(
            jabatan__nama=position, jabatan__opd__kode=agency, jenis=JenisPenempatan.DEFINITIF
        )
        return held.select_related("pegawai__user").order_by("pk")[0].pegawai

    def person(role: Role, employee: Pegawai, scope: str = "") -> None:
        accounts.account(role, employee.nama, employee.user.username, scope=scope)  # type: ignore[union-attr]

    person(Role.PEGAWAI, holder("Analis Kependudukan", "DUKCAPIL"))
    person(Role.ATASAN, holder("Kepala Bidang Pelayanan Pendaftaran Penduduk", "DUKCAPIL"))
    person(Role.KEPALA_OPD, holder("Kepala Dinas Kependudukan dan Pencatatan Sipil", "DUKCAPIL"), "DUKCAPIL")
    person(Role.ADMIN_OPD, holder("Administrator Database Ahli Pertama", "DUKCAPIL"), "DUKCAPIL")
    person(Role.VERIFIKATOR_BKPSDM, holder("Analis SDM Aparatur Ahli Muda", "BKPSDM"))
    person(Role.ADMIN_KATALOG, holder("Analis Kinerja", "BKPSDM"))
    for role, name, username in (
        (Role.KEUANGAN, "Bendahara Contoh", "keuangan"),
        (Role.PIMPINAN, f"{region().terms.head} Contoh", "pimpinan"),
        (Role.INSPEKTORAT, "Inspektur Contoh", "inspektorat"),
        (Role.ADMIN_WILAYAH, "Admin Wilayah Contoh", "wilayah"),
    ):
        accounts.account(role, name, username)
