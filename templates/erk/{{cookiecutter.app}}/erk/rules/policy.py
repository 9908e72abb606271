"""All parameters of one policy version, typed, from the region's values (section `performance` of its profile)."""

import datetime as dt
import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from types import MappingProxyType
from typing import Any

from erk.enums import Absence, Gate, PolicyKind, Skema, TargetMode
from erk.rules.absence import AbsenceRule, LateStep
from erk.rules.allowance import AllowancePolicy
from erk.rules.anomalies import POINTS
from erk.rules.numbers import ONE, share
from erk.rules.workload import Bands

# Parameters that versions stored before they existed lack: what held then.
LATER: Mapping[str, Any] = MappingProxyType(
    {
        "objection_days": 3,
        "decision_days": 5,
        "sampled_from": 40,
        "sample_percent": "2",
        "blud_percent": "0",
        "anomaly_points": tuple({"code": code, "points": points} for code, points in POINTS.items()),
    }
)
CRITERIA = ("achievement", "place", "scarcity")  # parts of the ceilings a region may name, else one line pays all


@dataclass(frozen=True, slots=True)
class Pay:
    """Ceilings of a position class in whole rupiah: workload + achievement (pk) and other criteria (pl).

    Of these, where a region names them: `achievement` of pk; `place` of duty and `scarcity` of the profession of pl.
    """

    pk: int
    pl: int = 0
    achievement: int = 0
    place: int = 0
    scarcity: int = 0

    @property
    def workload(self) -> int:
        """Return the part of pk for workload."""
        return self.pk - self.achievement

    @property
    def conditions(self) -> int:
        """Return the part of pl for working conditions: what no other criterion is named for."""
        return self.pl - self.place - self.scarcity

    @property
    def named(self) -> bool:
        """Return whether criteria of pl are told apart."""
        return bool(self.place or self.scarcity)


@dataclass(frozen=True, slots=True)
class Policy:
    """One version of a region's rules. Minutes and working days are whole; shares are Decimals from 0 to 1.

    `schemes`: who is paid here, by scheme, and which share of the allowance (erk.md section 8).
    """

    version: str
    source: str
    valid_from: dt.date
    target_mode: TargetMode
    minutes_per_month: int
    minutes_per_day: int
    minutes_per_day_ramadan: int
    daily_cap: int
    daily_cap_ramadan: int
    daily_cap_overtime: int
    norm_factor: Decimal
    free_text_share: Decimal
    input_days: int
    return_days: int
    return_rounds: int
    escalation_days: int
    reopen_limit: int
    approval_days: int
    cliff_from_day: int
    cliff_low: Decimal
    cliff_high: Decimal
    short_illness_days: int
    hearing_days: int
    auto_approve: bool
    objection_days: int
    decision_days: int
    sampled_from: int
    sample_share: Decimal
    points: Mapping[str, int]
    missed_assembly: Decimal
    allowance: AllowancePolicy
    lateness: tuple[LateStep, ...]
    absences: Mapping[Absence, AbsenceRule]
    pay: Mapping[int, Pay]
    schemes: Mapping[str, Decimal]
    bands: Bands

    @classmethod
    def from_values(cls, values: Mapping[str, Any]) -> "Policy":
        """Return the policy of `performance` values; they were checked by the kit's schema before rendering.

        The version is the first day it holds and a short digest: other values can never carry the same name.
        """
        version = f"{values['valid_from']}-{digest(values)}"
        values = {**LATER, **values}
        formula, bands, cliff = values["formula"], values["bands"], values["cliff_warning"]
        whole = {
            name: values[name]
            for name in (
                "minutes_per_month", "minutes_per_day", "minutes_per_day_ramadan", "daily_cap", "daily_cap_ramadan",
                "daily_cap_overtime", "input_days", "return_days", "return_rounds", "escalation_days", "reopen_limit",
                "approval_days", "short_illness_days", "hearing_days", "auto_approve", "objection_days",
                "decision_days", "sampled_from",
            )
        }  # fmt: skip
        return cls(
            version=version,
            source=values["regulation"],
            valid_from=dt.date.fromisoformat(values["valid_from"]),
            target_mode=TargetMode(values["target_mode"]),
            norm_factor=share(values["norm_factor"]),
            free_text_share=share(values["free_text_share"]),
            cliff_from_day=cliff["from_day"],
            cliff_low=share(cliff["low"]),
            cliff_high=share(cliff["high"]),
            missed_assembly=share(values["missed_assembly"]),
            allowance=AllowancePolicy(
                version=version,
                source=values["regulation"],
                kind=PolicyKind(formula["policy"]),
                gate=Gate(formula["gate"]),
                threshold=share(formula["threshold"]),
                steps=tuple((share(step["at_least"]), share(step["factor"])) for step in formula["steps"]),
                weight_activity=share(formula["weight_activity"]),
                weight_skp=share(formula["weight_skp"]),
                weight_behaviour=share(formula["weight_behaviour"]),
                productivity=share(formula["productivity"]),
                discipline=share(formula["discipline"]),
            ),
            lateness=tuple(LateStep(step["up_to"], share(step["cut"])) for step in values["lateness"]),
            absences={
                Absence(row["kind"]): AbsenceRule(
                    row["credit"], share(row["factor"]), share(row["cut"]), row["cut_from_day"]
                )
                for row in values["absences"]
            },
            pay={
                row["grade"]: Pay(row["workload"], row["other"], *(row.get(name, 0) for name in CRITERIA))
                for row in values["tpp_classes"]
            },
            schemes={
                str(scheme): paid
                for scheme, paid in ((Skema.ERK, ONE), (Skema.BLUD, share(values["blud_percent"])))
                if paid
            },
            sample_share=share(values["sample_percent"]),
            points={row["code"]: row["points"] for row in values["anomaly_points"]},
            bands=Bands(*(share(bands[name]) for name in ("overloaded", "full", "loose", "under_used"))),
            **whole,
        )


def digest(values: Mapping[str, Any]) -> str:
    """Return eight hexadecimal signs of the values, the same for the same values on every machine."""
    canonical = json.dumps(values, sort_keys=True, ensure_ascii=False, default=str)
    return hashlib.sha256(canonical.encode()).hexdigest()[:8]
