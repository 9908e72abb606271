"""Normal forms and signals that find one recipient behind two names (section 13, F01–F05, F07, F10)."""

import datetime as dt
import re
import unicodedata
from dataclasses import dataclass
from difflib import SequenceMatcher

from sabilulungan.enums import Severity

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
    """What a recipient leaves behind: keyed tokens of numbers, normal forms of name and address."""

    key: int
    nik_tokens: frozenset[str]
    account_token: str
    phone_tokens: frozenset[str]
    name: str
    address: str
    district: str


@dataclass(frozen=True, slots=True)
class Finding:
    """A signal between two recipients: rule, weight, similarity 0–100 and a sentence for officers."""

    rule: str
    severity: Severity
    score: int
    other: int
    sentence: str


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
    found: list[Finding] = []

    def add(rule: str, severity: Severity, score: int, sentence: str) -> None:
        found.append(Finding(rule, severity, score, other.key, sentence))

    if mine.nik_tokens & other.nik_tokens:
        add("F01", Severity.RED, 100, "Pengurus dengan NIK yang sama ada pada penerima lain.")
    if mine.account_token and mine.account_token == other.account_token:
        add("F02", Severity.RED, 100, "Nomor rekening sama dengan penerima lain.")
    same_address = bool(mine.address) and mine.address == other.address
    alike = similarity(mine.name, other.name) if mine.district == other.district else 0.0
    if alike >= SIMILAR:
        severity = Severity.RED if same_address else Severity.YELLOW
        add("F04", severity, round(alike * 100), "Nama hampir sama dengan penerima lain di kecamatan yang sama.")
    if same_address:
        add("F05", Severity.YELLOW, 100, "Alamat sama dengan penerima lain.")
    if mine.phone_tokens & other.phone_tokens:
        add("F03", Severity.YELLOW, 100, "Nomor telepon sama dengan penerima lain.")
    return found


def young(registered_on: dt.date | None, opens: dt.date) -> bool:
    """F07: registered less than 12 months before the window opened."""
    if registered_on is None:
        return False
    return registered_on > opens.replace(year=opens.year - 1, day=min(opens.day, 28))
