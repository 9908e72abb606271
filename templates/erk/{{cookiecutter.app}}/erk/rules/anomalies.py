"""Signs of dishonest minutes (erk.md section 13): pure rules over what one person or one superior did in a month."""

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from itertools import pairwise
from types import MappingProxyType

from erk.enums import AnomalyCode as A
from erk.rules.minutes import between

LONG_DAY = 480
SAME_OWN, SAME_COLLEAGUES, SHARED_DEVICE = 10, 5, 3
UNREAD = dt.timedelta(seconds=3)  # less for an item: not read
FLAT_ABOVE = 10  # minutes above the target that still look made to fit
# What the signs weigh unless a region's rules say otherwise.
POINTS: Mapping[str, int] = MappingProxyType(
    {
        A.TUMPANG: 30, A.LEBIH_8_JAM: 15, A.LIBUR: 20, A.NORMA: 10, A.SALIN: 15, A.BUKTI: 20, A.BULAT: 10,
        A.KEJAR: 10, A.SETUJU_MASSAL: 25, A.TANPA_TOLAK: 10, A.SALING: 25, A.HANTU: 20, A.RAPAT: 15, A.TITIP: 15,
        A.HADIR: 15, A.LAIN2: 5,
    }
)  # fmt: skip
Found = dict[str, dict[str, object]]


@dataclass(frozen=True, slots=True)
class Entry:
    """One live activity: day, span, minutes by norm (its upper edge) and counted, when written, text's fingerprint."""

    code: str
    day: dt.date
    start: dt.time
    end: dt.time
    norm: int
    counted: int
    written: dt.date
    text: str = ""
    free: bool = False
    meeting: bool = False


@dataclass(frozen=True, slots=True)
class DayFacts:
    """What is known of days of one person: overtime, absence, holidays, clock times, corrected attendance."""

    overtime: frozenset[dt.date] = frozenset()
    away: frozenset[dt.date] = frozenset()
    off: frozenset[dt.date] = frozenset()
    clocked: Mapping[dt.date, tuple[dt.time | None, dt.time | None]] = field(default_factory=dict)
    corrected: frozenset[dt.date] = frozenset()
    meetings_missed: Sequence[tuple[dt.date, dt.time, dt.time]] = ()


def of_person(entries: Sequence[Entry], facts: DayFacts, closes: dt.date, totals: Sequence[tuple[int, int]]) -> Found:
    """Return the anomalies of one person's month by code, each with what it rests on.

    `closes`: the last day of input; `totals`: minutes and target of this month and the two before it, oldest first.
    """
    found: Found = {}
    checks = (
        (A.TUMPANG, _overlaps(entries)),
        (A.LEBIH_8_JAM, _long_days(entries, facts)),
        (A.LIBUR, _off_days(entries, facts)),
        (A.HADIR, sorted({row.day for row in entries} & facts.corrected)),
        (A.RAPAT, _missed_meetings(entries, facts)),
    )
    for code, evidence in checks:
        if evidence:
            found[code] = {"hari": [str(one) for one in evidence]}
    if entries:
        found |= _shares(entries, closes)
        found |= _copies(entries)
    if len(totals) == 3 and all(target <= total <= target + FLAT_ABOVE for total, target in totals):
        found[A.BULAT] = {"total": [total for total, _ in totals]}
    return found


def _overlaps(entries: Sequence[Entry]) -> list[str]:
    ordered = sorted(entries, key=lambda row: (row.day, row.start, row.end))
    return [f"{b.day} {b.start:%H.%M}" for a, b in pairwise(ordered) if a.day == b.day and b.start < a.end]


def _long_days(entries: Sequence[Entry], facts: DayFacts) -> list[dt.date]:
    worked: Counter[dt.date] = Counter()
    for row in entries:
        worked[row.day] += between(row.start, row.end)
    return sorted(day for day, minutes in worked.items() if minutes > LONG_DAY and day not in facts.overtime)


def _off_days(entries: Sequence[Entry], facts: DayFacts) -> list[dt.date]:
    found = set()
    for row in entries:
        if row.day in facts.overtime:
            continue
        arrived, left = facts.clocked.get(row.day, (None, None))
        outside = (arrived and row.end <= arrived) or (left and row.start >= left)
        if row.day in facts.away or row.day in facts.off or outside:
            found.add(row.day)
    return sorted(found)


def _missed_meetings(entries: Sequence[Entry], facts: DayFacts) -> list[str]:
    return [
        f"{row.day} {row.start:%H.%M}"
        for row in entries
        if row.meeting
        and any(row.day == day and row.start < end and start < row.end for day, start, end in facts.meetings_missed)
    ]


def _shares(entries: Sequence[Entry], closes: dt.date) -> Found:
    found: Found = {}
    stretched = sum(row.norm > 0 and between(row.start, row.end) * 2 > row.norm * 3 for row in entries)
    if stretched * 10 > len(entries) * 3:
        found[A.NORMA] = {"aktivitas": stretched, "dari": len(entries)}
    flat = sum(between(row.start, row.end) % 60 == 0 for row in entries)
    if len(entries) >= 10 and flat * 10 > len(entries) * 8:
        found[A.BULAT] = {"aktivitas": flat, "dari": len(entries)}
    minutes = sum(row.counted for row in entries)
    late = sum(row.counted for row in entries if closes - dt.timedelta(days=1) <= row.written <= closes)
    if minutes and late * 10 >= minutes * 4:
        found[A.KEJAR] = {"menit": late, "dari": minutes}
    free = sum(row.counted for row in entries if row.free)
    if free * 10 > minutes * 2:
        found[A.LAIN2] = {"menit": free, "dari": minutes}
    return found


def _copies(entries: Sequence[Entry]) -> Found:
    texts = Counter(row.text for row in entries if row.text)
    most = max(texts.values(), default=0)
    return {A.SALIN: {"kali": most}} if most >= SAME_OWN else {}


@dataclass(frozen=True, slots=True)
class Decision:
    """One decision of a superior: when, and whether it returned, lowered or rejected."""

    at: dt.datetime
    strict: bool


_SESSION_GAP = dt.timedelta(minutes=5)
_WINDOW = dt.timedelta(minutes=10)


def of_superior(decisions: Sequence[Decision], last_day: dt.date, zone: dt.tzinfo) -> Found:
    """Return the sign of approving without reading: too many in ten minutes, in seconds, or on the last day."""
    ordered = sorted(row.at for row in decisions)
    reasons = {}
    left, most = 0, 0
    for right, moment in enumerate(ordered):
        while moment - ordered[left] > _WINDOW:
            left += 1
        most = max(most, right - left + 1)
    if most > 50:
        reasons["dalam_10_menit"] = most
    fastest = min((_seconds_each(one) for one in _sessions(ordered) if len(one) > 20), default=None)
    if fastest is not None and fastest < UNREAD.seconds:
        reasons["detik_per_aktivitas"] = float(round(fastest, 1))
    on_last = sum(moment.astimezone(zone).date() == last_day for moment in ordered)
    if len(ordered) >= 20 and on_last * 10 > len(ordered) * 6:
        reasons["pada_hari_terakhir"] = on_last
    return {A.SETUJU_MASSAL: reasons} if reasons else {}


def _sessions(moments: Sequence[dt.datetime]) -> list[list[dt.datetime]]:
    sessions: list[list[dt.datetime]] = []
    for moment in moments:
        if sessions and moment - sessions[-1][-1] <= _SESSION_GAP:
            sessions[-1].append(moment)
        else:
            sessions.append([moment])
    return sessions


def _seconds_each(session: Sequence[dt.datetime]) -> Decimal:
    return Decimal((session[-1] - session[0]).total_seconds()) / len(session)


def never_strict(decided: int, strict: int) -> Found:
    """Return the sign of a superior who returned or lowered none of more than 500 items in three months."""
    return {A.TANPA_TOLAK: {"diputuskan": decided}} if decided > 500 and not strict else {}


def mutual(pairs: Sequence[tuple[int, int]]) -> dict[int, set[int]]:
    """Return, by person, with whom approvals went both ways; `pairs` are (approver, employee)."""
    known = set(pairs)
    found: dict[int, set[int]] = defaultdict(set)
    for approver, employee in known:
        if approver != employee and (employee, approver) in known:
            found[approver].add(employee)
    return found
