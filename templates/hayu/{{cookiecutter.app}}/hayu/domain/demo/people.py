"""Invented people: one account for each role that has work here, and owners of small businesses."""

import datetime as dt
import random
from dataclasses import dataclass

from core import dates, demo_clock, identity, wilayah
from core.demo import DemoAccounts
from core.models import User
from core.region import region
from hayu.enums import Role

OWNERS = 54
SECOND = "VERIFIKATOR_KEDUA"
_FIRST = (
    "Ani", "Budi", "Cucu", "Dadang", "Eti", "Fitri", "Gunawan", "Hani", "Iwan", "Jajang", "Kartini", "Lilis", "Maman",
    "Neneng", "Otong", "Popon", "Rina", "Sari", "Tati", "Ujang", "Wati", "Yayan", "Zainab", "Asep", "Dewi", "Slamet",
)  # fmt: skip
_LAST = (
    "Suryani", "Hidayat", "Lestari", "Permana", "Wulandari", "Saputra", "Rahayu", "Kurnia", "Maulana", "Handayani",
    "Firmansyah", "Nuraini", "Setiawan", "Puspita", "Ramdani", "Komala", "Sudrajat", "Anggraeni", "Mulyana",
)  # fmt: skip


@dataclass
class Cast:
    """Who acts in the demo stories."""

    rng: random.Random
    applicant: User
    desk: User
    inspector: User
    signer: User
    office: dict[str, User]
    owners: list[User]


def long_ago() -> dt.datetime:
    """Return the moment the demo begins: three years before today."""
    return dates.at(dates.today() - dt.timedelta(days=3 * 365), dt.time(8))


def nik(rng: random.Random, prefix: str, serial: int) -> str:
    """Return a well-formed invented NIK of the region."""
    born = dt.date(1955, 1, 1) + dt.timedelta(days=rng.randrange(365 * 48))
    day = born.day + (40 if rng.random() < 0.5 else 0)
    return f"{prefix}{day:02d}{born.month:02d}{born.year % 100:02d}{serial:04d}"


def phone(serial: int) -> str:
    """Return an invented phone number."""
    return f"+6281200{serial:06d}"


def _prefix(rng: random.Random) -> str:
    districts = wilayah.districts()
    code = rng.choice(districts).code if districts else f"{region().region.code}.01"
    return code.replace(".", "")[:6]


def cast(accounts: DemoAccounts) -> Cast:
    """Return the people, made at their first call; the printed accounts keep their passwords."""
    rng = random.Random(f"hayu {region().region.code}")  # noqa: S311  (the same invented people each time)
    with demo_clock.at(long_ago()):
        officers = {
            role: accounts.account(role, name, username)
            for role, name, username in (
                (Role.LOKET, "Lilis Komala", "loket"),
                (Role.VERIFIKATOR, "Gunawan Hidayat", "verifikator"),
                (Role.TIM_TEKNIS, "Neneng Lestari", "teknis"),
                (Role.PENETAP_RETRIBUSI, "Otong Saputra", "penetap"),
                (Role.BENDAHARA, "Tati Kurnia", "bendahara"),
                (Role.KASI, "Iwan Maulana", "kasi"),
                (Role.KABID, "Rina Handayani", "kabid"),
                (Role.PENGAWAS, "Dadang Permana", "pengawas"),
                (Role.PENANDATANGAN, "Kartini Rahayu", "kepala"),
                (Role.ADMIN_WILAYAH, "Yayan Mulyana", "admin"),
                (Role.AUDITOR, "Zainab Nuraini", "auditor"),
            )
        }
        second = accounts.account(Role.VERIFIKATOR, "Popon Wulandari", "verifikator2")
        applicant = accounts.account(Role.PEMOHON, "Ani Suryani", "pemohon", **_numbers(rng, 1))
        names = [f"{first} {last}" for first in _FIRST for last in _LAST]
        rng.shuffle(names)
        owners = [
            accounts.account("", name, f"pemilik{number:02d}", show=False, **_numbers(rng, number + 1))
            for number, name in enumerate(names[:OWNERS], start=1)
        ]
    office = {str(role): user for role, user in officers.items()} | {SECOND: second}
    return Cast(
        rng, applicant, officers[Role.LOKET], officers[Role.PENGAWAS], officers[Role.PENANDATANGAN], office, owners
    )


def _numbers(rng: random.Random, serial: int) -> dict[str, str]:
    number = nik(rng, _prefix(rng), serial)
    return {"nik": number, "nik_token": identity.token(number), "phone": phone(serial)}
