"""From the facts of one employee's month to the inputs of the formula, day by day (erk.md sections 5, 8 and 10)."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from erk.enums import Absence
from erk.rules import absence
from erk.rules.allowance import AllowanceInputs
from erk.rules.numbers import ONE, ZERO, half_up
from erk.rules.policy import Policy

AWAY_ON_DUTY = (Absence.DINAS_LUAR, Absence.DIKLAT, Absence.CUTI_BERSAMA)


class Unrated(ValueError):
    """The policy weighs SKP or behaviour, and the employee has no rating for the month."""


@dataclass(frozen=True, slots=True)
class Segment:
    """Working days of the month in one position of a class, and the share of the allowance its scheme pays."""

    position: str
    grade: int
    days: int
    share: Decimal = ONE


@dataclass(frozen=True, slots=True)
class Logged:
    """Approved minutes of a day: by the catalogue, outside it, and the most that counts that day."""

    listed: int
    free: int
    cap: int


@dataclass(frozen=True, slots=True)
class Record:
    """Attendance of a day: minutes late, minutes left early, missing records (0–2), assembly missed."""

    day: dt.date
    late: int = 0
    early: int = 0
    missing: int = 0
    assembly: bool = False


@dataclass(frozen=True, slots=True)
class Facts:
    """What is known of one employee's month. `target` is T of a full month; h a disciplinary cut as a share."""

    working_days: int
    target: int
    segments: tuple[Segment, ...]
    logged: Mapping[dt.date, Logged] = field(default_factory=dict)
    absent: tuple[absence.AbsentDay, ...] = ()
    records: tuple[Record, ...] = ()
    h: Decimal = ZERO
    rating: tuple[Decimal, Decimal] | None = None


@dataclass(frozen=True, slots=True)
class Month:
    """The inputs of the formula and where they come from; `detail` is plain data, fit for storage."""

    inputs: AllowanceInputs
    approved: int
    credited: int
    part: Decimal
    present: Decimal
    detail: dict[str, Any]


def capped(logged: Mapping[dt.date, Logged], free_share: Decimal) -> tuple[int, int, int]:
    """Return minutes that count, minutes above daily caps, and minutes beyond the share allowed outside the catalogue.

    Each day catalogue work counts first. Work outside it counts up to `free_share` of the month's minutes, that
    is, listed × share ÷ (1 − share); so one more approved minute never lowers the sum.
    """
    listed = free = above = 0
    for day in logged.values():
        from_list = min(day.listed, day.cap)
        outside = min(day.free, day.cap - from_list)
        listed, free = listed + from_list, free + outside
        above += day.listed + day.free - from_list - outside
    counting = _most_free(listed, free, free_share)
    return listed + counting, above, free - counting


def displacing(
    logged: Mapping[dt.date, Logged],
    absent: Sequence[absence.AbsentDay],
    rules: Mapping[Absence, absence.AbsenceRule],
    free_share: Decimal,
) -> dict[dt.date, int]:
    """Return, for days of absence with work, the minutes that take the place of minutes credited.

    Work of the catalogue always does. Work outside it does only as far as it counts at all this month, beyond what
    displaces nothing: else one more approved minute could cost a credited one and bring none.
    """
    listed = {day: min(row.listed, row.cap) for day, row in logged.items()}
    outside = {day: min(row.free, row.cap - listed[day]) for day, row in logged.items()}
    gaps = {a.day: max(0, rules[a.kind].credit - listed[a.day]) for a in absent if a.day in logged}
    free, most = sum(outside.values()), _most_free(sum(listed.values()), sum(outside.values()), free_share)
    left = max(0, most - (free - sum(min(outside[day], gap) for day, gap in gaps.items())))
    found = {}
    for day in sorted(gaps):
        taken = min(outside[day], gaps[day], left)
        found[day], left = listed[day] + taken, left - taken
    return found


def _most_free(listed: int, free: int, free_share: Decimal) -> int:
    """Return how many of the minutes outside the catalogue count, beside so many by it."""
    return free if free_share >= ONE else min(free, int(listed * free_share / (ONE - free_share)))


def assemble(facts: Facts, policy: Policy) -> Month:
    """Return the inputs of the formula for one month.

    A part of a month (new, moved away, retired) scales the target and the money; moves within it weigh the ceilings
    and the shares of schemes by working days. Raises Unrated when a needed rating is missing, KeyError for a class
    without pay.
    """
    days = sum(segment.days for segment in facts.segments)
    paid = sum((segment.days * segment.share for segment in facts.segments), ZERO)
    scheme = paid / days if days else ONE
    part = min(ONE, Decimal(days) / facts.working_days) if facts.working_days else ZERO
    approved, above, beyond = capped(facts.logged, policy.free_text_share)
    worked = displacing(facts.logged, facts.absent, policy.absences, policy.free_text_share)
    credit_of = [(a, absence.credited([a], policy.absences, worked)) for a in facts.absent]
    credited = sum(minutes for _, minutes in credit_of)
    faults = absence.Faults(
        events=tuple(minutes for record in facts.records for minutes in (record.late, record.early) if minutes),
        missing=sum(record.missing for record in facts.records),
        assemblies=sum(record.assembly for record in facts.records),
    )
    leave = absence.leave_factor(facts.absent, policy.absences, facts.working_days)
    s, b = _rating(facts, policy)
    away = sum(a.kind not in AWAY_ON_DUTY for a in facts.absent)
    inputs = AllowanceInputs(
        pk=_weighted(facts, policy, days, "pk"),
        pl=_weighted(facts, policy, days, "pl"),
        minutes=approved + credited,
        target=max(1, half_up(facts.target * part)),
        d=absence.discipline_share(faults, policy.lateness, policy.missed_assembly),
        t=absence.day_cuts(facts.absent, policy.absences),
        f=leave * part * scheme,
        h=facts.h,
        s=s,
        b=b,
    )
    present = Decimal(max(0, days - away)) / facts.working_days if facts.working_days else ZERO
    detail = {
        "hari_kerja": facts.working_days,
        "hari_ditempatkan": days,
        "bagian_bulan": str(part),
        "faktor_cuti": str(leave),
        "di_atas_batas_harian": above,
        "di_luar_katalog_lebih": beyond,
        "penempatan": [
            {
                "jabatan": s.position,
                "kelas": s.grade,
                "hari": s.days,
                "pagu": policy.pay[s.grade].pk + policy.pay[s.grade].pl,
            }
            for s in facts.segments
        ],
        "ketidakhadiran": [_absence_line(a, minutes, policy) for a, minutes in credit_of],
        "disiplin": [line for record in facts.records for line in _discipline_lines(record, policy)],
    }
    if scheme != ONE:
        detail["bagian_skema"] = str(scheme)
    return Month(inputs, approved, credited, part, present, detail)


def _rating(facts: Facts, policy: Policy) -> tuple[Decimal, Decimal]:
    weighed = policy.allowance.weight_skp or policy.allowance.weight_behaviour
    if facts.rating is None and weighed:
        raise Unrated("Penilaian SKP dan perilaku bulan ini belum ada.")
    return facts.rating or (ONE, ONE)


def _weighted(facts: Facts, policy: Policy, days: int, part: str) -> int:
    if not days:
        return 0
    total = sum(segment.days * int(getattr(policy.pay[segment.grade], part)) for segment in facts.segments)
    return half_up(Decimal(total) / days)


def _absence_line(absent: absence.AbsentDay, minutes: int, policy: Policy) -> dict[str, Any]:
    rule = policy.absences[absent.kind]
    cut = rule.cut if absent.nth >= rule.cut_from_day else ZERO
    return {
        "tanggal": absent.day.isoformat(),
        "jenis": absent.kind.value,
        "menit": minutes,
        "potongan": str(cut),
        "faktor": str(rule.factor),
    }


def _discipline_lines(record: Record, policy: Policy) -> list[dict[str, Any]]:
    day, steps = record.day.isoformat(), policy.lateness
    lines = []
    for what, minutes in (("terlambat", record.late), ("pulang_cepat", record.early)):
        if minutes:
            lines.append((what, minutes, absence.late_share(minutes, steps)))
    lines += [("tanpa_rekam", 0, steps[-1].share)] * record.missing
    if record.assembly:
        lines.append(("apel", 0, policy.missed_assembly))
    return [{"tanggal": day, "hal": what, "menit": minutes, "potongan": str(cut)} for what, minutes, cut in lines]
