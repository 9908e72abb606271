"""The business classification as versioned data: titles, risk levels, old codes (sources: data/SOURCE.md)."""

import csv
import functools
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from hayu.enums import Risk, Scale

DATA = Path(__file__).resolve().parent.parent / "data"
VERSIONS = ("2020", "2025")
CURRENT = "2025"
RISING = (Risk.RENDAH, Risk.MENENGAH_RENDAH, Risk.MENENGAH_TINGGI, Risk.TINGGI)
_CAPITALS = frozenset({"LPG", "PRT", "SPA", "YTDL", "IPTV", "CD", "DVD", "B2", "B3", "(B2)", "(B3)"})


@dataclass(frozen=True, slots=True)
class Activity:
    """One five-digit code of one version: title as people read it, section letter, first sentence (2020 only)."""

    version: str
    code: str
    title: str
    section: str
    description: str = ""

    @property
    def everyday(self) -> str:
        """Return what people call it: "Kedai kopi, kafe"; the official title where there is no such name."""
        return (everyday_names().get(self.code) if self.version == CURRENT else None) or self.title

    @property
    def key(self) -> str:
        """Return version and code together, since 2025 reuses codes of 2020: "2025-56303"."""
        return f"{self.version}-{self.code}"


@dataclass(frozen=True, slots=True)
class Scope:
    """One scope of a code with OSS's level for each scale; a missing scale is one OSS offers no row for."""

    number: int
    name: str
    levels: dict[Scale, Risk]

    def level(self, scale: Scale) -> Risk:
        """Return the level for a scale, UNKNOWN when OSS offers none."""
        return self.levels.get(scale, Risk.UNKNOWN)


def _rows(name: str) -> Iterator[dict[str, str]]:
    with (DATA / name).open(encoding="utf-8", newline="") as lines:
        yield from csv.DictReader(lines)


def sentence_case(title: str) -> str:
    """Return a title printed in capitals as one reads it: "AKTIVITAS KAFE YTDL" -> "Aktivitas kafe lainnya"."""
    words = [word if word.strip("(),.;") in _CAPITALS else word.lower() for word in title.split()]
    text = " ".join(words).replace("( ", "(").replace(" YTDL", " lainnya")
    text = text.replace("lainnya lainnya", "lainnya").replace("lainya lainnya", "lainnya")
    return text[:1].upper() + text[1:]


@functools.cache
def activities(version: str = CURRENT) -> dict[str, Activity]:
    """Return every code of a version."""
    if version not in VERSIONS:
        raise KeyError(f"KBLI {version} is none of {', '.join(VERSIONS)}.")
    return {
        row["code"]: Activity(
            version,
            row["code"],
            sentence_case(row["title"]) if row["title"].isupper() else row["title"],
            row["section"],
            row.get("description", ""),
        )
        for row in _rows(f"kbli{version}.csv")
    }


@functools.cache
def everyday_names() -> dict[str, str]:
    """Return what people call the most frequent codes of KBLI 2025; the official title stays on documents."""
    return {row["code"]: row["name"] for row in _rows("everyday.csv")}


def find(code: str, version: str = CURRENT) -> Activity | None:
    """Return the activity of a code, None when the version has none."""
    return activities(version).get(code)


def from_key(key: str) -> Activity | None:
    """Return the activity of "2025-56303"; None for anything else."""
    version, _, code = key.partition("-")
    return find(code, version) if version in VERSIONS else None


@functools.cache
def sections() -> dict[str, str]:
    """Return the section titles of KBLI 2025 by their letter."""
    return {row["code"]: sentence_case(row["title"]) for row in _rows("sections2025.csv")}


@functools.cache
def _scopes() -> dict[tuple[str, str], tuple[Scope, ...]]:
    columns = {
        Scale.MIKRO: "risk_micro",
        Scale.KECIL: "risk_small",
        Scale.MENENGAH: "risk_medium",
        Scale.BESAR: "risk_large",
    }
    found: dict[tuple[str, str], list[Scope]] = {}
    for row in _rows("risk_kbli2025_part.csv"):
        levels = {scale: Risk(row[column]) for scale, column in columns.items() if row[column]}
        found.setdefault((row["version"], row["code"]), []).append(Scope(int(row["scope_no"]), row["scope"], levels))
    return {key: tuple(scopes) for key, scopes in found.items()}


def scopes(activity: Activity) -> tuple[Scope, ...]:
    """Return the known scopes of an activity; empty when nothing is known of its risk."""
    return _scopes().get((activity.version, activity.code), ())


def risk(activity: Activity, scale: Scale, scope_number: int | None = None) -> Risk:
    """Return the risk of code × scope × scale; without a chosen scope the highest known level.

    UNKNOWN when the table holds nothing for it: the table covers a part of the codes only.
    """
    known = scopes(activity)
    chosen = [scope for scope in known if scope_number is None or scope.number == scope_number]
    levels = [scope.level(scale) for scope in chosen]
    return max((level for level in levels if level in RISING), key=RISING.index, default=Risk.UNKNOWN)


def is_high(level: Risk) -> bool:
    """Return whether a level needs a verified certificate or a permit of OSS (MT or T)."""
    return level in (Risk.MENENGAH_TINGGI, Risk.TINGGI)


@functools.cache
def successors() -> dict[str, tuple[str, ...]]:
    """Return the proposed 2025 codes of each 2020 code; a proposal only, people confirm it."""
    found: dict[str, list[str]] = {}
    for row in _rows("kbli2020_2025.csv"):
        if row["code_2025"]:
            found.setdefault(row["code_2020"], []).append(row["code_2025"])
    return {code: tuple(dict.fromkeys(codes)) for code, codes in found.items()}
