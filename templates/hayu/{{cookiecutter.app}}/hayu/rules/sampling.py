"""Which reports are inspected: rules first, then chance that anybody can compute again from the log."""

import datetime as dt
import hashlib
from dataclasses import dataclass

from hayu.enums import SampleRule
from hayu.rules.policy import Policy


@dataclass(frozen=True, slots=True)
class Draw:
    """One draw: its day, the chance drawn in parts of a million, the percentage in force, and the rule that hit."""

    day: dt.date
    chance: int
    percent: int
    rule: SampleRule | None

    def as_data(self) -> dict[str, str | int]:
        """Return what the log keeps, enough to repeat the draw together with the report's code."""
        return {
            "hari": self.day.isoformat(),
            "peluang_per_juta": self.chance,
            "persen": self.percent,
            "aturan": str(self.rule or ""),
        }


def chance(day: dt.date, code: str) -> int:
    """Return a number from 0 to 999,999: SHA-256 of "day:code", so nobody chooses it and anybody can repeat it.

    `code` is the random public code of the receipt, given after the report was sent.
    """
    digest = hashlib.sha256(f"{day.isoformat()}:{code}".encode()).digest()
    return int.from_bytes(digest[:8], "big") % 1_000_000


def draw(day: dt.date, code: str, capital: int, owner_total: int, owner_reports: int, policy: Policy) -> Draw:
    """Return the draw of one report.

    `owner_total` is the capital in rupiah of all active reports of the same owner, `owner_reports` their number
    (hayu.md section 18: split business, capital just under the limit).
    """
    drawn = chance(day, code)
    rule: SampleRule | None = None
    if owner_reports > 1 and owner_total >= policy.threshold:
        rule = SampleRule.TERPECAH
    elif capital >= policy.near_limit:
        rule = SampleRule.DEKAT_BATAS
    elif drawn < policy.sample_percent * 10_000:
        rule = SampleRule.ACAK
    return Draw(day, drawn, policy.sample_percent, rule)
