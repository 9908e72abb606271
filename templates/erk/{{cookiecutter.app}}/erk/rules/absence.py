"""Leave and attendance as minutes credited and money kept (erk.md section 8)."""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from erk.enums import Absence, JenisCuti
from erk.rules.numbers import ONE, ZERO


@dataclass(frozen=True, slots=True)
class AbsenceRule:
    """One row of the table: minutes credited a day, factor f of the day, share cut a day from the n-th day on."""

    credit: int
    factor: Decimal = ONE
    cut: Decimal = ZERO
    cut_from_day: int = 1


@dataclass(frozen=True, slots=True)
class AbsentDay:
    """A working day of absence, and which working day of its whole spell it is (1 = first)."""

    day: dt.date
    kind: Absence
    nth: int = 1


@dataclass(frozen=True, slots=True)
class LateStep:
    """Share of the discipline part for an event of up to so many minutes; None: any longer one."""

    up_to: int | None
    share: Decimal


_WITHOUT_PAY = {
    JenisCuti.BESAR, JenisCuti.CLTN, JenisCuti.TUGAS_BELAJAR, JenisCuti.MPP, JenisCuti.DIBERHENTIKAN,
}  # fmt: skip


def absence_of(kind: JenisCuti, spell_days: int, short_illness: int = 2) -> Absence:
    """Return the row of the table for a leave; illness counts by the working days of its whole spell."""
    if kind in _WITHOUT_PAY:
        return Absence.TANPA_TUNJANGAN
    if kind == JenisCuti.SAKIT:
        return Absence.SAKIT_SINGKAT if spell_days <= short_illness else Absence.SAKIT_LAMA
    return Absence(kind.value)


def credited(days: Iterable[AbsentDay], rules: Mapping[Absence, AbsenceRule], logged: Mapping[dt.date, int]) -> int:
    """Return the minutes credited for days of absence.

    On official travel and training what was logged and approved counts first (`logged`, of each such day); the
    credit only fills up to its amount, so that no minute is counted twice.
    """
    total = 0
    for absent in days:
        credit = rules[absent.kind].credit
        total += max(0, credit - logged.get(absent.day, 0))
    return total


def day_cuts(days: Iterable[AbsentDay], rules: Mapping[Absence, AbsenceRule]) -> Decimal:
    """Return t, the sum of the shares cut for single days (alpa, izin, short illness, long personal leave)."""
    hit = (rules[absent.kind] for absent in days if absent.nth >= rules[absent.kind].cut_from_day)
    return sum((rule.cut for rule in hit), ZERO)


def leave_factor(days: Sequence[AbsentDay], rules: Mapping[Absence, AbsenceRule], working_days: int) -> Decimal:
    """Return F = 1 − Σ share_i × (1 − f_i), share_i = a day ÷ the working days of the month.

    Days are summed before the one division, so that a whole month of one kind gives its f exactly.
    """
    if working_days <= 0:
        raise ValueError("Bulan tanpa hari kerja tidak dapat dihitung.")
    lost = sum((ONE - rules[absent.kind].factor for absent in days), ZERO)
    return max(ZERO, ONE - lost / working_days)


def late_share(minutes: int, steps: Sequence[LateStep]) -> Decimal:
    """Return the share for one late arrival or early leaving; 0 minutes costs nothing."""
    if minutes <= 0:
        return ZERO
    return next(step.share for step in steps if step.up_to is None or minutes <= step.up_to)


@dataclass(frozen=True, slots=True)
class Faults:
    """Attendance faults of a month: minutes of each late or early event, missing records, missed assemblies."""

    events: tuple[int, ...] = ()
    missing: int = 0
    assemblies: int = 0


def discipline_share(faults: Faults, steps: Sequence[LateStep], missed_assembly: Decimal) -> Decimal:
    """Return d: each event by its step, a missing record like the longest, an assembly by its own share."""
    events = sum((late_share(minutes, steps) for minutes in faults.events), ZERO)
    return events + faults.missing * steps[-1].share + faults.assemblies * missed_assembly
