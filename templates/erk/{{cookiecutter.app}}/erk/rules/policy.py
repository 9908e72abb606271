"""All parameters of one policy version, typed, from the region's values (section `performance` of its profile)."""

import datetime as dt
import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from erk.enums import Absence, Gate, PolicyKind, TargetMode
from erk.rules.absence import AbsenceRule, LateStep
from erk.rules.allowance import AllowancePolicy
from erk.rules.numbers import share
from erk.rules.workload import Bands


@dataclass(frozen=True, slots=True)
class Pay:
    """Ceilings of a position class in whole rupiah: workload + achievement (pk) and other criteria (pl)."""

    pk: int
    pl: int = 0


@dataclass(frozen=True, slots=True)
class Policy:
    """One version of a region's rules. Minutes and working days are whole; shares are Decimals from 0 to 1."""

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
    missed_assembly: Decimal
    allowance: AllowancePolicy
    lateness: tuple[LateStep, ...]
    absences: Mapping[Absence, AbsenceRule]
    pay: Mapping[int, Pay]
    bands: Bands

    @classmethod
    def from_values(cls, values: Mapping[str, Any]) -> "Policy":
        """Return the policy of `performance` values; they were checked by the kit's schema before rendering.

        The version is the first day it holds and a short digest: other values can never carry the same name.
        """
        version = f"{values['valid_from']}-{digest(values)}"
        formula, bands, cliff = values["formula"], values["bands"], values["cliff_warning"]
        whole = {
            name: values[name]
            for name in (
                "minutes_per_month", "minutes_per_day", "minutes_per_day_ramadan", "daily_cap", "daily_cap_ramadan",
                "daily_cap_overtime", "input_days", "return_days", "return_rounds", "escalation_days", "reopen_limit",
                "approval_days", "short_illness_days", "hearing_days", "auto_approve",
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
            pay={row["grade"]: Pay(row["workload"], row["other"]) for row in values["tpp_classes"]},
            bands=Bands(*(share(bands[name]) for name in ("overloaded", "full", "loose", "under_used"))),
            **whole,
        )


def digest(values: Mapping[str, Any]) -> str:
    """Return eight hexadecimal signs of the values, the same for the same values on every machine."""
    canonical = json.dumps(values, sort_keys=True, ensure_ascii=False, default=str)
    return hashlib.sha256(canonical.encode()).hexdigest()[:8]
