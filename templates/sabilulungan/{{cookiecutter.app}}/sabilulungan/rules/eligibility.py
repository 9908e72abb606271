"""Who may apply now: R02, R03, R04, R10, R12, R13. Facts in, all faults out, each with its rule and a way on."""

import datetime as dt
from dataclasses import dataclass, field

from core.dates import day_and_month
from core.money import rupiah
from sabilulungan.enums import Form, Kind, Nature, RecipientType
from sabilulungan.rules.profile import Profile


@dataclass(frozen=True, slots=True)
class Facts:
    """What is known about an application on the day of filing. Amounts in rupiah.

    `paid_years`: budget years in which the recipient was paid. `open_years`: budget years of unreported or sanctioned
    cases of the recipient or any of its officers. `barred_until`: end of a sanction on them. `exceptions`: rules a
    recorded exception lifts.
    """

    day: dt.date
    budget_year: int
    kind: Kind
    form: Form
    nature: Nature
    recipient: RecipientType
    amount: int
    address_inside: bool
    registered_on: dt.date | None = None
    paid_years: frozenset[int] = frozenset()
    open_years: frozenset[int] = frozenset()
    barred_until: dt.date | None = None
    other_proposal: str = ""
    exceptions: frozenset[str] = field(default_factory=frozenset)


@dataclass(frozen=True, slots=True)
class Verdict:
    """A rule that speaks against filing: it blocks, or only warns."""

    rule: str
    blocks: bool
    sentence: str


def full_years(since: dt.date, day: dt.date) -> int:
    """Return the full years between two days."""
    return day.year - since.year - ((day.month, day.day) < (since.month, since.day))


def verdicts(profile: Profile, facts: Facts) -> list[Verdict]:
    """Return everything that speaks against filing, blocking or warning, in the order of the rules."""
    found: list[Verdict] = []
    if not facts.address_inside:
        found.append(
            Verdict("R02", True, "Alamat pemohon harus berada di wilayah daerah ini. Pilih kecamatan dan kelurahan.")
        )
    if profile.registration_mode != "off" and facts.registered_on is not None:
        age = full_years(facts.registered_on, facts.day)
        if age < profile.registration_years:
            sentence = (
                f"Organisasi terdaftar kurang dari {profile.registration_years} tahun. "
                "Petugas akan memeriksa apakah ketentuan ini berlaku bagi Anda."
                if profile.registration_mode == "warn"
                else f"Organisasi harus sudah terdaftar paling sedikit {profile.registration_years} tahun."
            )
            found.append(Verdict("R03", profile.registration_mode == "block", sentence))
    ceiling = profile.ceiling_for(facts.kind, facts.form, facts.nature, facts.recipient)
    if ceiling is not None and facts.amount > ceiling and "R04" not in facts.exceptions:
        found.append(
            Verdict(
                "R04", True, f"Jumlah melebihi batas {rupiah(ceiling)} untuk usulan seperti ini. Kurangi rincian biaya."
            )
        )
    too_soon = [year for year in facts.paid_years if 0 < facts.budget_year - year <= profile.gap_years]
    if too_soon and "R10" not in facts.exceptions:
        found.append(
            Verdict(
                "R10",
                True,
                f"Penerima sudah dibayar pada tahun anggaran {max(too_soon)}, jadi belum boleh menerima lagi untuk "
                f"{facts.budget_year}. Ajukan lagi untuk tahun anggaran {max(too_soon) + profile.gap_years + 1}.",
            )
        )
    if facts.other_proposal:
        found.append(
            Verdict(
                "R12",
                True,
                f"Sudah ada usulan {facts.other_proposal} untuk tahun anggaran yang sama. "
                "Satu penerima, satu usulan setahun.",
            )
        )
    banned = [year for year in facts.open_years if facts.budget_year - year <= profile.ban_years]
    if banned:
        found.append(
            Verdict(
                "R13",
                True,
                f"Bantuan tahun anggaran {min(banned)} milik penerima ini atau salah satu pengurusnya belum "
                "dipertanggungjawabkan. Selesaikan laporannya lebih dahulu.",
            )
        )
    elif facts.barred_until and facts.barred_until > facts.day:
        sentence = (
            f"Penerima ini atau salah satu pengurusnya dikenai sanksi sampai {day_and_month(facts.barred_until)}."
        )
        found.append(Verdict("R13", True, sentence))
    return found
