"""Rules from approval to the accepted report: who signs, until when, how defaulters are warned (section 8)."""

import calendar
import datetime as dt
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sabilulungan.enums import Kind, Role


@dataclass(frozen=True, slots=True)
class QuietPeriod:
    """Days of R21, both included, and why."""

    first: dt.date
    last: dt.date
    reason: str


@dataclass(frozen=True, slots=True)
class AfterApproval:
    """The region's rules of the later life. Days of the year are (month, day); amounts whole rupiah."""

    decree_signer: Role
    agreement_signer: Role
    report_due: tuple[int, int]
    report_check_days: int
    report_repair_days: int
    reminder_days: tuple[int, ...]
    warnings: int
    warning_gap_days: int
    cash_limit: int
    recap_due: tuple[int, int]
    quiet_periods: tuple[QuietPeriod, ...]

    @classmethod
    def read(cls, values: Mapping[str, Any]) -> "AfterApproval":
        """Build from `grants.after_approval`; KeyError and ValueError as Profile.read expects them."""
        return cls(
            decree_signer=_signer(values["decree_signer"]),
            agreement_signer=_signer(values["agreement_signer"]),
            report_due=_month_day(values["report_due"]),
            report_check_days=values["report_check_days"],
            report_repair_days=values["report_repair_days"],
            reminder_days=tuple(sorted(values["reminder_days"], reverse=True)),
            warnings=values["warnings"],
            warning_gap_days=values["warning_gap_days"],
            cash_limit=values["cash_limit"],
            recap_due=_month_day(values["recap_due"]),
            quiet_periods=tuple(
                QuietPeriod(dt.date.fromisoformat(row["first"]), dt.date.fromisoformat(row["last"]), row["reason"])
                for row in values["quiet_periods"]
            ),
        )

    def report_day(self, budget_year: int) -> dt.date:
        """Return the last day of the final report (Permendagri 32/2011 art. 19(3), 37(3)): 10 January of N+1."""
        return _day(budget_year + 1, self.report_due)

    def final_report_day(self, finished_on: dt.date) -> dt.date:
        """Return the last day of the report after unfinished work: one month after its end (BDG art. 25, 48)."""
        month = finished_on.month % 12 + 1
        return _day(finished_on.year + finished_on.month // 12, (month, finished_on.day))

    def recap_day(self, year: int) -> dt.date:
        """Return the day of the recap of a year's unplanned aid (Permendagri 39/2012 art. 35A): 5 January of N+1."""
        return _day(year + 1, self.recap_due)

    def quiet(self, day: dt.date) -> str:
        """Return why a day lies in a quiet period (R21), or ""."""
        return next((period.reason for period in self.quiet_periods if period.first <= day <= period.last), "")

    def reminder_due(self, report_day: dt.date, day: dt.date) -> int | None:
        """Return which reminder a day calls for: days from the last day, -60 … +1, then weekly; None before the first.

        A day the clock was down is caught up: the newest reminder whose day has come counts.
        """
        past = (day - report_day).days
        if past >= 1:
            return 1 + (past - 1) // 7 * 7
        passed = [-before for before in self.reminder_days if -before <= past]
        return max(passed) if passed else None

    def warning_due(self, report_day: dt.date, sent: int, last: dt.date | None, day: dt.date) -> bool:
        """Return whether the next warning letter is due: the day after the last day, then one gap after the other."""
        if day <= report_day or sent >= self.warnings:
            return False
        return last is None or (day - last).days >= self.warning_gap_days

    def sanction_due(self, report_day: dt.date, sent: int, last: dt.date | None, day: dt.date) -> bool:
        """Return whether a case falls under sanction: late, every warning sent, one gap after the last (T22)."""
        enough = last is not None and sent >= self.warnings and (day - last).days >= self.warning_gap_days
        return day > report_day and enough


def same_text(one: str, other: str) -> bool:
    """Return whether two names or addresses are the same to the letter; only spacing and capitals are forgiven."""
    return _plain(one) == _plain(other)


def _plain(text: str) -> str:
    return re.sub(r"\s+", " ", text).strip().casefold()


ACCOUNT_CODES = {Kind.HIBAH: "5.1.05", Kind.BANSOS: "5.1.06"}


def account_code_fault(kind: Kind, code: str) -> str:
    """Return why an account code does not fit, or "": 5.1.05 for hibah, 5.1.06 for bansos (Permendagri 90/2019)."""
    head = ACCOUNT_CODES[kind]
    if re.fullmatch(re.escape(head) + r"(\.\d{2}){1,2}(\.\d{4})?", code):
        return ""
    return f"Kode rekening {kind.label.lower()} dimulai dengan {head}, misalnya {head}.05.02.0001."


def _signer(code: str) -> Role:
    """Return who signs: the head of region, or by delegation (OPD) the head of the office, never its evaluators."""
    return Role.KEPALA_OPD if Role(code) == Role.OPD else Role(code)


def _month_day(text: str) -> tuple[int, int]:
    month, day = text.split("-")
    return int(month), int(day)


def _day(year: int, month_day: tuple[int, int]) -> dt.date:
    month, day = month_day
    return dt.date(year, month, min(day, calendar.monthrange(year, month)[1]))
