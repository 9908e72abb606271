"""Normal forms and signals that find one recipient behind two names (section 13, F01–F05, F07, F10, F11)."""

import datetime as dt
import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from sabilulungan.enums import Severity
from sabilulungan.rules.places import NEAR_METRES, Position, metres

SIMILAR = 0.90
_LEGAL_WORDS = frozenset(
    [
        "YAYASAN",
        "DKM",
        "LSM",
        "KELOMPOK",
        "PONPES",
        "PONDOK",
        "PESANTREN",
        "PERKUMPULAN",
        "H",
        "HJ",
        "DRS",
        "IR",
        "DR",
        "PROF",
        "KH",
    ]
)
_TITLES_AFTER = re.compile(r",.*$")
_ADDRESS_WORDS = {
    "JALAN": "JL",
    "JLN": "JL",
    "GANG": "GG",
    "NOMOR": "NO",
    "NOMER": "NO",
    "KOMPLEK": "KOMP",
    "KOMPLEKS": "KOMP",
    "BLOK": "BLK",
    "KAMPUNG": "KP",
    "KMP": "KP",
}


@dataclass(frozen=True, slots=True)
class Traces:
    """What a recipient leaves behind: keyed tokens of numbers, normal forms of name and address, its map point."""

    key: int
    nik_tokens: frozenset[str]
    account_token: str
    phone_tokens: frozenset[str]
    name: str
    address: str
    district: str
    position: Position | None = None
    family_token: str = ""
    owner: str = ""
    email_token: str = ""


@dataclass(frozen=True, slots=True)
class Finding:
    """A signal between two recipients: rule, weight, similarity 0–100, a sentence for officers, what it rests on."""

    rule: str
    severity: Severity
    score: int
    other: int
    sentence: str
    facts: tuple[str, ...]


def _plain(text: str) -> str:
    folded = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().upper()
    return re.sub(r"\s+", " ", re.sub(r"[^A-Z0-9 ]", " ", folded)).strip()


def normal_name(name: str) -> str:
    """Return a name without legal form, titles, signs and accents: "Yayasan Al-Ikhlas, S.H." -> "AL IKHLAS"."""
    words = _plain(_TITLES_AFTER.sub("", name)).split()
    kept = [word for word in words if word not in _LEGAL_WORDS]
    return " ".join(kept or words)


def normal_address(address: str, rt: str = "", rw: str = "") -> str:
    """Return an address in one spelling: "Jalan Cikutra No.12", RT 3 RW 12 -> "JL CIKUTRA NO 12 RT 003 RW 012"."""
    text = re.sub(r"(?<=[A-Za-z])(?=\d)|(?<=\d)(?=[A-Za-z])", " ", address)
    words = [_ADDRESS_WORDS.get(word, word) for word in _plain(text).split()]
    for label, number in (("RT", rt), ("RW", rw)):
        if number and label not in words:
            words += [label, number]
    out: list[str] = []
    for word in words:
        after_unit = bool(out) and out[-1] in ("RT", "RW")
        out.append(_number(word, unit=after_unit) if word.isdigit() else word)
    return " ".join(out)


def _number(digits: str, *, unit: bool) -> str:
    return digits.zfill(3) if unit else digits.lstrip("0") or "0"


def similarity(one: str, other: str) -> float:
    """Return how alike two normal forms are, 0–1, the same in both directions."""
    first, second = sorted((one, other))
    if not first or not second:
        return 0.0
    return SequenceMatcher(None, first, second, autojunk=False).ratio()


def compare(mine: Traces, other: Traces) -> list[Finding]:
    """Return the signals between two different recipients, strongest rule first."""
    found = (*_people(mine, other), *_accounts(mine, other), *_names_and_places(mine, other), *_contacts(mine, other))
    return [
        Finding(rule, severity, score, other.key, sentence, tuple(sorted(facts)))
        for rule, severity, score, sentence, facts in found
    ]


Signal = tuple[str, Severity, int, str, list[str]]


def _people(mine: Traces, other: Traces) -> Iterator[Signal]:
    """F01: one officer, or one family."""
    if niks := mine.nik_tokens & other.nik_tokens:
        yield "F01", Severity.RED, 100, "Pengurus dengan NIK yang sama ada pada penerima lain.", list(niks)
    if mine.family_token and mine.family_token == other.family_token:
        yield "F01", Severity.RED, 100, "Kartu keluarga yang sama ada pada penerima lain.", [mine.family_token]


def _accounts(mine: Traces, other: Traces) -> Iterator[Signal]:
    """F02: one account, or one owner of two; namesakes who each own an account in their own name are none."""
    if mine.account_token and mine.account_token == other.account_token:
        yield "F02", Severity.RED, 100, "Nomor rekening sama dengan penerima lain.", [mine.account_token]
    elif mine.owner and mine.owner == other.owner and not mine.name == other.name == mine.owner:
        yield "F02", Severity.RED, 100, "Pemilik rekening sama dengan pemilik rekening penerima lain.", [mine.owner]


def _names_and_places(mine: Traces, other: Traces) -> Iterator[Signal]:
    """F04 and F05: nearly one name in one kecamatan, one address, two points of the map close by."""
    same_address = bool(mine.address) and mine.address == other.address
    near = _near(mine.position, other.position)
    alike = similarity(mine.name, other.name) if mine.district == other.district else 0.0
    if alike >= SIMILAR:
        severity = Severity.RED if same_address or near else Severity.YELLOW
        sentence = "Nama hampir sama dengan penerima lain di kecamatan yang sama."
        yield "F04", severity, round(alike * 100), sentence, [mine.name, other.name, severity]
    if same_address:
        yield "F05", Severity.YELLOW, 100, "Alamat sama dengan penerima lain.", [mine.address]
    elif near:
        sentence = f"Titik peta kurang dari {NEAR_METRES} m dari penerima lain."
        yield "F05", Severity.YELLOW, 100, sentence, [str(mine.position), str(other.position)]


def _contacts(mine: Traces, other: Traces) -> Iterator[Signal]:
    """F03: one telephone number or mail address."""
    if phones := mine.phone_tokens & other.phone_tokens:
        yield "F03", Severity.YELLOW, 100, "Nomor telepon sama dengan penerima lain.", list(phones)
    if mine.email_token and mine.email_token == other.email_token:
        yield "F03", Severity.YELLOW, 100, "Alamat surel sama dengan penerima lain.", [mine.email_token]


def _near(one: Position | None, other: Position | None) -> bool:
    """F05: less than 30 m apart."""
    return one is not None and other is not None and metres(one, other) < NEAR_METRES


def young(registered_on: dt.date | None, opens: dt.date) -> bool:
    """F07: registered less than 12 months before the window opened."""
    if registered_on is None:
        return False
    return registered_on > opens.replace(year=opens.year - 1, day=min(opens.day, 28))


MOST_ROUND = 0.60
LEAST_LINES = 3
ADULT = 17


def too_round(prices: Sequence[int]) -> bool:
    """F11: more than 60% of the unit prices are whole hundred thousands; short plans tell nothing."""
    if len(prices) < LEAST_LINES:
        return False
    return sum(price % 100_000 == 0 for price in prices) / len(prices) > MOST_ROUND


MOST_UNCUT = 0.30
LEAST_APPROVED = 5


def uncut_too_often(uncut: int, approved: int) -> bool:
    """F13: more than 30% of what one evaluator recommended was approved without any cut; few cases tell nothing."""
    return approved >= LEAST_APPROVED and uncut / approved > MOST_UNCUT


def too_young(birthday: dt.date | None, day: dt.date) -> bool:
    """F10: a NIK whose birthday is impossible, or of somebody younger than 17."""
    if birthday is None:
        return True
    return day.year - birthday.year - ((day.month, day.day) < (birthday.month, birthday.day)) < ADULT


def same_person(name: str, other: str) -> bool:
    """F10: nearly one name, titles aside; registries write names in capitals, shorten some and know no titles."""
    return similarity(normal_name(name), normal_name(other)) >= SIMILAR
