"""What the pictures of `{% load charts %}` are made of; plain values, no drawing."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

StepStatus = Literal["done", "now", "late", "next", "skipped", "stopped"]
DayKind = Literal["counted", "paused", "left", "late", "off"]

DAY_WORDS: dict[DayKind, str] = {
    "counted": "terpakai",
    "paused": "jeda, menunggu pemohon",
    "left": "masih tersisa",
    "late": "lewat batas",
    "off": "bukan hari kerja",
}


@dataclass(frozen=True, slots=True)
class Step:
    """One step of a path: its name, where it stands, since or until when, who, and working days late."""

    name: str
    status: StepStatus
    when: dt.date | dt.datetime | None = None
    who: str = ""
    late_days: int = 0
    note: str = ""


@dataclass(frozen=True, slots=True)
class Day:
    """One day of a service clock. `today` gives it a ring."""

    day: dt.date
    kind: DayKind
    today: bool = False


@dataclass(frozen=True, slots=True)
class Mark:
    """A mark on a bar: where it stands, and its word."""

    at: int
    label: str


@dataclass(frozen=True, slots=True)
class Stage:
    """One sum of a narrowing bar: its word, whole rupiah, how many records, and where they are listed."""

    label: str
    amount: int
    count: int | None = None
    url: str = ""


@dataclass(frozen=True, slots=True)
class Bar:
    """One row of bars: a name, a number, the word of its band and its tone."""

    label: str
    value: int
    word: str = ""
    tone: Literal["", "good", "waiting", "bad", "neutral", "accent"] = ""
    url: str = ""


@dataclass(frozen=True, slots=True)
class Area:
    """One part of the region on a map: its official code, its number, and the number in words ("4 usulan")."""

    code: str
    value: int
    words: str


def shades(values: Sequence[int], most: int = 5) -> list[tuple[int, int]]:
    """Return ranges (least, greatest) that share the positive numbers out evenly, `most` of them at most, rising."""
    ranked = sorted(value for value in values if value > 0)
    cuts = [ranked[len(ranked) * step // most] for step in range(most)] if ranked else []
    starts = sorted(set(cuts))
    ends = [max(value for value in ranked if value < start) for start in starts[1:]] + ranked[-1:]
    return list(zip(starts, ends, strict=True))


def percent(value: int, maximum: int) -> str:
    """Return a share as an SVG length, "66.67%", within 0 and 100."""
    share = min(max(value / maximum, 0), 1) if maximum > 0 else 0
    return f"{100 * share:.2f}%"
